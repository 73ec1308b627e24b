import { toHex, type VerifierKey } from '../../core/merkle/index.js'
import type { Connection } from './read-tiles.js'

/** What a witness said about a tree, verified. */
export interface Cosignature {
  readonly size: number
  /** Seconds since 1970, as the witness says. */
  readonly time: number
  readonly line: string
}

/** What stands for a witness in log_cosignature. */
export function witnessId({ name, keyId }: Pick<VerifierKey, 'name' | 'keyId'>): string {
  return `${name}+${toHex(keyId)}`
}

/** The cosignature of the largest tree, and of that the newest. */
export async function lastCosignature(
  connection: Connection,
  key: VerifierKey,
): Promise<Omit<Cosignature, 'line'> | undefined> {
  const { rows } = await connection.query<{ size: string; time: string }>(
    'SELECT size, time FROM log_cosignature WHERE witness = $1 ORDER BY size DESC, time DESC LIMIT 1',
    [witnessId(key)],
  )
  const [row] = rows
  return row && { size: Number(row.size), time: Number(row.time) }
}

export async function storeCosignature(
  connection: Connection,
  key: VerifierKey,
  { size, time, line }: Cosignature,
): Promise<void> {
  await connection.query(
    `INSERT INTO log_cosignature (size, witness, time, line) VALUES ($1, $2, $3, $4)
     ON CONFLICT (size, witness, time) DO NOTHING`,
    [size, witnessId(key), time, line],
  )
}
