import { stat } from 'node:fs/promises'

import {
  logSize,
  newestSigned,
  openSigner,
  readLogKeys,
  requireSignable,
  SigningError,
} from '../../ledger/index.js'
import { LogKeyError, type Config, type Database } from '../../platform/index.js'
import { messageOf, resultsOf, type CheckResult } from './check.js'

const { ok, warn, fail, skipped } = resultsOf('signing')

/** A server signs each second; what is behind for longer is not being signed. */
const PATIENCE_MS = 60_000

/** Whether the log is signed up to its end, and whether this key may and can go on. */
export async function checkSigning(
  database: Database,
  config: Config,
  now: number,
): Promise<CheckResult[]> {
  const { pool } = database
  if ((await readLogKeys(pool)).length === 0) {
    if ((await logSize(database)) === 0) return [ok('there is nothing to sign yet')]
    return [
      skipped('the log has not been signed yet', 'Start Hooktrail once, which makes its key.'),
    ]
  }
  try {
    const size = await requireSignable(await openSigner(database, config.log, () => now))
    return [...(await judgeKeyFile(config)), judgeSigned(size, await newestSigned(pool), now)]
  } catch (error) {
    if (!(error instanceof SigningError || error instanceof LogKeyError)) throw error
    const remedy = 'See docs/operations.md, “When signing stops”.'
    return [fail(`no checkpoint is signed: ${messageOf(error)}`, remedy)]
  }
}

/** The group may read the key: a decision, which should be one. */
async function judgeKeyFile({ log: { key, keyPath } }: Config): Promise<CheckResult[]> {
  if (key !== undefined) return []
  const { mode } = await stat(keyPath)
  if ((mode & 0o077) === 0) {
    return [
      ok(
        `${keyPath} is its owner’s only; a copy belongs where other keys are kept, apart from the backups`,
      ),
    ]
  }
  return [
    warn(
      `${keyPath} can be read by its group: each of them can sign as the log`,
      `chmod 600 ${keyPath}`,
    ),
  ]
}

/** @param size of the log */
function judgeSigned(
  size: number,
  signed: { readonly size: number; readonly signedAt: number } | undefined,
  now: number,
): CheckResult {
  if (signed?.size === size) return ok(`signed up to the end: ${String(size)} entries`)
  const counts = `${String(signed?.size ?? 0)} of ${String(size)} entries are signed`
  if (signed && now - signed.signedAt < PATIENCE_MS) return ok(`${counts}, a moment ago`)
  return warn(
    counts,
    'Nothing speaks against signing the rest, which a running Hooktrail does within a second: start it, or look for “no checkpoint is signed” in its log.',
  )
}
