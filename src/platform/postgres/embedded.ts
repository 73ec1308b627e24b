import { setTimeout as pause } from 'node:timers/promises'

import type pg from 'pg'
import type { BaseLogger } from 'pino'

import { prepareCluster, type Cluster, type ClusterSettings } from './cluster.js'
import { PostgresError } from './errors.js'
import { enter, leave, presenceName, type Role } from './presence.js'
import { connectionTo } from './probe.js'
import { reachServer, stopServer } from './server.js'

/** The embedded server while this process uses it. */
export interface EmbeddedServer {
  readonly connection: pg.ClientConfig
  readonly description: string
  /** The last one out stops the server. */
  readonly close: () => Promise<void>
}

const LONGEST_PAUSE_MS = 5_000
const ARRIVE_WITHIN_MS = 60_000

/**
 * Starts the embedded server or adopts the one that runs, and keeps it running until `close`.
 * @throws PostgresError
 */
export async function openEmbedded(
  settings: ClusterSettings,
  role: Role,
  log: BaseLogger,
): Promise<EmbeddedServer> {
  const cluster = await prepareCluster(settings, log)
  const first = await arrive(cluster, role, log)
  // Our pools know this directory: a server that we start later has its socket there, too.
  const same = { ...cluster, layout: { ...cluster.layout, socketDir: first.socketDir } }
  const watch = keepRunning(same, role, first.client, log)
  return {
    connection: connectionTo(cluster, first.socketDir),
    description: `embedded PostgreSQL ${String(cluster.native.major)} in ${cluster.layout.root}`,
    close: async () => {
      const client = await watch.stop()
      if (client) await depart(same, client, log)
    },
  }
}

interface Arrival {
  readonly client: pg.Client
  readonly socketDir: string
}

async function arrive(
  cluster: Cluster,
  role: Role,
  log: BaseLogger,
  signal?: AbortSignal,
): Promise<Arrival> {
  const begun = performance.now()
  for (;;) {
    const { client, socketDir, adopted } = await reachServer(
      cluster,
      presenceName(role),
      log,
      signal,
    )
    try {
      await enter(client, role)
      const tookMs = Math.round(performance.now() - begun)
      log.debug({ tookMs }, adopted ? 'adopted the running PostgreSQL' : 'started PostgreSQL')
      return { client, socketDir }
    } catch (error) {
      await client.end().catch(() => undefined)
      // Otherwise it was stopped by the last one to leave, just as we came: begin again.
      if (error instanceof PostgresError || performance.now() - begun > ARRIVE_WITHIN_MS)
        throw error
    }
  }
}

interface Watch {
  /** Ends the watch. Returns the connection that says that we are here, if there is one at the moment. */
  stop(): Promise<pg.Client | undefined>
}

/** Where the server goes away under us (killed, out of memory), starts it again, or adopts whose start was first. */
function keepRunning(cluster: Cluster, role: Role, first: pg.Client, log: BaseLogger): Watch {
  const stopping = new AbortController()
  let present: pg.Client | undefined
  let recovery = Promise.resolve()

  function watch(client: pg.Client): void {
    present = client
    client.once('end', () => {
      present = undefined
      if (!stopping.signal.aborted) recovery = recover()
    })
  }

  async function recover(): Promise<void> {
    log.error('PostgreSQL went away; bringing it back')
    for (let wait = 100; !(await tryToArrive()); wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
      await pause(wait, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }

  /** Whether that is over: done, or no longer wanted. */
  async function tryToArrive(): Promise<boolean> {
    try {
      const { client } = await arrive(cluster, role, log, stopping.signal)
      watch(client)
      log.info('PostgreSQL is back')
      return true
    } catch (error) {
      if (stopping.signal.aborted) return true
      log.error({ err: error }, 'PostgreSQL does not come back; trying again')
      return false
    }
  }

  watch(first)
  return {
    stop: async () => {
      stopping.abort()
      await recovery
      return present
    },
  }
}

async function depart(cluster: Cluster, client: pg.Client, log: BaseLogger): Promise<void> {
  try {
    if (await leave(client)) await stopServer(cluster, log)
  } catch (error) {
    log.warn({ err: error }, 'PostgreSQL went away before it was stopped')
  } finally {
    await client.end().catch(() => undefined)
  }
}
