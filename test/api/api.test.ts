import { createHash } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { createApi } from '../../src/api/index.js'
import { Appender } from '../../src/ledger/index.js'
import type { Database } from '../../src/platform/index.js'
import { connect } from '../../src/platform/postgres/pool.js'
import { silent, testDatabase, type TestDatabase } from '../support/database.js'
import { delivery, draft } from '../support/deliveries.js'

const TOKEN = 'a token of at least 32 characters'.replaceAll(' ', '-')
const NOW = Date.UTC(2026, 10, 2)

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
  const appender = new Appender(database, () => NOW)
  const drafts = [
    draft(),
    draft({ outcome: 'failure', occurred_at: '2026-11-01T11:00:00.000Z' }),
    draft({ action: 'push.forced' }),
  ]
  await appender.append({ delivery: delivery('one'), drafts })
})
afterAll(async () => {
  await database.drop()
})

function api(
  apiToken: string | undefined = TOKEN,
  on: Database = database,
): ReturnType<typeof createApi> {
  const config = { timeZone: 'UTC', ...(apiToken === '' ? {} : { apiToken }) }
  return createApi({ database: on, config, version: '1.2.3', now: () => NOW, log: silent })
}

async function get(path: string, authorization = `Bearer ${TOKEN}`): Promise<Response> {
  return api().request(path, { headers: { authorization } })
}

async function body(response: Response): Promise<Record<string, unknown>> {
  return (await response.json()) as Record<string, unknown>
}

describe('GET /api/v1/entries', () => {
  it('gives the entries that a query means, newest first', async () => {
    const response = await get('/api/v1/entries?query=-is:failed')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toContain('application/json')
    expect(await body(response)).toMatchObject({
      entries: [
        { seq: 2, action: 'push.forced', actor: { login: 'octocat' } },
        { seq: 0, action: 'push.created' },
      ],
      next_cursor: null,
    })
  })

  it('gives pages that follow one another', async () => {
    const first = await body(await get('/api/v1/entries?limit=2'))
    expect(first['entries']).toMatchObject([{ seq: 1 }, { seq: 2 }])
    const cursor = String(first['next_cursor'])
    const second = await body(await get(`/api/v1/entries?limit=2&cursor=${cursor}`))
    expect(second).toMatchObject({ entries: [{ seq: 0 }], next_cursor: null })
  })

  it('says where a query is wrong, why, and what could stand there', async () => {
    const response = await get('/api/v1/entries?query=is:failed+acter:x')
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await body(response)).toEqual({
      type: 'urn:hooktrail:problem:query.field',
      status: 400,
      code: 'query.field',
      title: 'The query has an unknown key',
      detail: 'there is no key “acter:” (quote text that contains a colon); did you mean “actor:”?',
      position: 10,
      length: 6,
      suggestion: 'actor:',
    })
  })

  it.each([
    ['limit=0', 'api.parameter'],
    ['limit=1001', 'api.parameter'],
    ['limit=1e2', 'api.parameter'],
    ['limit=1&limit=2', 'api.parameter'],
    ['q=actor:octocat', 'api.parameter'],
    ['cursor=', 'api.parameter'],
    ['cursor=abc', 'search.cursor'],
    ['query=(a', 'query.syntax'],
    ['query=a%00b', 'query.syntax'],
  ])('refuses ?%s instead of guessing', async (parameters, code) => {
    const response = await get(`/api/v1/entries?${parameters}`)
    expect(response.status).toBe(400)
    expect(await body(response)).toMatchObject({ code, status: 400 })
  })
})

describe('GET /api/v1/entries/{reference}', () => {
  it('gives one entry, by number and by id', async () => {
    const byNumber = await body(await get('/api/v1/entries/1'))
    expect(byNumber).toMatchObject({ seq: 1, outcome: 'failure' })
    expect(await body(await get(`/api/v1/entries/${String(byNumber['id'])}`))).toEqual(byNumber)
  })

  it('says that there is none, or that this can be none', async () => {
    expect((await get('/api/v1/entries/99')).status).toBe(404)
    expect((await get('/api/v1/entries/latest')).status).toBe(400)
  })
})

