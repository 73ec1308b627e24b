import type { ClientBase } from 'pg'

import { decodeFrontier, type Frontier } from '../core/merkle/index.js'
import type { Database } from '../platform/index.js'
import type { Batch } from './build-batch.js'
import { LedgerError } from './errors.js'

/** What runs SQL: the pool, or a connection in a transaction. Prisma would carry the bytes as base64 inside JSON. */
export type Connection = Pick<ClientBase, 'query'>

const LOG_APPEND = `SELECT log_append($1::bigint, $2::bigint, $3::bytea, $4::new_delivery[], $5::new_body[],
  $6::new_entry[], $7::new_opening[], $8::new_node[])`

export async function callLogAppend(connection: Connection, batch: Batch): Promise<void> {
  await connection.query({ name: 'log_append', text: LOG_APPEND, values: [...batch.arguments] })
}

export async function inTransaction<Result>(
  { pool }: Database,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect()
  let isBroken = true
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    isBroken = false
    return result
  } finally {
    // A transaction that did not end rolls back with its connection.
    client.release(isBroken)
  }
}

export async function lockLog(connection: Connection): Promise<Frontier> {
  const { rows } = await connection.query<{ size: string; frontier: Buffer }>(
    'SELECT size, frontier FROM log_state FOR UPDATE',
  )
  const [state] = rows
  if (!state) {
    throw new LedgerError('corrupt', 'log_state has no row: restore the database from a backup')
  }
  return decodeFrontier(Number(state.size), state.frontier)
}
