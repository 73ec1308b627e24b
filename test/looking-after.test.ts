import { join } from 'node:path'

import { afterAll, beforeAll, expect, it } from '@jest/globals'

import { Appender, verifyLog } from '../src/ledger/index.js'
import { createLookingAfter, type LookingAfter } from '../src/looking-after.js'
import { emptyDataDir } from './support/data-directory.js'
import { testDatabase, type TestDatabase } from './support/database.js'
import { delivery, draft } from './support/deliveries.js'

const NOW = Date.UTC(2026, 10, 2, 2, 7)
const said: { level: string; text: string }[] = []
let database: TestDatabase
let lookingAfter: LookingAfter

beforeAll(async () => {
  database = await testDatabase()
  const directory = emptyDataDir()
  const say = (level: string) => (_: unknown, text?: string) => {
    said.push({ level, text: text ?? '' })
  }
  lookingAfter = createLookingAfter({
    database,
    clock: () => NOW,
    logger: { error: say('error'), info: say('info') } as never,
    rawRetentionDays: 90,
    textRetentionDays: 0,
    selfCheck: 'all',
    verifiedFile: join(directory, 'verified.json'),
    log: { keyPath: join(directory, 'key'), recordPath: join(directory, 'record'), address: 'x' },
  })
  const appender = new Appender(database, () => NOW - 3_600_000)
  for (const guid of ['a', 'b', 'c']) {
    await appender.append({ delivery: delivery(guid), drafts: [draft()] })
  }
})
afterAll(async () => {
  await database.drop()
})

async function run(job: string): Promise<void> {
  said.length = 0
  await lookingAfter.handlers[job]?.(undefined)
}

/** What the self-check appended: the newest entry, if it is an alert. */
async function alerts(): Promise<{ action: string; outcome: string; recorded_at: Date }[]> {
  const { rows } = await database.pool.query<{
    action: string
    outcome: string
    recorded_at: Date
  }>(
    `SELECT action, outcome, recorded_at FROM log_entry WHERE action = 'verification.failed' ORDER BY seq`,
  )
  return rows
}

it('looks at new entries each hour and at all of them each week, when it is set to', () => {
  expect(lookingAfter.schedule).toContain('41 * * * * check_new')
  expect(lookingAfter.schedule).toContain('7 2 * * 0 check_all')
})

it('says of a whole log that it is whole, and nothing to the log', async () => {
  await run('check_all')
  expect(said).toEqual([{ level: 'info', text: 'the log is whole' }])
  expect(await alerts()).toEqual([])
})

it('raises an alert in the log when a row was corrupted, by the next check of everything', async () => {
  await database.pool
    .query(`GRANT ALL ON log_entry TO CURRENT_USER; ALTER TABLE log_entry DISABLE TRIGGER USER;
    UPDATE log_entry SET action = 'push.forced' WHERE seq = 1; ALTER TABLE log_entry ENABLE TRIGGER USER`)
  await run('check_all')
  expect(said).toEqual([{ level: 'error', text: 'THE LOG IS NOT WHOLE: run hooktrail verify' }])
  expect(await alerts()).toEqual([
    { action: 'verification.failed', outcome: 'failure', recorded_at: new Date(NOW) },
  ])
  const { problems } = await verifyLog(database)
  expect(problems).toEqual([
    { seq: 1, where: 'log_entry', what: 'column action differs from the leaf' },
  ])
})
