import { once } from 'node:events'
import http from 'node:http'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { createApi, OpenStreams, startHttpServer } from '../../src/api/index.js'
import {
  Appender,
  createToken,
  listTokens,
  revokeToken,
  type TokenGrant,
} from '../../src/ledger/index.js'
import { silent, testDatabase, type TestDatabase } from '../support/database.js'
import { delivery, draft } from '../support/deliveries.js'

const NOW = Date.UTC(2026, 10, 2)
const MONA = { name: 'mona', reason: undefined, now: NOW }
/** More than three pages. */
const MANY = 1700
const EVIL = '=HYPERLINK("http://x")'

let database: TestDatabase
let streams: OpenStreams
let api: ReturnType<typeof createApi>

beforeAll(async () => {
  database = await testDatabase()
  const drafts = Array.from({ length: MANY }, () => draft())
  const appender = new Appender(database, () => NOW)
  await appender.append({ delivery: delivery('many'), drafts })
  const other = { host: 'github.com', id: 7, name: 'other/place' }
  const evil = draft({ repo: other, ci: { workflow: EVIL }, outcome: 'failure' })
  await appender.append({ delivery: delivery('evil'), drafts: [evil] })
  streams = new OpenStreams()
  const config = { timeZone: 'UTC' }
  api = createApi({ database, config, version: '1', now: () => NOW, log: silent, streams })
})
afterAll(() => database.drop())

async function token(over: Partial<TokenGrant> = {}): Promise<string> {
  const grant = { name: 'siem', scopes: ['read', 'export'], organisations: [], repositories: [] }
  return (await createToken(database, { ...grant, expiresAt: null, ...over }, MONA)).secret
}

async function get(path: string, secret: string, headers = {}): Promise<Response> {
  const authorization = `Bearer ${secret}`
  return api.request(`/api/v1/entries${path}`, { headers: { authorization, ...headers } })
}

interface Line {
  readonly seq?: number
  readonly action?: string
  readonly end?: { readonly entries: number; readonly seq: number }
  readonly [more: string]: unknown
}

function linesOf(text: string): Line[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
}

/** The entries that tell of exports, the newest first. */
async function told(): Promise<Line[]> {
  const response = await get('?query=action:audit.*&limit=100', await token())
  return ((await response.json()) as { entries: Line[] }).entries
}

