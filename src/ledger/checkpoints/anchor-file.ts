import { readFile } from 'node:fs/promises'

import { MerkleError, openCheckpoint, toBase64 } from '../../core/merkle/index.js'
import type { LogSettings } from '../../platform/index.js'
import type { KnownHead } from './known-heads.js'
import type { LogKeyPeriod } from './log-identity.js'
import { SigningError } from './signing-error.js'

/**
 * The checkpoint in `HOOKTRAIL_ANCHOR_FILE`, which the log must contain.
 * @throws SigningError `signing.key` if it cannot be read, or is none of this log's
 */
export async function readAnchor(
  { anchorFile }: Pick<LogSettings, 'anchorFile'>,
  periods: readonly LogKeyPeriod[],
): Promise<KnownHead | undefined> {
  if (anchorFile === undefined || periods.length === 0) return undefined
  try {
    const keys = periods.map(({ key }) => key)
    const { size, root } = openCheckpoint(await readFile(anchorFile, 'utf8'), keys)
    return { size, root: toBase64(root), source: anchorFile }
  } catch (cause) {
    const why = cause instanceof MerkleError ? cause.message : 'the file cannot be read'
    throw new SigningError(
      'signing.key',
      `HOOKTRAIL_ANCHOR_FILE names ${anchorFile}, which holds no checkpoint of this log: ${why}. Put the right file there, or remove the setting.`,
      { cause },
    )
  }
}
