import { createServer } from 'node:http'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { startHttpServer } from '../../src/api/http-server.js'
import { createApi, type HttpServer } from '../../src/api/index.js'
import { answerChecker } from '../../src/client/check-answer.js'
import { personal } from '../../src/core/domain/index.js'
import { Appender, createToken, saveQuery, signCheckpoint } from '../../src/ledger/index.js'
import { silent, testDatabase, type TestDatabase } from '../support/database.js'
import { delivery, draft } from '../support/deliveries.js'
import { signerOf } from '../support/signer.js'
import { entriesOfThings, THINGS } from '../support/things.js'
import { hooktrail, NOW, type Answer, type Circumstances } from './terminal.js'

const TOKEN = 'a-token-of-at-least-32-characters'
const ACT = { host: 'github.com', login: 'mona', now: NOW }
const repo = { host: 'github.com', id: 11, name: 'acme/shop' }
const account = { host: 'github.com', id: 1, name: 'acme' }
const ATTACK = '\u001b[2J\u202egnp\u009b31m\nProof  forged'

let database: TestDatabase
let server: HttpServer
let directory = ''

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'hooktrail-client-'))
  database = await testDatabase()
  const appender = new Appender(database, () => NOW)
  const drafts = [
    draft({ occurred_at: '2026-11-01T11:58:00.000Z' }),
    draft({ occurred_at: '2026-10-29T01:00:00.000Z', outcome: 'failure', severity: 3 }),
    draft({
      actor: { type: 'user', id: 4, login: ATTACK },
      targets: [{ type: 'branch', name: ATTACK }],
      reason: personal('会社 "quoted", =1+1'),
    }),
    ...entriesOfThings({ account, repo, login: 'hubot-person' }),
  ]
  await appender.append({ delivery: delivery('one'), drafts })
  const saved = { organisation: 'acme', name: 'failures', text: 'is:failed' }
  await saveQuery(database, appender, saved, ACT)
  await signCheckpoint(signerOf(database))
  server = await serve()
})
afterAll(async () => {
  await server.stop()
  await database.drop()
  await rm(directory, { recursive: true })
})

function serve(): Promise<HttpServer> {
  const config = { timeZone: 'UTC', apiToken: TOKEN }
  const api = createApi({ database, config, version: '0.1.0', now: () => NOW, log: silent })
  return startHttpServer({
    bind: { host: '127.0.0.1', port: 0 },
    webhookPath: '/hook',
    webhook: undefined,
    fetch: api.fetch,
  })
}

function askServer(args: readonly string[], more: Circumstances = {}): Promise<Answer> {
  return hooktrail(args, { env: { HOOKTRAIL_URL: server.url, HOOKTRAIL_TOKEN: TOKEN }, ...more })
}

function askDatabase(args: readonly string[], more: Circumstances = {}): Promise<Answer> {
  return hooktrail(args, { env: { DATABASE_URL: database.url }, ...more })
}

describe('a server answers as its database does, byte for byte', () => {
  it.each([
    ['search'],
    ['search --utc -n 2'],
    ['search --json --limit 3'],
    ['search --json --all is:failed OR action:push.*'],
    ['search --csv --all'],
    ['search --ndjson -n 4'],
    ['search saved:failures'],
    ['search saved:nothing'],
    ['search actor:nobody'],
    ['search actr:mona'],
    ['search ".."'],
    ['search --tz Asia/Tokyo created:2026-11-01 -n 1'],
    ['explain saved:failures created:>-7d'],
    ['tail'],
    ['tail -n 2 --json -is:failed'],
    ['show 0'],
    ['show 1 --json'],
    ['show 2'],
    ['show 2 --json'],
    ['show 3 --proof'],
    ['show 99'],
    ['show x'],
    ['show ..'],
    [`run ${String(THINGS.run)}`],
    [`run ${String(THINGS.run)} --json --utc`],
    ['run 1'],
    [`state deployment ${String(THINGS.deployment)}`],
    [`state pr acme/shop#${String(THINGS.pull)} --json`],
    ['state pr acme/shop#99'],
    ['state pr ../..#1'],
    ['state repo acme/shop'],
    ['state repo acme/old --json'],
    ['state repo 11 --utc'],
    ['state account acme'],
    ['state account ..'],
    ['state account a+b'],
    [`state installation ${String(THINGS.installation)}`],
    ['state subject hubot-person --json'],
    ['state subject nobody'],
    ['who octocat created:>=2026-01-01'],
    ['who hubot-person --json created:>=2026-01-01'],
    ['who nobody'],
    ['facets'],
    ['facets --json is:failed -n 2'],
    ['histogram'],
    ['histogram --json --tz Europe/Berlin created:>=2026-10-01'],
    ['query list'],
    ['query list --json'],
    ['query show acme/failures'],
    ['query show acme/nothing'],
  ])('%s', async (line) => {
    const args = line.split(' ')
    const [local, remote] = [await askDatabase(args), await askServer(args)]
    expect(remote).toEqual(local)
    expect(local.out + local.err).not.toBe('')
  })

  it('on a terminal too', async () => {
    const look = { columns: 80, colors: true }
    for (const args of [['search'], ['show', '2'], ['who', 'octocat']]) {
      expect(await askServer(args, look)).toEqual(await askDatabase(args, look))
    }
  })

  it('sends what @me and relative dates mean here', async () => {
    const env = { HOOKTRAIL_LOGIN: 'octocat' }
    const remote = { HOOKTRAIL_URL: server.url, HOOKTRAIL_TOKEN: TOKEN, ...env }
    const local = { DATABASE_URL: database.url, ...env }
    const args = ['search', '@me', 'actor:@me', 'created:>-1d']
    expect(await hooktrail(args, { env: remote })).toEqual(await hooktrail(args, { env: local }))
  })
})

