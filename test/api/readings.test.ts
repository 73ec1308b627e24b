import { afterAll, beforeAll, expect, it } from '@jest/globals'

import { createApi, OpenStreams } from '../../src/api/index.js'
import { readingKey } from '../../src/core/state/index.js'
import { Appender, createToken } from '../../src/ledger/index.js'
import { silent, testDatabase, type TestDatabase } from '../support/database.js'
import { delivery, draft } from '../support/deliveries.js'
import { undescribed } from './described.js'

const TOKEN = 'a-token-of-at-least-32-characters'
const NOW = Date.UTC(2026, 10, 23)

/** Also of a repository that `acme/shop` does not see. */
const MIXED = [draft(), draft({ repo: { host: 'github.com', id: 5, name: 'hush/x' } })]

/**
 * Entry 0 was read again as entry 2, behind the `entry.amended` that is entry 1; entry 3 never was. Entries 4 and 5 of two
 * repositories were read as entry 7, of one, and that as entries 9 and 10, of two again.
 */
let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  const appender = new Appender(database, () => NOW)
  const again = delivery(readingKey({ guid: 'read', reading: 2 }))
  await appender.append({ delivery: delivery('read'), drafts: [draft()] })
  await appender.append({
    delivery: { ...again, kind: 'reprocess' },
    drafts: [draft({ action: 'entry.amended' }), draft()],
  })
  await appender.append({ delivery: delivery('other'), drafts: [draft()] })
  await appender.append({ delivery: delivery('mixed'), drafts: MIXED })
  for (const [reading, drafts] of [[2, [draft()]] as const, [3, MIXED] as const]) {
    await appender.append({
      delivery: { ...delivery(readingKey({ guid: 'mixed', reading })), kind: 'reprocess' },
      drafts: [draft({ action: 'entry.amended' }), ...drafts],
    })
  }
})
afterAll(() => database.drop())

async function ask(path: string, template: string, token = TOKEN): Promise<unknown> {
  const config = { timeZone: 'UTC', apiToken: TOKEN }
  const parts = { database, config, version: '1.2.3', now: () => NOW, log: silent }
  const api = createApi({ ...parts, streams: new OpenStreams() })
  const headers = { authorization: `Bearer ${token}` }
  const response = await api.request(`/api/v1${path}`, { headers })
  expect([response.status, await undescribed(template, response.clone())]).toEqual([200, []])
  return response.json()
}

it('the place of an entry says which reading replaced it, and which it replaces, as described', async () => {
  const of = (seq: number): Promise<unknown> =>
    ask(`/entries/${String(seq)}/place`, '/entries/{reference}/place')
  const [old, now, other] = [await of(0), await of(2), await of(3)]
  expect(old).toMatchObject({ replaced_by: { reading: 2, first_seq: 1, entries: 2 } })
  expect(old).not.toHaveProperty('replaces')
  expect(now).toMatchObject({ replaces: { reading: 1, first_seq: 0, entries: 1 } })
  expect(now).not.toHaveProperty('replaced_by')
  expect(other).not.toHaveProperty('replaces')
  expect(other).not.toHaveProperty('replaced_by')
})

it('a limited token hears of another reading only where it sees every entry of it', async () => {
  const grant = { name: 'shop', scopes: ['read'], organisations: [], repositories: ['acme/shop'] }
  const mona = { name: 'mona', reason: undefined, now: NOW }
  const { secret } = await createToken(database, { ...grant, expiresAt: null }, mona)
  const of = (seq: number, token = secret): Promise<unknown> =>
    ask(`/entries/${String(seq)}/place`, '/entries/{reference}/place', token)
  const second = { reading: 2, first_seq: 6, entries: 2 }
  expect(await of(0)).toMatchObject({ replaced_by: { reading: 2, first_seq: 1, entries: 2 } })
  expect(await of(4)).toMatchObject({ replaced_by: second })
  expect(await of(9)).toMatchObject({ replaces: second })
  expect(await of(7, TOKEN)).toMatchObject({
    replaces: { reading: 1, first_seq: 4, entries: 2 },
    replaced_by: { reading: 3, first_seq: 8, entries: 3 },
  })
  const middle = await of(7)
  expect(middle).not.toHaveProperty('replaces')
  expect(middle).not.toHaveProperty('replaced_by')
})
