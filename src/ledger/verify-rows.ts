import type { JsonObject } from '../core/domain/index.js'
import type { Database } from '../platform/index.js'
import { LedgerError } from './errors.js'

export interface EntryRow {
  readonly seq: bigint
  readonly leaf: Uint8Array
  readonly leaf_hash: Uint8Array
  readonly columns: JsonObject
}

export interface OpeningRow {
  readonly seq: bigint
  readonly openings: Uint8Array
}

export interface DeliveryRow {
  readonly first_seq: bigint
  readonly entries: number
  readonly guid: string
  readonly body_sha256: Uint8Array | null
  readonly body: Uint8Array | null
}

export interface NodeRow {
  readonly level: number
  readonly index: bigint
  readonly hash: Uint8Array
}

export async function readState(
  database: Database,
): Promise<{ size: number; frontier: Uint8Array }> {
  const [state] = await database.prisma.$queryRaw<{ size: bigint; frontier: Uint8Array }[]>`
    SELECT size, frontier FROM log_state`
  if (!state)
    throw new LedgerError('corrupt', 'log_state has no row: restore the database from a backup')
  return { size: Number(state.size), frontier: state.frontier }
}

/** Entries from ≤ seq < to in order; the columns as one JSON object, times as the leaf writes them. */
export async function readEntries(
  database: Database,
  from: number,
  to: number,
): Promise<EntryRow[]> {
  return database.prisma.$queryRaw<EntryRow[]>`
    SELECT seq, leaf, leaf_hash, to_jsonb(e) - ARRAY['leaf', 'leaf_hash', 'delivery', 'seq', 'occurred_at', 'recorded_at']
      || jsonb_build_object(
        'occurred_at', to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'recorded_at', to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) AS columns
    FROM log_entry e WHERE seq >= ${from} AND seq < ${to} ORDER BY seq`
}

export function columnsOf(row: EntryRow): Readonly<Record<string, JsonObject[string]>> {
  return row.columns
}

export async function readOpenings(
  database: Database,
  from: number,
  to: number,
): Promise<OpeningRow[]> {
  return database.prisma.$queryRaw<OpeningRow[]>`
    SELECT seq, openings FROM log_opening WHERE seq >= ${from} AND seq < ${to} ORDER BY seq`
}

/** Deliveries with an entry in from ≤ seq < to; one that begins before is counted in its own chunk too. */
export async function readDeliveries(
  database: Database,
  from: number,
  to: number,
): Promise<DeliveryRow[]> {
  return database.prisma.$queryRaw<DeliveryRow[]>`
    SELECT first_seq, entries, guid, body_sha256, body
    FROM delivery LEFT JOIN delivery_body USING (first_seq)
    WHERE first_seq + entries > ${from} AND first_seq < ${to} ORDER BY first_seq`
}

export async function readNodes(database: Database): Promise<NodeRow[]> {
  return database.prisma.$queryRaw<NodeRow[]>`SELECT level, index, hash FROM log_node`
}
