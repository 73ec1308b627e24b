import { spawn } from 'node:child_process'
import {
  closeSync,
  fchownSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
} from 'node:fs'

import type { Cluster } from './cluster.js'
import { SOCKET_PORT } from './layout.js'
import { spawnOptions } from './owner.js'
import { fixedSettings, settingArguments } from './settings.js'

/** A server that we started. */
export interface Start {
  alive(): boolean
  /** Why the program could not be run at all. */
  error(): Error | undefined
  /** The end of what it has logged. */
  output(): string
  /** Whether it met what may go away by itself: another server, or the remains of one. */
  mayPass(): boolean
}

const MAY_PASS = /already exists|pre-existing shared memory|another postmaster/
const LONGEST_LOG_BYTES = 10 * 1024 * 1024

/** The server outlives us if we are killed, and a Ctrl-C in our terminal does not reach it. */
export function startServer({ layout, owner, native }: Cluster): Start {
  keepShort(layout.logFile)
  const log = openSync(layout.logFile, 'a', 0o600)
  if (owner) fchownSync(log, owner.uid, owner.gid)
  const before = fstatSync(log).size
  const child = spawn(
    native.postgres,
    ['-D', layout.data, ...settingArguments(fixedSettings(layout.socketDir, SOCKET_PORT))],
    { ...spawnOptions(owner), detached: true, stdio: ['ignore', log, log] },
  )
  closeSync(log)
  child.unref()
  let failure: Error | undefined
  child.once('error', (error) => (failure = error))
  const output = (): string => textFrom(layout.logFile, before).trim().slice(-1500)
  return {
    alive: () => child.pid !== undefined && child.exitCode === null && child.signalCode === null,
    error: () => failure,
    output,
    mayPass: () => MAY_PASS.test(output()),
  }
}

function textFrom(file: string, position: number): string {
  return readFileSync(file).subarray(position).toString()
}

function keepShort(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > LONGEST_LOG_BYTES) renameSync(file, `${file}.1`)
}
