import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { createApi, OpenStreams } from '../../src/api/index.js'
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

let database: TestDatabase
let appender: Appender
let streams: OpenStreams
let api: ReturnType<typeof createApi>
let deliveries = 0

beforeAll(async () => {
  database = await testDatabase()
  appender = new Appender(database, () => NOW)
  await record('old', 'old')
  streams = new OpenStreams()
  const config = { timeZone: 'UTC' }
  api = createApi({ database, config, version: '1', now: () => NOW, log: silent, streams })
})
afterAll(() => database.drop())

/** One entry for each name: of a job that is called so. */
async function record(...jobs: readonly string[]): Promise<void> {
  deliveries += 1
  const drafts = jobs.map((job) =>
    draft({ ci: { job }, repo: { host: 'github.com', id: job.length, name: `${job}/x` } }),
  )
  await appender.append({ delivery: delivery(`d${String(deliveries)}`), drafts })
}

async function token(over: Partial<TokenGrant> = {}): Promise<string> {
  const grant = { name: 'tail', scopes: ['read'], organisations: [], repositories: [] }
  return (await createToken(database, { ...grant, expiresAt: null, ...over }, MONA)).secret
}

async function get(path: string, secret: string, lastEventId?: string): Promise<Response> {
  const last = lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId }
  const headers = { authorization: `Bearer ${secret}`, ...last }
  return api.request(`/api/v1/entries/tail${path}`, { headers })
}

/** A client as a browser's: it hears events, and remembers the last id. */
async function listener(path: string, secret: string, lastEventId?: string) {
  const response = await get(path, secret, lastEventId)
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const heard: string[] = []
  let last = ''
  const read = async (): Promise<boolean> => {
    const { done, value } = (await reader?.read()) ?? { done: true }
    if (done) return false
    text += value
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const fields = text.slice(0, end).split('\n')
      text = text.slice(end + 2)
      last = fields.find((field) => field.startsWith('id: '))?.slice(4) ?? last
      const data = fields.find((field) => field.startsWith('data: '))?.slice(6)
      if (data) heard.push((JSON.parse(data) as { ci: { job: string } }).ci.job)
    }
    return true
  }
  return {
    response,
    heard,
    lastId: () => last,
    read,
    until: async (count: number): Promise<readonly string[]> => {
      while (heard.length < count && (await read()));
      return heard
    },
    hangUp: async () => reader?.cancel(),
  }
}

describe('a live tail', () => {
  it('tells what a query means as it is recorded, and nothing of before', async () => {
    const tail = await listener('?query=job:b*', await token())
    expect(tail.response.headers.get('content-type')).toBe('text/event-stream')
    await record('b1', 'a1', 'b2')
    expect(await tail.until(2)).toEqual(['b1', 'b2'])
    await tail.hangUp()
  })

  it('goes on where a client lost it, without a gap and without a double, matches or not', async () => {
    const secret = await token()
    const first = await listener('?query=job:c*', secret)
    await record('c1', 'c2')
    await first.until(2)
    await first.hangUp()
    await record('c3', 'x', 'c4', 'y')
    const second = await listener('?query=job:c*', secret, first.lastId())
    expect(await second.until(2)).toEqual(['c3', 'c4'])
    await second.hangUp()
    const third = await listener('?query=job:c*', secret, second.lastId())
    await record('c5')
    expect(await third.until(1)).toEqual(['c5'])
    await third.hangUp()
  })

  it('has an id before the first event, so that nothing is missed by whoever loses it then', async () => {
    const secret = await token()
    const first = await listener('?query=job:e*', secret)
    await first.read()
    await first.hangUp()
    await record('e1')
    const second = await listener('?query=job:e*', secret, first.lastId())
    expect(await second.until(1)).toEqual(['e1'])
    await second.hangUp()
  })

  it('begins where it is asked to', async () => {
    const tail = await listener('?from=0&query=job:old', await token())
    expect(await tail.until(2)).toEqual(['old', 'old'])
    await tail.hangUp()
  })

  it('tells a limited token only of what it sees', async () => {
    const tail = await listener('?from=0', await token({ organisations: ['mine'] }))
    await record('theirs', 'mine')
    expect(await tail.until(1)).toEqual(['mine'])
    await tail.hangUp()
  })

  it.each(['x', '-2', '1.5', '999999'])('refuses to go on behind %s', async (id) => {
    const response = await get('', await token(), id)
    expect([response.status, await response.text()]).toEqual([
      400,
      expect.stringContaining('Last-Event-ID'),
    ])
  })

  it('ends when its token is revoked', async () => {
    const tail = await listener('', await token({ name: 'leaked' }))
    const [made] = (await listTokens(database)).filter(({ name }) => name === 'leaked')
    await revokeToken(database, made?.id ?? '', MONA)
    await record('late')
    await expect(tail.until(1)).rejects.toThrow('revoked')
    expect(tail.heard).toEqual([])
  })

  it('ends when the server stops, as if nothing more were to come', async () => {
    const tail = await listener('', await token())
    await Promise.all([streams.stop(), tail.until(Infinity)])
    expect(await tail.read()).toBe(false)
  })
})
