import { afterAll, beforeAll, expect, it } from '@jest/globals'

import { createApi, OpenStreams } from '../../src/api/index.js'
import { readingKey } from '../../src/core/state/index.js'
import { Appender } from '../../src/ledger/index.js'
import { silent, testDatabase, type TestDatabase } from '../support/database.js'
import { delivery, draft } from '../support/deliveries.js'
import { undescribed } from './described.js'

const TOKEN = 'a-token-of-at-least-32-characters'
const NOW = Date.UTC(2026, 10, 23)

/** Entry 0 was read again as entry 2, behind the `entry.amended` that is entry 1; entry 3 never was. */
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
})
afterAll(() => database.drop())

async function ask(path: string, template: string): Promise<unknown> {
  const config = { timeZone: 'UTC', apiToken: TOKEN }
  const parts = { database, config, version: '1.2.3', now: () => NOW, log: silent }
  const api = createApi({ ...parts, streams: new OpenStreams() })
  const headers = { authorization: `Bearer ${TOKEN}` }
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
