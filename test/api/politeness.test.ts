import { gunzipSync } from 'node:zlib'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { createApi } from '../../src/api/index.js'
import { Appender, createToken } from '../../src/ledger/index.js'
import { silent, testDatabase, type TestDatabase } from '../support/database.js'
import { delivery, draft } from '../support/deliveries.js'

let now = Date.UTC(2026, 10, 2)

let database: TestDatabase
let appender: Appender
let api: ReturnType<typeof createApi>
let secret = ''

beforeAll(async () => {
  database = await testDatabase()
  appender = new Appender(database, () => now)
  await appender.append({ delivery: delivery('one'), drafts: [draft(), draft(), draft()] })
  const grant = { name: 'x', scopes: ['read', 'export'], organisations: [], repositories: [] }
  const mona = { name: 'mona', reason: undefined, now }
  secret = (await createToken(database, { ...grant, expiresAt: null }, mona)).secret
  const config = { timeZone: 'UTC' }
  api = createApi({ database, config, version: '1', now: () => now, log: silent })
})
afterAll(() => database.drop())

async function get(path: string, headers = {}, token = secret): Promise<Response> {
  return api.request(`/api/v1${path}`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
  })
}

describe('what a client has already', () => {
  const QUERY = '/entries?query=action:push.created'

  it('is not sent again, until it is another', async () => {
    const tag = (await get(QUERY)).headers.get('etag') ?? ''
    const again = await get(QUERY, { 'If-None-Match': `"other", W/${tag}` })
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', tag])
    expect((await get(QUERY, { 'If-None-Match': '"other"' })).status).toBe(200)
    await appender.append({ delivery: delivery('two'), drafts: [draft()] })
    const changed = await get(QUERY, { 'If-None-Match': tag })
    expect(changed.status).toBe(200)
    expect(changed.headers.get('etag')).not.toBe(tag)
  })

  it('of one entry stays, whatever is appended', async () => {
    const tag = (await get('/entries/0')).headers.get('etag') ?? ''
    await appender.append({ delivery: delivery('three'), drafts: [draft()] })
    expect((await get('/entries/0', { 'If-None-Match': tag })).status).toBe(304)
  })

  it('is kept by nobody who was not asked to', async () => {
    const { headers } = await get('/entries/0')
    expect([headers.get('cache-control'), headers.get('vary')]).toEqual([
      'no-store',
      expect.stringContaining('Authorization'),
    ])
  })
})

describe('an answer', () => {
  const GZIP = { 'Accept-Encoding': 'gzip' }

  it.each(['/entries', '/entries?format=ndjson&query=seq:0', '/openapi.json'])(
    'of %s is compressed for those who can read it',
    async (path) => {
      const plain = await (await get(path)).text()
      const response = await get(path, GZIP)
      expect(response.headers.get('content-encoding')).toBe('gzip')
      const text = gunzipSync(Buffer.from(await response.arrayBuffer())).toString()
      expect(text.slice(0, 100)).toBe(plain.slice(0, 100))
    },
  )

  it('that is live is not compressed: it would wait in the compressor', async () => {
    const response = await get('/entries/tail', GZIP)
    expect(response.headers.get('content-encoding')).toBeNull()
    await response.body?.cancel()
  })
})

describe('whoever asks too often', () => {
  it('hears how many are left, when none is, and gets through after waiting as told', async () => {
    now += 60_000
    const first = await get('/explanation')
    expect(first.headers.get('ratelimit-policy')).toBe('"token";q=600;w=60')
    expect(first.headers.get('ratelimit')).toBe('"token";r=599;t=60')
    for (let asked = 1; asked < 600; asked += 1) await get('/explanation?nonsense')
    const refused = await get('/explanation')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
    expect(await refused.json()).toMatchObject({ code: 'api.limit' })
    now += 1000
    expect((await get('/explanation')).status).toBe(200)
  })

  it('with wrong tokens is told so, while right ones from there get through', async () => {
    now += 60_000
    for (let asked = 0; asked < 60; asked += 1) {
      expect((await get('/explanation', {}, 'wrong')).status).toBe(401)
    }
    const refused = await get('/explanation', {}, 'wrong')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
    expect((await get('/explanation')).status).toBe(200)
  })

  it('with wrong tokens for the log’s entries is told so, and counted with those for the rest', async () => {
    now += 60_000
    const guess = (path: string): Response | Promise<Response> =>
      api.request(path, { headers: { authorization: 'Bearer wrong' } })
    const paths = ['/tile/entries/000.p/1', '/api/v1/explanation']
    for (let asked = 0; asked < 30; asked += 1) {
      for (const path of paths) expect((await guess(path)).status).toBe(401)
    }
    for (const path of paths) {
      const refused = await guess(path)
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
    }
    expect((await get('/explanation')).status).toBe(200)
  })
})
