import type { Database } from '../../platform/index.js'
import type { Connection } from './read-tiles.js'

/**
 * One transaction in which nobody else signs or rotates keys, in any process. READ COMMITTED, so that each statement sees
 * what is committed, and nothing that is not.
 */
export async function signingTurn<Result>(
  { pool }: Pick<Database, 'pool'>,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect()
  let isBroken = true
  try {
    await client.query('BEGIN')
    await takeSigningTurn(client)
    const result = await work(client)
    await client.query('COMMIT')
    isBroken = false
    return result
  } finally {
    // A transaction that did not end rolls back with its connection.
    client.release(isBroken)
  }
}

/** From here to the end of the transaction nobody else signs or rotates keys. */
export async function takeSigningTurn(connection: Connection): Promise<void> {
  await connection.query(`SELECT pg_advisory_xact_lock(hashtextextended('log_checkpoint', 1))`)
}
