import { dirname, join, resolve } from 'node:path'

import type { Report } from './problem.js'
import type { Values } from './values.js'

/** What signing needs. Paths are absolute. */
export interface LogSettings {
  /** PEM, where the key was given as a variable; then there is no file. */
  readonly key?: string
  readonly keyPath: string
  /** What was signed last, by this machine: beside the key, and outside of the database on purpose. */
  readonly recordPath: string
  /** Where it was set; it applies to a new log, and to a rotation. */
  readonly origin?: string
  /** `HOOKTRAIL_URL` without its scheme, the usual origin of a new log. */
  readonly address?: string
  readonly anchorFile?: string
  /** Which witnesses cosign, and how many of them are enough. */
  readonly witnessPolicy?: string
}

export function logSettings(
  values: Values,
  { cwd, dataDir }: { readonly cwd: string; readonly dataDir: string },
  report: Report,
): LogSettings {
  const { HOOKTRAIL_LOG_KEY: text, HOOKTRAIL_LOG_KEY_PATH: path } = values
  if (text !== undefined && path !== undefined) {
    const remedy = 'Remove one of the two.'
    report('HOOKTRAIL_LOG_KEY', 'is set and HOOKTRAIL_LOG_KEY_PATH too.', remedy)
  }
  const keyPath = resolve(cwd, path ?? join(dataDir, 'log-key.pem'))
  const { HOOKTRAIL_LOG_ORIGIN: origin, HOOKTRAIL_ANCHOR_FILE: anchor } = values
  const witnesses = values.HOOKTRAIL_WITNESS_POLICY
  return {
    ...(text !== undefined && { key: text }),
    keyPath,
    recordPath: join(text === undefined ? dirname(keyPath) : dataDir, 'log-signed.json'),
    ...(origin !== undefined && { origin }),
    ...(values.HOOKTRAIL_URL !== undefined && { address: addressOf(values.HOOKTRAIL_URL) }),
    ...(anchor !== undefined && { anchorFile: resolve(cwd, anchor) }),
    ...(witnesses !== undefined && { witnessPolicy: resolve(cwd, witnesses) }),
  }
}

/** A plus sign cannot be part of a key's name. */
function addressOf(url: string): string {
  return url.replace(/^https?:\/\//, '').replaceAll('+', '%2B')
}
