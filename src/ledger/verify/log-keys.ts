import type { ClientBase } from 'pg'

import {
  MerkleError,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
  SIGNATURE_TYPES,
  type VerifierKey,
} from '../../core/merkle/index.js'
import type { Complain } from './report.js'

type Connection = Pick<ClientBase, 'query'>

/** Which key signs from which size on: what the checkpoints of a range are checked with. It crosses threads. */
export interface SigningKey {
  readonly fromSize: number
  readonly key: VerifierKey
}

/** Clocks of replicas differ, and are set back by a little: milliseconds by which a later time may be the earlier one. */
export const CLOCKS_DIFFER_MS = 10 * 60_000

interface KeyRow {
  readonly from_size: string
  readonly verifier_key: string
  readonly last_note: string | null
  readonly added_at: Date
  /** The newest checkpoint below `from_size`, and the oldest that is not: what the key took over from, and what it signed. */
  readonly note_before: string | null
  readonly signed_before: Date | null
  readonly signed_first: Date | null
}

const KEYS = `
  SELECT from_size, verifier_key, last_note, added_at, b.note AS note_before, b.signed_at AS signed_before, f.signed_at AS signed_first
  FROM log_key k
    LEFT JOIN LATERAL (SELECT note, signed_at FROM log_checkpoint c WHERE c.size < k.from_size ORDER BY size DESC LIMIT 1) b ON true
    LEFT JOIN LATERAL (SELECT signed_at FROM log_checkpoint c WHERE c.size >= k.from_size ORDER BY size LIMIT 1) f ON true
  ORDER BY from_size`

/** Reads log_key, and finds rows that neither the key before nor the checkpoints around them fit. */
export async function checkLogKeys(
  connection: Connection,
  complain: Complain,
): Promise<SigningKey[]> {
  const { rows } = await connection.query<KeyRow>(KEYS)
  const keys: SigningKey[] = []
  for (const [index, row] of rows.entries()) {
    const key = readKey(row.verifier_key)
    const name = `the key that signs from size ${row.from_size}${key ? ` (${key.name})` : ''}`
    for (const what of [
      ...(key ? [] : ['is not one that can be read']),
      ...misplaced(row, rows[index - 1]),
      ...mistimed(row),
    ]) {
      complain({ where: 'log_key', what: `${name} ${what}` })
    }
    if (key) keys.push({ fromSize: Number(row.from_size), key })
  }
  return keys
}

function readKey(text: string): VerifierKey | undefined {
  try {
    const key = parseVerifierKey(text)
    return key.type === SIGNATURE_TYPES.ed25519 ? key : undefined
  } catch (error) {
    if (error instanceof MerkleError) return undefined
    throw error
  }
}

/** As `rotateLogKey` writes them: a key begins right above what the one before it signed, and keeps that. */
function* misplaced(row: KeyRow, before: KeyRow | undefined): Generator<string> {
  if (row.last_note !== row.note_before) {
    yield 'does not keep the last checkpoint under the key before it'
  }
  const signed = row.last_note === null ? -1 : sizeOf(row.last_note)
  const expected = Math.max(signed ?? -1, before ? Number(before.from_size) : -1) + 1
  if (signed !== undefined && Number(row.from_size) !== expected) {
    yield `should sign from size ${String(expected)} on`
  }
}

function sizeOf(note: string): number | undefined {
  try {
    return parseCheckpoint(parseNote(note).text).size
  } catch (error) {
    if (error instanceof MerkleError) return undefined
    throw error
  }
}

function* mistimed({ added_at, signed_before, signed_first }: KeyRow): Generator<string> {
  const added = added_at.getTime()
  const isEarly = signed_before && added < signed_before.getTime() - CLOCKS_DIFFER_MS
  const isLate = signed_first && added > signed_first.getTime() + CLOCKS_DIFFER_MS
  if (isEarly || isLate) {
    yield 'was added, it says, at a time that the checkpoints around it do not allow'
  }
}