describe('which log is asked', () => {
  it('is the one of --server with the token of a file, also before the command', async () => {
    const file = path.join(directory, 'token')
    await writeFile(file, `${TOKEN}\n`)
    const flags = ['--server', server.url, '--token-file', file]
    const expected = await askDatabase(['search', '-actor:hubot-person'])
    expect(await hooktrail([...flags, 'search', '-actor:hubot-person'])).toEqual(expected)
    expect(await hooktrail(['search', '-actor:hubot-person', ...flags])).toEqual(expected)
    const env = { HOOKTRAIL_URL: server.url, HOOKTRAIL_TOKEN_PATH: file }
    expect(await hooktrail(['search', '-actor:hubot-person'], { env })).toEqual(expected)
  })

  it('is the database where there is an address but no token, and with --no-server', async () => {
    const env = { DATABASE_URL: database.url, HOOKTRAIL_URL: 'https://nowhere.invalid' }
    const expected = await askDatabase(['search'])
    expect(await hooktrail(['search'], { env })).toEqual(expected)
    const both = { ...env, HOOKTRAIL_TOKEN: TOKEN }
    expect(await hooktrail(['search', '--no-server'], { env: both })).toEqual(expected)
  })

  it('has to be clear, and the token is in no message', async () => {
    const cases = [
      [{ HOOKTRAIL_TOKEN: TOKEN }, [], 'no server that it is for'],
      [{ HOOKTRAIL_TOKEN: TOKEN, HOOKTRAIL_URL: 'ftp://x' }, [], 'HOOKTRAIL_URL is not an http'],
      [{}, ['--server', server.url], 'a token is needed to ask'],
      [{}, ['--server', server.url, '--token-file', '/nonexistent'], 'cannot be read (ENOENT)'],
      [{ HOOKTRAIL_TOKEN: `${TOKEN} x` }, [], 'HOOKTRAIL_TOKEN has characters other than'],
      [{ HOOKTRAIL_TOKEN: TOKEN }, ['--server', 'hooktrail.example'], 'is no address of a server'],
      [
        { HOOKTRAIL_TOKEN: TOKEN },
        ['--server', 'http://hooktrail.example.com'],
        'is not encrypted: whoever',
      ],
      [{ HOOKTRAIL_TOKEN: TOKEN }, ['--server', 'https://me:pw@x.example'], 'no user, query or'],
    ] as const
    for (const [env, flags, message] of cases) {
      const { code, out, err } = await hooktrail(['search', ...flags], { env })
      expect([code, out, err]).toEqual([2, '', expect.stringContaining(message)])
      expect(err).not.toContain(TOKEN)
    }
  })

  it.each([
    ['verify'],
    ['person show octocat'],
    ['prune'],
    ['jobs'],
    ['query remove acme/failures'],
  ])('cannot be a server for %s', async (line) => {
    const { code, out, err } = await askServer(line.split(' '))
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('this needs the database itself')
    expect(err).toContain('--no-server')
  })
})

