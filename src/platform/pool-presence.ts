import type { PoolClient } from 'pg'

import type { Database } from './database.js'
import type { Logger } from './logger.js'

const SWEEP_EVERY_MS = 60_000

/**
 * Says that this process's worker pool is alive, by an advisory lock that dies with the connection, and gives back
 * the jobs of pools that are not. Without it a job that was under way at a kill -9 would stay locked for four hours.
 */
export class PoolPresence {
  readonly #database: Database
  readonly #log: Logger
  #client: PoolClient | undefined
  #sweep: NodeJS.Timeout | undefined

  constructor(database: Database, log: Logger) {
    this.#database = database
    this.#log = log
  }

  /** Takes the lock of this pool and begins to look for pools that left without a word. */
  async announce(poolId: string): Promise<void> {
    this.#sweep = setInterval(() => void this.#attempt(poolId), SWEEP_EVERY_MS)
    this.#sweep.unref()
    await this.#attempt(poolId)
  }

  /** Gives the lock up. */
  async leave(): Promise<void> {
    clearInterval(this.#sweep)
    const client = this.#client
    this.#client = undefined
    await client?.query('SELECT pg_advisory_unlock_all()').catch(() => undefined)
    client?.release(true)
  }

  async #attempt(poolId: string): Promise<void> {
    try {
      await this.#hold(poolId)
      await this.#giveBackJobsOfTheDead(poolId)
    } catch (error) {
      this.#log.warn({ err: error }, 'could not look for jobs of workers that are gone')
    }
  }

  async #hold(poolId: string): Promise<void> {
    if (this.#client) return
    const client = await this.#database.pool.connect()
    this.#client = client
    // A connection that ended took the lock with it: the next sweep takes it again. It has to be given back
    // all the same, or the pool keeps its place for ever and never ends.
    const lose = (): void => {
      if (this.#client !== client) return
      this.#client = undefined
      client.release(true)
    }
    client.on('error', lose)
    client.on('end', lose)
    try {
      await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [poolId])
    } catch (error) {
      lose()
      throw error
    }
  }

  async #giveBackJobsOfTheDead(poolId: string): Promise<void> {
    const client = this.#client
    if (!client) return
    const { rows } = await client.query<{ locked_by: string }>(
      `SELECT DISTINCT locked_by FROM graphile_worker.jobs
       WHERE locked_by IS NOT NULL AND locked_by <> $1`,
      [poolId],
    )
    for (const { locked_by: other } of rows) {
      const lock = await client.query<{ gone: boolean }>(
        'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS gone',
        [other],
      )
      if (!lock.rows[0]?.gone) continue
      await client.query('SELECT graphile_worker.force_unlock_workers(ARRAY[$1]::text[])', [other])
      await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [other])
      this.#log.warn({ pool: other }, 'gave back the jobs of a worker that is gone')
    }
  }
}