describe('the token', () => {
  it.each(['', 'Basic eA==', 'Bearer', 'Bearer wrong', `Bearer ${TOKEN}x`, TOKEN])(
    'is asked for when “%s” is sent',
    async (authorization) => {
      const response = await get('/api/v1/entries', authorization)
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer realm="hooktrail"/)
      expect(await response.text()).not.toContain('octocat')
    },
  )

  it('must have been made: without one nobody reads anything, and the answer says how', async () => {
    const headers = { authorization: `Bearer ${TOKEN}` }
    const response = await api('').request('/api/v1/entries', { headers })
    expect(response.status).toBe(401)
    const nothing = await body(await api('').request('/api/v1/entries'))
    expect(nothing['detail']).toMatch(/hooktrail token create.*HOOKTRAIL_API_TOKEN/)
  })

  it('is not needed for health and for the page', async () => {
    expect((await api().request('/healthz')).status).toBe(200)
    expect((await api().request('/')).status).toBe(200)
  })
})

describe('health', () => {
  it('is 200 while the database answers', async () => {
    const response = await api().request('/healthz')
    expect(await body(response)).toEqual({ status: 'ok', version: '1.2.3', database: 'up' })
  })

  it('is 503, without a word about why, when it does not, and so is a search', async () => {
    const nobody = { host: '127.0.0.1', port: 1, user: 'hooktrail', database: 'hooktrail' }
    const away = { ...connect(nobody, silent), description: 'nothing', embedded: false }
    const health = await api(TOKEN, away).request('/healthz')
    expect(health.status).toBe(503)
    expect(await body(health)).toEqual({
      status: 'unavailable',
      version: '1.2.3',
      database: 'down',
    })
    const headers = { authorization: `Bearer ${TOKEN}` }
    const search = await api(TOKEN, away).request('/api/v1/entries', { headers })
    expect(search.status).toBe(503)
    expect(await body(search)).toMatchObject({ code: 'unavailable' })
    await away.close()
  })
})

describe('every answer', () => {
  it.each(['/', '/healthz', '/api/v1/entries', '/nowhere', '/api/v1/entries?limit=x'])(
    'of %s is uncached, unframed, unsniffed and has an id',
    async (path) => {
      const { headers } = await get(path)
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; form-action 'none'/,
      )
      expect(headers.get('x-request-id')).toMatch(/^[\w-]{36}$/)
    },
  )

  it('keeps the id that a proxy gave, unless it is odd', async () => {
    const answer = async (id: string): Promise<string | null> => {
      const response = await api().request('/healthz', { headers: { 'x-request-id': id } })
      return response.headers.get('x-request-id')
    }
    expect(await answer('abc-123')).toBe('abc-123')
    expect(await answer('<script>')).not.toBe('<script>')
  })

  it('is a problem where nothing is, and where only reading is possible', async () => {
    const nothing = await api().request('/nowhere')
    expect(nothing.status).toBe(404)
    expect(nothing.headers.get('content-type')).toBe('application/problem+json')
    const headers = { authorization: `Bearer ${TOKEN}` }
    const post = await api().request('/api/v1/entries', { method: 'POST', headers })
    expect(post.status).toBe(405)
    expect(post.headers.get('allow')).toBe('GET, HEAD')
  })

  it('says nothing of an error that nobody expected', async () => {
    const broken = { ...database, prisma: undefined, pool: undefined } as unknown as Database
    const headers = { authorization: `Bearer ${TOKEN}` }
    const response = await api(TOKEN, broken).request('/api/v1/entries', { headers })
    expect(response.status).toBe(500)
    const { code, detail } = await body(response)
    expect(code).toBe('api.internal')
    expect(detail).toContain(response.headers.get('x-request-id'))
    expect(detail).not.toContain('transaction')
  })
})

it('the page at / shows what this is, runs no script and shows nothing that was recorded', async () => {
  const response = await api().request('/')
  const text = await response.text()
  expect(text).toContain('Version 1.2.3')
  expect(text).not.toMatch(/<script|octocat|acme/i)
  const style = /<style>([^]*)<\/style>/.exec(text)?.[1] ?? ''
  const hash = createHash('sha256').update(style).digest('base64')
  expect(response.headers.get('content-security-policy')).toContain(`style-src 'sha256-${hash}'`)
})
