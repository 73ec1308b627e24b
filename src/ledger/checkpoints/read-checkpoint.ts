import {
  formatProofFile,
  parseCheckpoint,
  parseNote,
  proveInclusion,
  type Checkpoint,
} from '../../core/merkle/index.js'
import type { Database } from '../../platform/index.js'
import { tileReader, type Connection } from './read-tiles.js'

/** A checkpoint that was signed, whether it is shown or not; without cosignatures. */
interface SignedHeadNote {
  readonly size: number
  readonly note: string
  /** Milliseconds since 1970. */
  readonly signedAt: number
}

/** The newest checkpoint that was signed. With a quorum of witnesses it may be newer than what is shown. */
export async function newestSigned(connection: Connection): Promise<SignedHeadNote | undefined> {
  const { rows } = await connection.query<{ size: string; note: string; signed_at: Date }>(
    'SELECT size, note, signed_at FROM log_checkpoint ORDER BY size DESC LIMIT 1',
  )
  const [row] = rows
  return row && { size: Number(row.size), note: row.note, signedAt: row.signed_at.getTime() }
}

/** A signed checkpoint with the witnesses' cosignatures, as it is served. */
export interface PublishedCheckpoint extends Checkpoint {
  /** Byte for byte. */
  readonly note: string
  /** Milliseconds since 1970. */
  readonly signedAt: number
}

interface CheckpointRow {
  readonly note: string
  readonly lines: string[]
  readonly signed_at: Date
}

/** Each witness's newest line beside the note. */
const PUBLISHED = `SELECT note, signed_at, ARRAY(
    SELECT DISTINCT ON (witness) line FROM log_cosignature s WHERE s.size = c.size ORDER BY witness, time DESC) AS lines
  FROM log_checkpoint c JOIN log_publication USING (size)`

/** The newest checkpoint that is shown; `undefined` as long as none was. */
export async function latestCheckpoint(
  connection: Connection,
): Promise<PublishedCheckpoint | undefined> {
  const { rows } = await connection.query<CheckpointRow>(
    `${PUBLISHED} ORDER BY c.size DESC LIMIT 1`,
  )
  const [row] = rows
  return row && publishedOf(row)
}

function publishedOf({ note, lines, signed_at: signedAt }: CheckpointRow): PublishedCheckpoint {
  const whole = note + lines.map((line) => `${line}\n`).join('')
  const checkpoint = parseCheckpoint(parseNote(note).text)
  return { ...checkpoint, note: whole, signedAt: signedAt.getTime() }
}

/** How many entries are published: nothing beyond is served. */
export async function publishedSize(connection: Connection): Promise<number> {
  const { rows } = await connection.query<{ size: string | null }>(
    'SELECT max(size) AS size FROM log_publication',
  )
  return Number(rows[0]?.size ?? 0)
}

/** That an entry is in the log, for somebody who has only the log's verifier key. */
export interface EntryProofFile {
  readonly checkpoint: PublishedCheckpoint
  /** A `.tlog-proof` file: checkpoint, index and path. */
  readonly file: string
}

/**
 * The proof of an entry under the newest checkpoint that is shown; `undefined` if none covers it yet. A handful of tiles are read,
 * whatever the size of the log.
 */
export async function readProofFile(
  { pool }: Pick<Database, 'pool'>,
  seq: number,
): Promise<EntryProofFile | undefined> {
  const checkpoint = await latestCheckpoint(pool)
  if (!checkpoint || checkpoint.size <= seq) return undefined
  const path = await proveInclusion({ index: seq, size: checkpoint.size }, tileReader(pool))
  return {
    checkpoint,
    file: formatProofFile({ index: seq, path, checkpoint: checkpoint.note }),
  }
}
