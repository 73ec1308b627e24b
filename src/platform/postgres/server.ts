import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

import type pg from 'pg'
import type { BaseLogger } from 'pino'

import type { Cluster } from './cluster.js'
import { PostgresError } from './errors.js'
import { SOCKET_PORT, type Layout } from './layout.js'
import { livingServer, removeDeceptiveLocks } from './lock-file.js'
import { spawnOptions } from './owner.js'
import { isLivingPostgres } from './process-table.js'
import { probe } from './probe.js'
import { fixedSettings, settingArguments } from './settings.js'

/** A connection to a server that runs, and where its socket is. */
export interface Reached {
  readonly client: pg.Client
  readonly socketDir: string
  /** Whether it ran before we came. */
  readonly adopted: boolean
}

const LOOK_EVERY_MS = 20
/** A server that died a moment ago holds its memory until its last process is gone. */
const TRY_TO_START_FOR_MS = 15_000
/** After a crash PostgreSQL replays what it had written ahead, at most a few max_wal_size. */
const WAIT_FOR_SERVER_MS = 300_000
const STOP_WITHIN_MS = 60_000
const LONGEST_LOG_BYTES = 10 * 1024 * 1024

/**
 * Connects to the cluster's server, and starts it where none runs. Any number of processes may do so at once: one
 * of their servers gets the lock file, the others end, and all connect to that one.
 * @throws PostgresError `start`
 */
export async function reachServer(
  cluster: Cluster,
  name: string,
  log: BaseLogger,
  signal?: AbortSignal,
): Promise<Reached> {
  const begun = performance.now()
  let starting: Starting | undefined
  for (;;) {
    signal?.throwIfAborted()
    const holder = livingServer(cluster.layout.data)
    const socketDir = holder?.socketDir || cluster.layout.socketDir
    const found = await probe(cluster, socketDir, name)
    if (found.state === 'ready') return { client: found.client, socketDir, adopted: !starting }
    const waited = performance.now() - begun
    refuseToWait(cluster, starting, waited)
    if (found.state === 'absent' && !holder && !starting?.alive()) {
      if (starting) await pause(200)
      if (removeDeceptiveLocks(cluster.layout.data, socketDir))
        log.warn('removed the lock files of a PostgreSQL that is gone')
      starting = startServer(cluster)
    }
    await pause(LOOK_EVERY_MS)
  }
}

function refuseToWait(cluster: Cluster, starting: Starting | undefined, waited: number): void {
  const error = starting?.error()
  const hopeless = starting && !starting.alive() && waited > TRY_TO_START_FOR_MS
  if (!error && !hopeless && waited < WAIT_FOR_SERVER_MS) return
  throw new PostgresError(
    'start',
    `PostgreSQL does not start in ${cluster.layout.root}. The end of ${cluster.layout.logFile}: ${endOf(cluster.layout.logFile)}`,
    { cause: error },
  )
}

/** A server that we started and that has yet to answer. */
interface Starting {
  alive(): boolean
  error(): Error | undefined
}

/** The server outlives us if we are killed, and a Ctrl-C in our terminal does not reach it. */
function startServer({ layout, owner, native }: Cluster): Starting {
  keepLogShort(layout)
  const logFile = openSync(layout.logFile, 'a', 0o600)
  const child = spawn(
    native.postgres,
    ['-D', layout.data, ...settingArguments(fixedSettings(layout.socketDir, SOCKET_PORT))],
    { ...spawnOptions(owner), detached: true, stdio: ['ignore', logFile, logFile] },
  )
  closeSync(logFile)
  child.unref()
  let failure: Error | undefined
  child.once('error', (error) => (failure = error))
  return {
    alive: () => child.pid !== undefined && child.exitCode === null && child.signalCode === null,
    error: () => failure,
  }
}

/** Fast shutdown: connections are ended, what they had under way is rolled back, and all is written. */
export async function stopServer(cluster: Cluster, log: BaseLogger): Promise<void> {
  const server = livingServer(cluster.layout.data)
  if (!server) return
  process.kill(server.pid, 'SIGINT')
  const deadline = performance.now() + STOP_WITHIN_MS
  while (isLivingPostgres(server.pid)) {
    if (performance.now() > deadline) {
      log.warn({ pid: server.pid }, 'PostgreSQL takes long to stop; it is left to finish by itself')
      return
    }
    await pause(LOOK_EVERY_MS)
  }
}

function keepLogShort({ logFile }: Layout): void {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0
  if (size > LONGEST_LOG_BYTES) renameSync(logFile, `${logFile}.1`)
}

function endOf(logFile: string): string {
  try {
    return readFileSync(logFile, 'utf8').slice(-1500).trim()
  } catch {
    return '(it cannot be read)'
  }
}
