import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'

import { SOCKET_PORT } from './layout.js'
import { isLivingPostgres, isThere } from './process-table.js'

/** What PostgreSQL says about its server in `postmaster.pid`. */
export interface LockFile {
  readonly pid: number
  /** Where its socket is; empty as long as it has none. */
  readonly socketDir: string
}

export function readLockFile(data: string): LockFile | undefined {
  const lines = readOrEmpty(lockFileOf(data)).split('\n')
  const pid = pidOf(lines[0])
  return pid === undefined ? undefined : { pid, socketDir: lines[4] ?? '' }
}

/** The server that holds the data directory at present, if one does. */
export function livingServer(data: string): LockFile | undefined {
  const lock = readLockFile(data)
  return lock && isLivingPostgres(lock.pid) ? lock : undefined
}

/**
 * Removes lock files that PostgreSQL would believe although nobody holds them: their process id belongs to a zombie
 * or to another program by now. All others it judges rightly by itself.
 */
export function removeDeceptiveLocks(data: string, socketDir: string): boolean {
  const socketLock = path.join(socketDir, `.s.PGSQL.${String(SOCKET_PORT)}.lock`)
  const [first, second] = [removeIfDeceptive(lockFileOf(data)), removeIfDeceptive(socketLock)]
  return first || second
}

function removeIfDeceptive(file: string): boolean {
  const text = readOrEmpty(file)
  const pid = pidOf(text.split('\n')[0])
  if (pid === undefined || !isThere(pid) || isLivingPostgres(pid)) return false
  // Somebody else may have started a server since.
  if (readOrEmpty(file) !== text) return false
  rmSync(file, { force: true })
  return true
}

function lockFileOf(data: string): string {
  return path.join(data, 'postmaster.pid')
}

/** A server in single-user mode writes its process id with a minus. */
function pidOf(line: string | undefined): number | undefined {
  const pid = Math.abs(Number(line))
  return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
