import { setTimeout as pause } from 'node:timers/promises'

import type pg from 'pg'
import type { BaseLogger } from 'pino'

import type { Cluster } from './cluster.js'
import { PostgresError } from './errors.js'
import { livingServer, removeDeceptiveLocks } from './lock-file.js'
import { probe, type Probe } from './probe.js'
import { isLivingPostgres } from './process-table.js'
import { startServer, type Start } from './server-process.js'

/** A connection to a server that runs, and where its socket is. */
export interface Reached {
  readonly client: pg.Client
  readonly socketDir: string
  /** Whether it ran before we came. */
  readonly adopted: boolean
}

const LOOK_EVERY_MS = 20
const PAUSE_BETWEEN_STARTS_MS = 200
const TRIES = 5
/** A server that died a moment ago holds its memory until its last process is gone. */
const WAIT_FOR_PASSING_MS = 15_000
/** After a crash PostgreSQL replays what it had written ahead, at most a few max_wal_size. */
const WAIT_FOR_SERVER_MS = 300_000
const STOP_WITHIN_MS = 60_000

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
  const starts: Start[] = []
  for (;;) {
    signal?.throwIfAborted()
    const { socketDir, free, found } = await look(cluster, name)
    if (found.state === 'ready') {
      return { client: found.client, socketDir, adopted: starts.length === 0 }
    }
    const waitedMs = performance.now() - begun
    if (waitedMs > WAIT_FOR_SERVER_MS) throw failure(cluster, starts)
    const gone = free && !starts.at(-1)?.alive()
    if (gone && isHopeless(starts, waitedMs)) throw failure(cluster, starts)
    if (gone) starts.push(await start(cluster, socketDir, starts.length, log))
    await pause(LOOK_EVERY_MS)
  }
}

interface Sight {
  readonly socketDir: string
  readonly found: Probe
  /** Whether no server holds the data directory, not even one that has no socket yet, or none any more. */
  readonly free: boolean
}

async function look(cluster: Cluster, name: string): Promise<Sight> {
  const holder = livingServer(cluster.layout.data)
  // A server that another process started may have its socket elsewhere (another TMPDIR).
  const socketDir = holder?.socketDir || cluster.layout.socketDir
  const found = await probe(cluster, socketDir, name)
  return { socketDir, found, free: found.state === 'absent' && !holder }
}

async function start(
  cluster: Cluster,
  socketDir: string,
  before: number,
  log: BaseLogger,
): Promise<Start> {
  if (before > 0) await pause(PAUSE_BETWEEN_STARTS_MS)
  if (removeDeceptiveLocks(cluster.layout.data, socketDir)) {
    log.warn('removed the lock file of a PostgreSQL that is gone')
  }
  return startServer(cluster)
}

/** Whether the last server that we started met something that will not go away by itself. */
function isHopeless(starts: readonly Start[], waitedMs: number): boolean {
  const last = starts.at(-1)
  if (!last) return false
  if (last.mayPass()) return waitedMs > WAIT_FOR_PASSING_MS
  return last.error() !== undefined || starts.length >= TRIES
}

function failure({ layout }: Cluster, starts: readonly Start[]): PostgresError {
  const last = starts.at(-1)
  return new PostgresError(
    'start',
    `PostgreSQL does not start in ${layout.root}. From ${layout.logFile}: ${last?.output() ?? 'another process started it'}`,
    { cause: last?.error() },
  )
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