describe('an export', () => {
  it('is every entry that is meant, page after page, and says at its end that it is whole', async () => {
    const response = await get('?format=ndjson&query=action:push.*', await token())
    expect(response.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8')
    const lines = linesOf(await response.text())
    const [started] = (await told()).filter(({ action }) => action === 'audit.exported')
    expect(lines.pop()).toEqual({ end: { entries: MANY + 1, seq: started?.seq } })
    expect(new Set(lines.map(({ seq }) => seq)).size).toBe(MANY + 1)
    expect(lines.every(({ action }) => action === 'push.created')).toBe(true)
  })

  it('is two entries of the log: who asked what in which format before the first byte, and how it ended', async () => {
    await (await get('?format=csv&query=is:failed', await token({ name: 'auditor' }))).text()
    const [ended, started] = await told()
    expect(started).toMatchObject({
      action: 'audit.exported',
      actor: { type: 'token', login: 'auditor' },
      attribution: { confidence: 'verified' },
      changes: [{ path: 'query', after: 'is:failed' }],
      labels: { format: 'csv' },
    })
    expect(ended).toMatchObject({
      action: 'audit.export_ended',
      outcome: 'success',
      actor: started?.['actor'],
      targets: [{ type: 'entry', id: started?.seq }],
      labels: { format: 'csv', entries: 1 },
    })
  })

  it('as CSV runs no formula, and ends with a record of as many cells', async () => {
    const response = await get('?query=is:failed', await token(), { accept: 'text/csv' })
    expect(response.headers.get('content-disposition')).toBe(
      'attachment; filename="hooktrail-entries.csv"',
    )
    const [head = '', line = '', end = '', rest] = (await response.text()).split('\r\n')
    expect(line).toContain(`"'=HYPERLINK(""http://x"")"`)
    expect(end).toMatch(/^end,1,\d+,+$/)
    expect(end.split(',')).toHaveLength(head.split(',').length)
    expect(rest).toBe('')
  })

  it('needs the scope export, and takes neither a limit nor a cursor', async () => {
    const refused = await get('?format=ndjson', await token({ scopes: ['read'] }))
    expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining('export')])
    const limited = await get('?format=ndjson&limit=3', await token())
    expect([limited.status, await limited.text()]).toEqual([
      400,
      expect.stringContaining('narrow the query'),
    ])
  })

  it('holds nothing that the token may not see', async () => {
    const secret = await token({ organisations: ['other'] })
    const lines = linesOf(await (await get('?format=ndjson', secret)).text())
    expect(lines).toMatchObject([{ repo: { name: 'other/place' } }, { end: { entries: 1 } }])
  })

  it('asked for by HEAD, gives nothing out and so is no entry', async () => {
    const before = (await told()).length
    const headers = { authorization: `Bearer ${await token()}` }
    const response = await api.request('/api/v1/entries?format=csv', { method: 'HEAD', headers })
    expect([response.status, await response.text()]).toEqual([200, ''])
    expect(await told()).toHaveLength(before)
  })

  it('reads the next page when the last was taken, and ends when its token is revoked', async () => {
    const secret = await token({ name: 'leaked' })
    const reader = (await get('?format=ndjson', secret)).body?.getReader()
    const first = await reader?.read()
    const [made] = (await listTokens(database)).filter(({ name }) => name === 'leaked')
    await revokeToken(database, made?.id ?? '', MONA)
    await expect(
      (async () => {
        while (!(await reader?.read())?.done);
      })(),
    ).rejects.toThrow('revoked')
    expect(linesOf(Buffer.from(first?.value ?? []).toString())).toHaveLength(500)
    const [ended] = await told()
    expect(ended).toMatchObject({ action: 'audit.export_ended', outcome: 'cancelled' })
    expect((ended?.['labels'] as { entries: number }).entries).toBeLessThan(MANY)
  })

  it('is refused while four are open with the same token', async () => {
    const secret = await token()
    const open = await Promise.all([1, 2, 3, 4].map(() => get('?format=csv', secret)))
    const fifth = await get('?format=csv', secret)
    expect([fifth.status, await fifth.text()]).toEqual([429, expect.stringContaining('api.limit')])
    expect((await get('?format=csv&query=is:failed', await token())).status).toBe(200)
    for (const one of open) await one.body?.cancel()
    expect((await get('?format=csv&query=is:failed', secret)).status).toBe(200)
  })
})

describe('over a socket', () => {
  async function served<Result>(
    work: (
      ask: (path: string) => Promise<http.IncomingMessage>,
      stop: () => Promise<unknown>,
    ) => Promise<Result>,
  ): Promise<Result> {
    const own = new OpenStreams()
    const config = { timeZone: 'UTC' }
    const { fetch } = createApi({
      ...{ database, config, version: '1', now: () => NOW, log: silent, streams: own },
    })
    const bind = { host: '127.0.0.1', port: 0 }
    const server = await startHttpServer({ bind, webhookPath: '/x', webhook: undefined, fetch })
    const authorization = `Bearer ${await token()}`
    const ask = async (path: string): Promise<http.IncomingMessage> => {
      const request = http.get(`${server.url}/api/v1/entries${path}`, {
        headers: { authorization },
      })
      const [response] = (await once(request, 'response')) as [http.IncomingMessage]
      return response
    }
    return work(ask, () => Promise.all([server.stop(), own.stop()]))
  }

  it('whoever hangs up stops the reading, and what was handed out is recorded', async () => {
    await served(async (ask, stop) => {
      const response = await ask('?format=ndjson')
      await once(response, 'data')
      response.destroy()
      await stop()
    })
    const [ended] = await told()
    expect(ended).toMatchObject({ action: 'audit.export_ended', outcome: 'cancelled' })
  })

  it('a server that stops breaks it off, and nobody takes it for a whole one', async () => {
    await served(async (ask, stop) => {
      const response = await ask('?format=ndjson')
      // Nobody reads on: what is under way fills the socket.
      response.pause()
      const broken = once(response, 'error')
      await stop()
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString()))
      response.resume()
      expect(String(await broken)).toContain('aborted')
      expect(text).not.toContain('"end"')
    })
  })
})
