import type { ClientBase } from 'pg'

import type { Json, JsonObject } from '../../core/domain/index.js'
import { parseLeaf } from '../fit-leaf.js'
import { erasedRows } from '../person/erased-rows.js'
import type { Complain } from './report.js'

type Connection = Pick<ClientBase, 'query'>

/**
 * What was taken out of the log on purpose, as the tables say: ranges are checked against it, and `checkTaken` checks it
 * against the entries that announced it.
 */
export interface Taken {
  /** Openings of entries before this one, and raw bodies of deliveries, may be gone. */
  readonly openingsBefore: number
  readonly bodiesBefore: number
  /** The ids of erasures. */
  readonly acts: readonly string[]
}

interface ErasureRow {
  readonly id: string
  readonly seq: string
}

interface RetentionRow {
  readonly seq: string
  readonly kind: 'bodies' | 'openings'
  readonly before_seq: string
}

/** Reads what was taken by entries before `size`. */
export async function readTaken(connection: Connection, size: number): Promise<Taken> {
  const retention = await retentionRows(connection, size)
  const before = (kind: RetentionRow['kind']): number =>
    Math.max(
      0,
      ...retention.filter((row) => row.kind === kind).map((row) => Number(row.before_seq)),
    )
  const acts = (await erasureRows(connection, size)).map(({ id }) => id)
  return { openingsBefore: before('openings'), bodiesBefore: before('bodies'), acts }
}

/** Finds acts that no entry announced as they are: somebody wants to explain something that vanished. */
export async function checkTaken(
  connection: Connection,
  size: number,
  complain: Complain,
): Promise<void> {
  for (const { seq, kind, before_seq } of await retentionRows(connection, size)) {
    const labels = await labelsOf(connection, Number(seq), `${kind}.pruned`)
    if (labels?.['before_seq'] === Number(before_seq)) continue
    const what = `it says that ${kind} before entry ${before_seq} were pruned; entry ${seq} does not`
    complain({ seq: Number(seq), where: 'retention', what })
  }
  for (const { id, seq } of await erasureRows(connection, size)) {
    const labels = await labelsOf(connection, Number(seq), 'person.erased')
    const { digest } = await erasedRows(connection, id)
    if (labels?.['erasure'] === id && labels['erased_digest'] === digest) continue
    const what = 'what it says was erased is not what the entry person.erased says'
    complain({ seq: Number(seq), where: 'erasure', what })
  }
}

async function retentionRows(connection: Connection, size: number): Promise<RetentionRow[]> {
  const statement = 'SELECT seq, kind, before_seq FROM retention WHERE seq < $1 ORDER BY seq'
  return (await connection.query<RetentionRow>(statement, [size])).rows
}

async function erasureRows(connection: Connection, size: number): Promise<ErasureRow[]> {
  const statement = 'SELECT id::text, seq FROM erasure WHERE seq < $1 ORDER BY seq'
  return (await connection.query<ErasureRow>(statement, [size])).rows
}

async function labelsOf(
  connection: Connection,
  seq: number,
  action: string,
): Promise<JsonObject | undefined> {
  const { rows } = await connection.query<{ leaf: Buffer }>(
    'SELECT leaf FROM log_entry WHERE seq = $1',
    [seq],
  )
  try {
    const leaf = rows[0] && parseLeaf(rows[0].leaf)
    const labels: Json | undefined = leaf?.['labels']
    return leaf?.['action'] === action ? (labels as JsonObject | undefined) : undefined
  } catch {
    // The range that the entry is in says so.
    return undefined
  }
}
