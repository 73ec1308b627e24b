import type { ReadTiles, TrustPolicy } from '../../core/merkle/index.js'
import { latestCheckpoint, readLogKeys, readWitnessPolicy, tileReader } from '../../ledger/index.js'
import type { Config, Database } from '../../platform/index.js'

/** A log as it shows itself: nothing that it says is believed without a proof. */
export interface ShownLog {
  /** For people. */
  readonly description: string
  /** The newest signed checkpoint, byte for byte; `undefined` as long as nothing was signed. */
  readonly checkpoint: () => Promise<string | undefined>
  readonly readTiles: ReadTiles
}

/** The log in a database. */
export function databaseLog({ pool, description }: Database): ShownLog {
  return {
    description,
    checkpoint: async () => (await latestCheckpoint(pool))?.note,
    readTiles: tileReader(pool),
  }
}

/**
 * Whom the database itself says that the log is signed by, now and before, and the witnesses of the settings.
 * @throws SigningError `signing.witnesses`
 */
export async function databasePolicy(
  { pool }: Database,
  settings: Config['log'],
): Promise<TrustPolicy> {
  const keys = await readLogKeys(pool)
  const logs = keys.map(({ key }) => ({ key, url: undefined }))
  const witnessed = await readWitnessPolicy(settings)
  return { ...(witnessed ?? WITHOUT_WITNESSES), logs }
}

const WITHOUT_WITNESSES = { witnesses: [], groups: new Map(), quorum: undefined }
