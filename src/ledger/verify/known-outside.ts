import type { VerifierKey } from '../../core/merkle/index.js'
import { LogKeyError, signedRecord, type Database, type LogSettings } from '../../platform/index.js'
import { SigningError } from '../checkpoints/signing-error.js'
import { readWitnessPolicy } from '../checkpoints/witness-policy.js'
import type { Pin } from './verify-log.js'

/** What this machine knows of the log beside its database: what it signed last, and the keys of witnesses. */
export interface KnownOutside {
  readonly pins: readonly Pin[]
  readonly witnesses: readonly VerifierKey[]
}

/** A file that cannot be read proves nothing and stops nothing: whoever signs or pushes says what is wrong with it. */
export async function readKnownOutside(
  { pool }: Pick<Database, 'pool'>,
  settings: Pick<LogSettings, 'recordPath' | 'witnessPolicy'>,
): Promise<KnownOutside> {
  // Of the present name only: a log that goes on under another one has lost entries, and its operator knows.
  const { rows } = await pool.query<{ key: string }>(
    'SELECT verifier_key AS key FROM log_key ORDER BY from_size DESC LIMIT 1',
  )
  const [origin = ''] = rows[0]?.key.split('+') ?? []
  return {
    pins: await recordedPin(settings.recordPath, origin),
    witnesses: await witnessKeys(settings),
  }
}

async function recordedPin(file: string, origin: string): Promise<Pin[]> {
  try {
    const head = await signedRecord(file).read(origin)
    if (!head) return []
    const root = Buffer.from(head.root, 'base64').toString('hex')
    return [
      { size: head.size, root, from: 'signed last, as the record beside the signing key says' },
    ]
  } catch (error) {
    if (error instanceof LogKeyError) return []
    throw error
  }
}

async function witnessKeys(settings: Pick<LogSettings, 'witnessPolicy'>): Promise<VerifierKey[]> {
  try {
    return (await readWitnessPolicy(settings))?.witnesses.map(({ key }) => key) ?? []
  } catch (error) {
    if (error instanceof SigningError) return []
    throw error
  }
}
