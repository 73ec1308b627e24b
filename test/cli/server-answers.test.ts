import { createServer } from 'node:http'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { answerChecker } from '../../src/client/check-answer.js'
import { THINGS } from '../support/things.js'
import { ATTACK, CONTROL, servedLog, TOKEN, type ServedLog } from './served-log.js'

let log: ServedLog

beforeAll(async () => {
  log = await servedLog()
})
afterAll(() => log.close())

interface Reply {
  readonly status: number
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** The connection is lost in the middle of the body. */
  readonly cut?: boolean
}

/** A server that is none of ours, and what it was sent. */
async function replying<Result>(
  replies: readonly Reply[],
  work: (url: string, seen: readonly (string | undefined)[]) => Promise<Result>,
): Promise<Result> {
  const seen: (string | undefined)[] = []
  const stranger = createServer(({ headers }, response) => {
    const reply = replies[Math.min(seen.length, replies.length - 1)] ?? { status: 500 }
    seen.push(headers.authorization)
    const { status, type = 'text/html', body = '<h1>Hello</h1>' } = reply
    response.writeHead(status, { 'content-type': type, ...reply.headers })
    if (reply.cut) response.write(body.slice(0, 12), () => response.destroy())
    else response.end(body)
  })
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
  const address = stranger.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  try {
    return await work(`http://127.0.0.1:${String(port)}`, seen)
  } finally {
    stranger.closeAllConnections()
    stranger.close()
  }
}

function problem(code: string, status: number, detail = 'because'): Reply {
  const body = { type: `urn:hooktrail:problem:${code}`, status, code, title: code, detail }
  return { status, type: 'application/problem+json', body: JSON.stringify(body) }
}

function json(value: unknown): Reply {
  return { status: 200, type: 'application/json', body: JSON.stringify(value) }
}

describe('a server that does not answer as it should', () => {
  it.each<[string, Reply, number, string]>([
    ['a page', { status: 200 }, 2, 'answers 200 in text/html, as Hooktrail never does'],
    ['no such page', { status: 404 }, 2, 'is HOOKTRAIL_URL its address?'],
    ['a proxy', { status: 502 }, 3, 'does not reach it. Try again'],
    ['a busy proxy', { status: 429 }, 3, 'allows no more requests for now. Try again'],
    ['another 401', { status: 401 }, 2, 'as Hooktrail never does'],
    ['a wrong token', problem('api.unauthorized', 401), 2, 'does not accept the token: because'],
    ['too small a scope', problem('api.scope', 403), 2, 'the server refuses: because'],
    ['no database', problem('unavailable', 503), 3, 'the server’s database is away: because'],
    ['a broken log', problem('corrupt', 500), 4, 'the server failed: because'],
    ['a query of another version', problem('query.field', 400), 2, 'the server refuses: because'],
    ['a slow search', problem('search.timeout', 503), 4, 'hooktrail: because'],
    ['another version', json({ entries: [{ seq: 'x' }] }), 4, 'use the same on both sides'],
    ['no JSON', { status: 200, type: 'application/json', body: '{' }, 2, 'answers 200'],
  ])('%s', async (_name, reply, code, message) => {
    await replying([reply], async (url) => {
      const answer = await log.ask(['search', '--server', url])
      expect(answer).toEqual({ code, out: '', err: expect.stringContaining(message) })
      expect(answer.err).not.toContain('not expected')
      expect(answer.err).not.toContain(TOKEN)
    })
  })

  it('breaks off in the middle of an answer', async () => {
    const cut = { ...json({ entries: [], next_cursor: null }), cut: true }
    const refusal = { ...problem('query.field', 400), cut: true }
    const strange = json({ entries: [{ seq: 'x' }] })
    for (const replies of [[cut], [refusal], [strange, cut]]) {
      await replying(replies, async (url, seen) => {
        const { code, err } = await log.ask(['search', '--server', url])
        expect([code, err]).toEqual([3, expect.stringContaining(`${url} cannot be reached`)])
        expect(err).not.toContain('not expected')
        expect(seen).toHaveLength(replies.length)
      })
    }
  })

  it('is away', async () => {
    const answer = await log.ask(['search', '--server', 'http://127.0.0.1:9'])
    expect(answer).toMatchObject({ code: 3, err: expect.stringContaining('cannot be reached') })
  })

  it('sends elsewhere: the token does not go there', async () => {
    await replying([json({})], async (other, seen) => {
      const redirect = { status: 302, headers: { location: `${other}/api/v1/entries` } }
      await replying([redirect], async (url) => {
        const { code, err } = await log.ask(['search', '--server', url])
        expect([code, err]).toEqual([2, expect.stringContaining(`sends to ${other}`)])
      })
      expect(seen).toEqual([])
    })
  })

  it('asks to wait, which is done as long as it is short', async () => {
    const wait = (seconds: string): Reply => ({
      ...problem('api.limit', 429),
      headers: { 'retry-after': seconds },
    })
    const page = json({ entries: [], next_cursor: null })
    await replying([wait('0'), page], async (url) => {
      const { code, err } = await log.ask(['search', '--server', url])
      expect([code, err]).toEqual([
        0,
        'The server asks to wait for 0 s; waiting.\nNo entry matches.\n',
      ])
    })
    await replying([wait('3600')], async (url, seen) => {
      const { code, err } = await log.ask(['search', '--server', url])
      expect([code, err]).toEqual([3, expect.stringContaining('ask again in 3600 seconds')])
      expect(seen).toHaveLength(1)
    })
    await replying([wait('0')], async (url, seen) => {
      expect((await log.ask(['search', '--server', url])).code).toBe(3)
      expect(seen).toHaveLength(6)
    })
  })

  it('allows nothing more until something else ends: says what, and does not wait', async () => {
    const detail = '4 exports and tails are open with this token already: end one of them first'
    for (const args of [['search'], ['search', '--all', '--ndjson'], ['tail', '--follow']]) {
      await replying([problem('api.limit', 429, detail)], async (url, seen) => {
        const { code, err } = await log.ask([...args, '--server', url])
        expect([code, err]).toEqual([3, `hooktrail: the server refuses for now: ${detail}\n`])
        expect(seen).toHaveLength(1)
      })
    }
  })

  it('cannot drive the terminal with what it says is wrong', async () => {
    for (const code of ['api.parameter', 'search.words', 'unavailable']) {
      await replying([problem(code, 400, ATTACK)], async (url) => {
        const { err } = await log.ask(['search', '--server', url])
        expect(err).toContain('\\u{1b}[2J')
        expect(err.replaceAll('\n', '')).not.toMatch(CONTROL)
        expect(err.split('\n').filter((line) => line.startsWith('Proof'))).toEqual([])
      })
    }
  })
})

