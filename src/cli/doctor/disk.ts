import { statfs } from 'node:fs/promises'

import { messageOf, resultsOf, type CheckResult } from './check.js'

const GIB = 1024 ** 3
const FAIL_BELOW = 0.2 * GIB
const WARN_BELOW = 2 * GIB

const { ok, warn, fail, skipped } = resultsOf('disk')

/** Free space where the embedded database lives: without any, deliveries are refused. */
export async function checkDisk(dataDir: string): Promise<CheckResult> {
  try {
    const { bavail, bsize } = await statfs(dataDir)
    return judgeSpace(bavail * bsize, dataDir)
  } catch (error) {
    return skipped(`free space of ${dataDir} is not known: ${messageOf(error)}`)
  }
}

/** @param free bytes */
export function judgeSpace(free: number, dataDir: string): CheckResult {
  const message = `${(free / GIB).toFixed(1)} GiB free for ${dataDir}`
  const remedy =
    'Make room, move HOOKTRAIL_DATA_DIR to a larger disk, or keep raw deliveries for fewer days (HOOKTRAIL_RAW_RETENTION_DAYS).'
  if (free < FAIL_BELOW) return fail(message, remedy)
  return free < WARN_BELOW ? warn(message, remedy) : ok(message)
}
