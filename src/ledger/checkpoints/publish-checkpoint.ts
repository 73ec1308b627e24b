import {
  hasQuorum,
  parseNote,
  verifyNote,
  witnessKeys,
  type TrustPolicy,
} from '../../core/merkle/index.js'
import type { Connection } from './read-tiles.js'

/** Shows a signed checkpoint to everybody, from now on. What was shown is never taken back, nor followed by a smaller one. */
export async function publishCheckpoint(
  connection: Connection,
  size: number,
  now: number,
): Promise<void> {
  await connection.query(
    `INSERT INTO log_publication (size, published_at)
     SELECT $1::bigint, $2 WHERE NOT EXISTS (SELECT FROM log_publication WHERE size >= $1::bigint)
     ON CONFLICT DO NOTHING`,
    [size, new Date(now)],
  )
}

/**
 * Whether enough witnesses cosigned a checkpoint: their lines are verified again, so that a row of the database is no
 * witness.
 * @throws MerkleError `merkle.signature` for a line that was altered since it was stored
 */
export async function isCosigned(
  connection: Connection,
  policy: TrustPolicy,
  { size, note }: { readonly size: number; readonly note: string },
): Promise<boolean> {
  if (policy.quorum === undefined) return true
  const { rows } = await connection.query<{ line: string }>(
    'SELECT DISTINCT ON (witness) line FROM log_cosignature WHERE size = $1 ORDER BY witness, time DESC',
    [size],
  )
  const whole = parseNote(note + rows.map(({ line }) => `${line}\n`).join(''))
  return hasQuorum(policy, verifyNote(whole, witnessKeys(policy)))
}
