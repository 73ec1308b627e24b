import type { Sql } from '@prisma/client/runtime/client'

import type { Database } from '../../platform/index.js'
import { readable } from './search-error.js'

/** Milliseconds that one search may take in the database. */
export const SEARCH_TIMEOUT = 10_000

/** Runs one statement of a search; bigints come as text, as pg gives them. */
export type Ask = <Row extends object>(statement: Sql) => Promise<Row[]>

/** Parts of the time limit: so exactly it is kept, and the server is told again only when one has passed. */
const PARTS = 20

/**
 * Runs the statements of one search in a read-only transaction: they see the same log, and together take no longer than
 * `timeout` milliseconds.
 * @throws SearchError `search.timeout`; LedgerError `unavailable`
 */
export async function inSearch<Result>(
  { pool }: Pick<Database, 'pool'>,
  timeout: number,
  work: (ask: Ask) => Promise<Result>,
): Promise<Result> {
  const until = performance.now() + timeout
  try {
    const client = await pool.connect()
    let isBroken = true
    try {
      // One round trip. The statements are short: compiling them or starting workers takes longer than they do.
      let granted = Math.max(1, Math.ceil(until - performance.now()))
      await client.query(
        `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL jit = off; SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL statement_timeout = ${String(granted)}`,
      )
      const result = await work(async (statement) => {
        const left = Math.max(1, Math.ceil(until - performance.now()))
        if (granted - left > timeout / PARTS) {
          await client.query(`SET LOCAL statement_timeout = ${String(left)}`)
          granted = left
        }
        const { rows } = await client.query({ text: statement.text, values: [...statement.values] })
        return rows as never
      })
      await client.query('COMMIT')
      isBroken = false
      return result
    } finally {
      // After an error the transaction is over with its connection.
      client.release(isBroken)
    }
  } catch (error) {
    throw readable(error, timeout)
  }
}
