import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { addJobs, failedJobs, queueDepth, retryJobs } from '../../src/platform/index.js'
import { testDatabase, type TestDatabase } from '../support/database.js'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
  await addJobs(database, 'report', [
    { payload: { n: 1 }, key: 'ready', delayMs: 0 },
    { payload: { n: 2 }, key: 'later', delayMs: 60_000 },
    { payload: { n: 3 }, key: 'dead', delayMs: 0 },
  ])
  await addJobs(database, 'alert', [
    { payload: { n: 4 }, key: 'dead too', delayMs: 0 },
    { payload: { n: 5 }, key: 'running', delayMs: 0 },
  ])
  // As a worker leaves them after the last try, and while it works on one.
  await database.pool.query(`
    UPDATE graphile_worker._private_jobs SET attempts = max_attempts, last_error = 'GitHub answered 500'
    WHERE key LIKE 'dead%'`)
  await database.pool.query(`
    UPDATE graphile_worker._private_jobs SET attempts = max_attempts, locked_at = now(), locked_by = 'w'
    WHERE key = 'running'`)
})

afterAll(async () => {
  await database.drop()
})

describe('the dead-letter list', () => {
  it('holds what failed for good, and not what waits or is under way', async () => {
    const jobs = await failedJobs(database)
    expect(jobs.map(({ key }) => key).sort()).toEqual(['dead', 'dead too'])
    expect(jobs[0]).toMatchObject({ task: 'alert', attempts: 21, lastError: 'GitHub answered 500' })
    expect(jobs[0]?.failedAt).toBeInstanceOf(Date)
  })

  it('is counted beside the rest of the queue', async () => {
    expect(await queueDepth(database)).toEqual({ ready: 1, waiting: 1, running: 1, failed: 2 })
  })

  it('gives the named jobs their tries back, and leaves the others alone', async () => {
    const [first] = await failedJobs(database)
    const { rows } = await database.pool.query<{ id: string }>(
      `SELECT id FROM graphile_worker.jobs WHERE key = 'later'`,
    )
    const ids = [first?.id ?? '', rows[0]?.id ?? '', '999999']
    expect(await retryJobs(database, ids)).toBe(1)
    expect(await queueDepth(database)).toEqual({ ready: 2, waiting: 1, running: 1, failed: 1 })
    expect((await failedJobs(database)).map(({ id }) => id)).not.toContain(first?.id)
  })

  it('has nothing to retry where no id is given', async () => {
    expect(await retryJobs(database, [])).toBe(0)
  })
})
