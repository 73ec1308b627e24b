import {
  makeLogKey,
  readLogKey,
  signedRecord,
  type Database,
  type LogKey,
  type LogSettings,
} from '../../platform/index.js'
import { readAnchor } from './anchor-file.js'
import type { KnownHead } from './known-heads.js'
import { readLogKeys } from './log-identity.js'
import type { SignerParts } from './sign-checkpoint.js'

/** Everything that signing needs, from the settings; a log that has never been signed gets its key here. */
export async function openSigner(
  database: Pick<Database, 'pool'>,
  settings: LogSettings,
  clock: () => number,
): Promise<SignerParts> {
  const periods = await readLogKeys(database.pool)
  const anchor = await readAnchor(settings, periods)
  const heads: readonly KnownHead[] = anchor ? [anchor] : []
  return {
    database,
    key: await openKey(settings, periods.length === 0),
    settings,
    record: signedRecord(settings.recordPath),
    knownHeads: () => heads,
    clock,
  }
}

/** Only the first start makes a key: a second one would be a second signer. */
async function openKey(settings: LogSettings, isNew: boolean): Promise<LogKey | undefined> {
  return (await readLogKey(settings)) ?? (isNew ? makeLogKey(settings.keyPath) : undefined)
}
