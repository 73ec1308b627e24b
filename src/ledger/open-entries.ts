import type { AuditEntry, Json, JsonObject } from '../core/domain/index.js'
import { groupBy } from '../core/domain/index.js'
import type { Database } from '../platform/index.js'
import { parseLeaf } from './fit-leaf.js'
import { parseOpenings } from './openings.js'

/** As Prisma (bigint) or pg (text) give numbers. */
type Seq = bigint | string

interface LeafRow {
  readonly seq: Seq
  readonly leaf: Uint8Array
}

interface OpeningRow {
  readonly seq: Seq
  readonly openings: Uint8Array
}

/** Entries as people read them: sealed values opened, `null` where an opening was erased. Order is kept. */
export async function openEntries(
  database: Database,
  rows: readonly LeafRow[],
): Promise<AuditEntry[]> {
  if (rows.length === 0) return []
  const seqs = rows.map(({ seq }) => String(seq))
  const openings = await database.prisma.$queryRaw<OpeningRow[]>`
    SELECT seq, openings FROM log_opening WHERE seq = ANY(${seqs}::bigint[])`
  return openLeaves(rows, openings)
}

/** The same, of rows that were read already. */
export function openLeaves(
  rows: readonly LeafRow[],
  openings: readonly OpeningRow[],
): AuditEntry[] {
  const bySeq = groupBy(openings, ({ seq }) => String(seq))
  return rows.map(({ seq, leaf }) => openEntry(Number(seq), leaf, bySeq.get(String(seq)) ?? []))
}

function openEntry(seq: number, leaf: Uint8Array, openings: readonly OpeningRow[]): AuditEntry {
  const texts = new Map<string, string>()
  for (const row of openings) {
    for (const { pointer, value } of parseOpenings(row.openings) ?? []) texts.set(pointer, value)
  }
  return openLeaf(seq, parseLeaf(leaf), texts)
}

/** The entry that a leaf and the texts of its sealed values, by pointer, make. */
export function openLeaf(
  seq: number,
  leaf: JsonObject,
  texts: ReadonlyMap<string, string>,
): AuditEntry {
  // The shape is ours: only log_append writes leaves, and verify says so if somebody else did.
  return { ...(opened(leaf, [], texts) as unknown as AuditEntry), seq }
}

/** What holds no sealed value stays the object that it is: most of an entry does. `path` is that of the value. */
function opened(value: Json, path: string[], texts: ReadonlyMap<string, string>): Json {
  if (typeof value !== 'object' || value === null) return value
  const object = value as JsonObject
  if (typeof object['$sealed'] === 'string') return texts.get(pointerOf(path)) ?? null
  const changed: [string, Json][] = []
  for (const [key, member] of Object.entries(object)) {
    path.push(key)
    const open = opened(member ?? null, path, texts)
    path.pop()
    if (open !== member) changed.push([key, open])
  }
  return changed.length === 0 ? value : withMembers(object, changed)
}

/** A copy; `[…]` where it is one. */
function withMembers(object: JsonObject, changed: readonly [string, Json][]): Json {
  if (!Array.isArray(object)) return { ...object, ...Object.fromEntries(changed) }
  const copy = [...(object as Json[])]
  for (const [index, open] of changed) copy[Number(index)] = open
  return copy
}

/** @see https://www.rfc-editor.org/rfc/rfc6901 */
function pointerOf(path: readonly string[]): string {
  return path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
