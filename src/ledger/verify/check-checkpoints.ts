import type { ClientBase } from 'pg'

import {
  formatCheckpoint,
  MerkleError,
  parseNote,
  sameBytes,
  type SignedNote,
  type VerifierKey,
} from '../../core/merkle/index.js'
import { isSigned } from './is-signed.js'
import { CLOCKS_DIFFER_MS, type SigningKey } from './log-keys.js'
import type { Complain } from './report.js'

type Connection = Pick<ClientBase, 'query'>

/** Sizes after < size ≤ upTo. */
export interface Sizes {
  readonly after: number
  readonly upTo: number
}

/** A root that was signed: whether the leaves give it is for whoever builds the tree to say. */
export interface SignedRoot {
  readonly size: number
  readonly root: Uint8Array
}

interface CheckpointRow {
  readonly size: string
  readonly root: Buffer
  readonly note: string
  readonly signed_at: Date
  readonly signed_before: Date | null
}

const CHECKPOINTS = `
  SELECT size, root, note, signed_at,
    (SELECT signed_at FROM log_checkpoint b WHERE b.size < c.size ORDER BY b.size DESC LIMIT 1) AS signed_before
  FROM log_checkpoint c WHERE size > $1 AND size <= $2 ORDER BY size`

/**
 * Checks the checkpoints of these sizes by themselves: the note is exactly what the key of that size signed of this size and
 * root, and times grow with sizes. Returns them, smallest first.
 */
export async function checkCheckpoints(
  connection: Connection,
  { after, upTo }: Sizes,
  keys: readonly SigningKey[],
  complain: Complain,
): Promise<SignedRoot[]> {
  const { rows } = await connection.query<CheckpointRow>(CHECKPOINTS, [after, upTo])
  return rows.map((row) => {
    const size = Number(row.size)
    const key = keys.findLast(({ fromSize }) => fromSize <= size)?.key
    for (const what of faults(row, key)) {
      complain({ where: 'log_checkpoint', what: `the checkpoint of ${row.size} entries ${what}` })
    }
    return { size, root: row.root }
  })
}

function* faults(row: CheckpointRow, key: VerifierKey | undefined): Generator<string> {
  yield* key ? noteFaults(row, key) : ['has no key in log_key that could have signed it']
  const { signed_at, signed_before } = row
  if (signed_before && signed_at.getTime() < signed_before.getTime() - CLOCKS_DIFFER_MS) {
    yield 'was signed, it says, before the smaller one before it'
  }
}

function* noteFaults({ size, root, note }: CheckpointRow, key: VerifierKey): Generator<string> {
  const parsed = readNote(note)
  if (!parsed) {
    yield 'has a note that cannot be read'
    return
  }
  const text = formatCheckpoint({ origin: key.name, size: Number(size), root })
  if (parsed.text !== text)
    yield `has a note that says something else than ${key.name}, its size and its root`
  const [signature, ...more] = parsed.signatures
  const isKeys = signature?.name === key.name && sameBytes(signature.keyId, key.keyId)
  if (more.length > 0 || !isKeys || !isSigned(key, parsed.text, signature.payload)) {
    yield `is not signed by ${key.name} with the key of its time`
  }
}

function readNote(note: string): SignedNote | undefined {
  try {
    return parseNote(note)
  } catch (error) {
    if (error instanceof MerkleError) return undefined
    throw error
  }
}
