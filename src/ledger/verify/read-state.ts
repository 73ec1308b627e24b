import type { ClientBase } from 'pg'

import { LedgerError } from '../errors.js'
import type { Complain, VerifyProblem } from './report.js'

type Connection = Pick<ClientBase, 'query'>

/** What log_state says, unchecked. */
export interface StoredState {
  readonly size: number
  readonly edge: Uint8Array
}

/** @throws LedgerError `corrupt` if there is no state */
export async function readState(connection: Connection): Promise<StoredState> {
  const { rows } = await connection.query<{ size: string; frontier: Buffer }>(
    'SELECT size, frontier FROM log_state',
  )
  const [state] = rows
  if (!state)
    throw new LedgerError('corrupt', 'log_state has no row: restore the database from a backup')
  return { size: Number(state.size), edge: state.frontier }
}

/** One statement sees one moment: what is appended meanwhile is on both sides or on none. */
const STRAY = `
  SELECT * FROM (
    SELECT 'log_entry' AS "where", (SELECT count(*) FROM log_entry WHERE seq < 0 OR seq >= size) AS count FROM log_state
    UNION ALL
    SELECT 'log_opening', (SELECT count(*) FROM log_opening WHERE seq < 0 OR seq >= size) FROM log_state
    UNION ALL
    SELECT 'delivery', (SELECT count(*) FROM delivery WHERE first_seq < 0 OR first_seq + entries > size AND first_seq >= size - 100000)
    FROM log_state
    UNION ALL
    SELECT 'delivery_body', (SELECT count(*) FROM delivery_body WHERE first_seq < 0 OR first_seq >= size) FROM log_state
    UNION ALL
    SELECT 'log_checkpoint', (SELECT count(*) FROM log_checkpoint WHERE size > log_state.size) FROM log_state
    UNION ALL
    SELECT 'log_cosignature', (SELECT count(*) FROM log_cosignature WHERE size < 0 OR size > log_state.size) FROM log_state
    UNION ALL
    SELECT 'log_node', (SELECT count(*) FROM log_node WHERE index < 0 OR level < 1 OR (index + 1) * 256::numeric ^ level > size)
    FROM log_state
  ) AS stray WHERE count > 0`

/** Finds rows that lie outside of the log: a state that was set back leaves them behind. */
export async function checkNothingStray(connection: Connection, complain: Complain): Promise<void> {
  const { rows } = await connection.query<{
    where: VerifyProblem['where']
    count: string
  }>(STRAY)
  for (const { where, count } of rows) {
    complain({ where, what: `${count} rows lie outside of the size that log_state gives` })
  }
}
