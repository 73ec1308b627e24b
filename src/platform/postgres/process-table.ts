import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

import { codeOf } from './errors.js'

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
    return codeOf(error) === 'EPERM'
  }
}

/** State letter and command name; empty where they cannot be found out. */
function lookUp(pid: number): { state: string; command: string } {
  const [, command = '', state = ''] = /\((.*)\) (\S)/s.exec(statOf(pid)) ?? []
  if (state !== '') return { state, command }
  const [, letters = '', name = ''] = /^\s*(\S+)\s+(.*)/.exec(psOf(pid)) ?? []
  return { state: letters, command: name }
}

function statOf(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/stat`, 'latin1')
  } catch {
    return ''
  }
}

/** Where there is no /proc (macOS). */
function psOf(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'state=,comm=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
}
