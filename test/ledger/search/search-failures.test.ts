import { afterAll, beforeAll, expect, it } from '@jest/globals'

import { parseQuery } from '../../../src/core/search/index.js'
import { Appender, searchEntries } from '../../../src/ledger/index.js'
import { testDatabase, type TestDatabase } from '../../support/database.js'
import { delivery, draft } from '../../support/deliveries.js'

const everything = parseQuery('', { now: 0 })
let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
  const appender = new Appender(database, () => 0)
  await appender.append({ delivery: delivery('one'), drafts: [draft()] })
})
afterAll(async () => {
  await database.drop()
})

it('a search that takes too long is stopped, says what to do, and leaves the connection usable', async () => {
  const lock = await database.pool.connect()
  try {
    await lock.query('BEGIN; LOCK TABLE log_entry IN ACCESS EXCLUSIVE MODE')
    await expect(
      searchEntries(database, everything, { limit: 1, timeout: 50 }),
    ).rejects.toMatchObject({
      code: 'search.timeout',
      message: expect.stringContaining('created:>-7d') as unknown,
    })
  } finally {
    await lock.query('ROLLBACK')
    lock.release()
  }
  expect((await searchEntries(database, everything, { limit: 1 })).entries).toHaveLength(1)
})

it('a search while the database goes away says that it is unavailable', async () => {
  const lock = await database.pool.connect()
  try {
    await lock.query('BEGIN; LOCK TABLE log_entry IN ACCESS EXCLUSIVE MODE')
    const search = searchEntries(database, everything, { limit: 1, timeout: 5000 })
    const refused = expect(search).rejects.toMatchObject({ code: 'unavailable' })
    await killWaiting()
    await refused
  } finally {
    await lock.query('ROLLBACK')
    lock.release()
  }
})

/** Ends the connection that waits for the lock, as a restart of the server would. */
async function killWaiting(): Promise<void> {
  for (;;) {
    const { rowCount } = await database.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    if (rowCount !== null && rowCount > 0) return
  }
}
