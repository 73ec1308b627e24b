import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'

import { errorCode } from '../../platform/index.js'
import { UsageError } from '../exit-code.js'

/**
 * Keeps a second witness out of a directory: two that do not know of each other could cosign two trees. Returns what
 * lets it go. What a killed process left is removed.
 * @throws UsageError
 */
export async function holdDirectory(directory: string): Promise<() => Promise<void>> {
  const file = join(directory, 'pid')
  if (!(await take(file))) {
    const holder = Number(await readFile(file, 'utf8').catch(() => ''))
    if (isAlive(holder)) {
      throw new UsageError(
        `Another witness (process ${String(holder)}) works in ${directory}. Stop it, or give another --dir; if that process is no witness, remove ${file}.`,
      )
    }
    await rm(file, { force: true })
    if (!(await take(file))) throw new UsageError(`Another witness has just begun in ${directory}.`)
  }
  return () => rm(file, { force: true })
}

async function take(file: string): Promise<boolean> {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx', mode: 0o600 })
    return true
  } catch (cause) {
    if (errorCode(cause) === 'EEXIST') return false
    throw new UsageError(`${file} cannot be written. Let this user write there.`, { cause })
  }
}

/** A container gives its processes the same numbers each time: our own number is one that was left. */
function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid < 1 || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}
