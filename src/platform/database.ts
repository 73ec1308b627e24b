import type pg from 'pg'
import type { BaseLogger } from 'pino'

import type { PrismaClient } from '../generated/prisma/client.js'
import { openEmbedded } from './postgres/embedded.js'
import { reachGiven } from './postgres/given.js'
import { connect } from './postgres/pool.js'
import type { Role } from './postgres/presence.js'

export { PostgresError } from './postgres/errors.js'

/** The settings that decide which database, as in `Config`. */
export interface DatabaseSettings {
  /** A server of the operator's own; without it the embedded one in `dataDir`. */
  readonly databaseUrl?: string
  readonly dataDir: string
  readonly postgresUser: string
}

export interface DatabaseOptions {
  /** On an embedded server one `app` runs at a time; `cli` comes and goes beside it. */
  readonly role: Role
}

export interface Database {
  readonly prisma: PrismaClient
  /** The same connections as Prisma's. For streams, LISTEN and the job queue. */
  readonly pool: pg.Pool
  /** For people, without secrets. */
  readonly description: string
  readonly embedded: boolean
  /** Ends all connections; the last process to leave an embedded server stops it. */
  close(): Promise<void>
}

/**
 * Connects to the database, and starts the embedded server if it is needed and does not run. The schema is left as
 * it is: see `migrate`.
 * @throws PostgresError which says what is wrong and what to do
 */
export async function openDatabase(
  settings: DatabaseSettings,
  log: BaseLogger,
  { role }: DatabaseOptions,
): Promise<Database> {
  if (settings.databaseUrl !== undefined) {
    const { connection, description } = await reachGiven(settings.databaseUrl)
    const application_name = `hooktrail ${role} ${String(process.pid)}`
    const connected = connect({ ...connection, application_name }, log)
    return { ...connected, close: once(connected.close), description, embedded: false }
  }
  const server = await openEmbedded(settings, role, log)
  const connected = connect(server.connection, log)
  const close = once(async () => {
    await connected.close()
    await server.close()
  })
  return { ...connected, close, description: server.description, embedded: true }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => (done ??= work())
}
