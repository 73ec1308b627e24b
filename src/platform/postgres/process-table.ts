import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * Whether a PostgreSQL lives under this process id. A zombie does not, and neither does whoever got the id after a
 * crash or a restart of the container; PostgreSQL itself takes both for a living server.
 */
export function isLivingPostgres(pid: number): boolean {
  if (!isThere(pid)) return false
  const { state, command } = lookUp(pid)
  return !state.startsWith('Z') && (command === '' || command.includes('postgres'))
}

/** Whether anything has this process id, a zombie included. */
export function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** State letter and command name; empty where they cannot be found out. */
function lookUp(pid: number): { state: string; command: string } {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'latin1')
    const [, command = '', state = ''] = /\((.*)\) (\S)/s.exec(stat) ?? []
    return { state, command }
  } catch {
    const ps = spawnSync('ps', ['-o', 'state=,comm=', '-p', String(pid)], { encoding: 'utf8' })
    const [, state = '', command = ''] = /^\s*(\S+)\s+(.*)/.exec(ps.stdout ?? '') ?? []
    return { state, command }
  }
}
