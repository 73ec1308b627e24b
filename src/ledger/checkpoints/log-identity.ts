import {
  formatVerifierKey,
  parseVerifierKey,
  SIGNATURE_TYPES,
  verifierKey,
  type VerifierKey,
} from '../../core/merkle/index.js'
import type { LogKey, LogSettings } from '../../platform/index.js'
import type { Connection } from './read-tiles.js'

/** A key of the log, and from which size on it signs. */
export interface LogKeyPeriod {
  readonly fromSize: number
  readonly key: VerifierKey
  /** The last checkpoint that the key before it signed. */
  readonly lastNote: string | undefined
}

interface KeyRow {
  readonly from_size: string
  readonly verifier_key: string
  readonly last_note: string | null
}

/** All keys that the log ever had, the present one last; none before the first signature. */
export async function readLogKeys(connection: Connection): Promise<LogKeyPeriod[]> {
  const { rows } = await connection.query<KeyRow>(
    'SELECT from_size, verifier_key, last_note FROM log_key ORDER BY from_size',
  )
  return rows.map((row) => ({
    fromSize: Number(row.from_size),
    key: parseVerifierKey(row.verifier_key),
    lastNote: row.last_note ?? undefined,
  }))
}

/** Remembers that a key signs from a size on. @throws as pg does if another one does already */
export async function addLogKey(
  connection: Connection,
  { fromSize, key, lastNote }: LogKeyPeriod,
  now: number,
): Promise<void> {
  await connection.query(
    'INSERT INTO log_key (from_size, verifier_key, last_note, added_at) VALUES ($1, $2, $3, $4)',
    [fromSize, formatVerifierKey(key), lastNote ?? null, new Date(now)],
  )
}

/** The name that a new log gets: what was set, or its address, or one that nobody else has. */
export function newOrigin(settings: Pick<LogSettings, 'origin' | 'address'>, key: LogKey): string {
  const unique = Buffer.from(key.publicKey).toString('hex').slice(0, 16)
  return settings.origin ?? settings.address ?? `localhost/${unique}`
}

export function logVerifierKey(origin: string, { publicKey }: LogKey): VerifierKey {
  return verifierKey(origin, SIGNATURE_TYPES.ed25519, publicKey)
}