describe('a server that lies', () => {
  it.each<[string, string, string]>([
    ['/entries', '?limit=9', 'search, tail, search --json, search --csv'],
    ['/runs/{run_id}', `/../${String(THINGS.run)}`, 'run 1, run 1 --json'],
    [
      '/deployments/{deployment_id}',
      `/../${String(THINGS.deployment)}`,
      'state deployment 1, state deployment 1 --json',
    ],
    [
      '/repositories/{owner}/{repository}/pulls/{number}',
      `/../../../../acme/shop/pulls/${String(THINGS.pull)}`,
      'state pr a/b#1',
    ],
    ['/repositories/{owner}/{repository}', '/../../acme/shop', 'state repo a/b'],
    ['/accounts/{account}', '/../acme', 'state account a'],
    [
      '/installations/{installation_id}',
      `/../${String(THINGS.installation)}`,
      'state installation 1',
    ],
    ['/subjects/{reference}', '/../hubot-person', 'state subject a'],
    ['/facets', '', 'facets, facets --json'],
    ['/histogram', '', 'histogram, histogram --json'],
    ['/saved-queries', '', 'query list, query list --json'],
  ])('cannot drive the terminal by %s', async (template, rest, commands) => {
    const headers = { authorization: `Bearer ${TOKEN}` }
    const truth = await fetch(`${log.url}/api/v1${template}${rest}`, { headers })
    const lie = lieOf(`/api/v1${template}`, await truth.json())
    expect(JSON.stringify(lie)).toContain('forged')
    await replying([json(lie)], async (url) => {
      for (const line of commands.split(', ')) {
        const { code, out, err } = await log.ask([...line.split(' '), '--server', url])
        expect([code, err]).toEqual([0, expect.not.stringMatching(CONTROL)])
        expect(out.replaceAll('\r\n', '\n')).not.toMatch(CONTROL)
        expect(out.split('\n').filter((text) => text.startsWith('Proof  forged'))).toEqual([])
      }
    })
  })
})

/** The answer with an attack in the place of every text that the description lets be any text. */
function lieOf(template: string, answer: unknown): unknown {
  const check = answerChecker()
  let lie = answer
  for (const wanted of namesOfTexts(answer)) {
    const next: unknown = JSON.parse(
      JSON.stringify(lie, (name, value: unknown) =>
        typeof value === 'string' && name === wanted ? ATTACK : value,
      ),
    )
    if (check(template, next) === undefined) lie = next
  }
  return lie
}

function namesOfTexts(answer: unknown): Set<string> {
  const names = new Set<string>()
  JSON.stringify(answer, (name, value: unknown) => {
    if (typeof value === 'string') names.add(name)
    return value
  })
  return names
}