interface Reply {
  readonly status: number
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
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
    response.writeHead(status, { 'content-type': type, ...reply.headers }).end(body)
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

const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/

describe('a server that does not answer as it should', () => {
  it.each<[string, Reply, number, string]>([
    ['a page', { status: 200 }, 2, 'answers 200 in text/html, as Hooktrail never does'],
    ['no such page', { status: 404 }, 2, 'is HOOKTRAIL_URL its address?'],
    ['a proxy', { status: 502 }, 3, 'does not reach it. Try again'],
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
      const answer = await askServer(['search', '--server', url])
      expect(answer).toEqual({ code, out: '', err: expect.stringContaining(message) })
      expect(answer.err).not.toContain('not expected')
      expect(answer.err).not.toContain(TOKEN)
    })
  })

  it('is away', async () => {
    const answer = await askServer(['search', '--server', 'http://127.0.0.1:9'])
    expect(answer).toMatchObject({ code: 3, err: expect.stringContaining('cannot be reached') })
  })

  it('sends elsewhere: the token does not go there', async () => {
    await replying([json({})], async (other, seen) => {
      const redirect = { status: 302, headers: { location: `${other}/api/v1/entries` } }
      await replying([redirect], async (url) => {
        const { code, err } = await askServer(['search', '--server', url])
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
      const { code, err } = await askServer(['search', '--server', url])
      expect([code, err]).toEqual([
        0,
        'The server asks to wait for 0 s; waiting.\nNo entry matches.\n',
      ])
    })
    await replying([wait('3600')], async (url, seen) => {
      const { code, err } = await askServer(['search', '--server', url])
      expect([code, err]).toEqual([3, expect.stringContaining('ask again in 3600 seconds')])
      expect(seen).toHaveLength(1)
    })
    await replying([wait('0')], async (url, seen) => {
      expect((await askServer(['search', '--server', url])).code).toBe(3)
      expect(seen).toHaveLength(6)
    })
  })

  it('cannot drive the terminal with what it says is wrong', async () => {
    for (const code of ['api.parameter', 'search.words', 'unavailable']) {
      await replying([problem(code, 400, ATTACK)], async (url) => {
        const { err } = await askServer(['search', '--server', url])
        expect(err).toContain('\\u{1b}[2J')
        expect(err.replaceAll('\n', '')).not.toMatch(CONTROL)
        expect(err.split('\n').filter((line) => line.startsWith('Proof'))).toEqual([])
      })
    }
  })
})

describe('a server that lies', () => {
  it.each([
    ['/entries', '?limit=9', ['search'], ['tail'], ['search', '--json'], ['search', '--csv']],
    ['/runs/{run_id}', `/../${String(THINGS.run)}`, ['run', '1'], ['run', '1', '--json']],
    [
      '/deployments/{deployment_id}',
      `/../${String(THINGS.deployment)}`,
      ['state', 'deployment', '1'],
    ],
    [
      '/repositories/{owner}/{repository}/pulls/{number}',
      `/../../../../acme/shop/pulls/${String(THINGS.pull)}`,
      ['state', 'pr', 'a/b#1'],
    ],
    ['/repositories/{owner}/{repository}', '/../../acme/shop', ['state', 'repo', 'a/b']],
    ['/accounts/{account}', '/../acme', ['state', 'account', 'a']],
    [
      '/installations/{installation_id}',
      `/../${String(THINGS.installation)}`,
      ['state', 'installation', '1'],
    ],
    ['/subjects/{reference}', '/../hubot-person', ['state', 'subject', 'a']],
    ['/facets', '', ['facets'], ['facets', '--json']],
    ['/histogram', '', ['histogram'], ['histogram', '--json']],
    ['/saved-queries', '', ['query', 'list'], ['query', 'list', '--json']],
  ])('cannot drive the terminal by %s', async (template, rest, ...commands) => {
    const headers = { authorization: `Bearer ${TOKEN}` }
    const truth = await fetch(`${server.url}/api/v1${template}${rest}`, { headers })
    const lie = lieOf(`/api/v1${template}`, await truth.json())
    expect(JSON.stringify(lie)).toContain('forged')
    await replying([json(lie)], async (url) => {
      for (const args of commands) {
        const { code, out, err } = await askServer([...args, '--server', url])
        expect([code, err]).toEqual([0, expect.not.stringMatching(CONTROL)])
        expect(out.replaceAll('\r\n', '\n')).not.toMatch(CONTROL)
        expect(out.split('\n').filter((line) => line.startsWith('Proof  forged'))).toEqual([])
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
