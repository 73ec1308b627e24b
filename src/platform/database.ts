import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import type { BaseLogger } from 'pino'

import { PrismaClient } from '../generated/prisma/client.js'
import { openEmbedded } from './postgres/embedded.js'
import { reachGiven } from './postgres/given.js'
import type { Role } from './postgres/presence.js'
import { statementName } from './postgres/statement-name.js'

export { PostgresError, type PostgresErrorCode } from './postgres/errors.js'

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

const CONNECTIONS = 20

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
    const name = `hooktrail ${role} ${String(process.pid)}`
    return {
      ...connect({ ...connection, application_name: name }, log),
      description,
      embedded: false,
    }
  }
  const server = await openEmbedded(settings, role, log)
  const { close, ...connected } = connect(server.connection, log)
  return {
    ...connected,
    description: server.description,
    embedded: true,
    close: async () => {
      await close()
      await server.close()
    },
  }
}

/** A pool, and Prisma on it. */
export function connect(
  connection: pg.ClientConfig,
  log: BaseLogger,
): Pick<Database, 'prisma' | 'pool' | 'close'> {
  const pool = new pg.Pool({ ...connection, max: CONNECTIONS })
  // A lost connection is replaced when it is needed, and its query fails by itself; unheard, the event, of the pool
  // for an idle connection and of the client for one that is in use, would end the process.
  pool.on('error', (error) => {
    log.warn({ err: error }, 'lost a connection to PostgreSQL')
  })
  pool.on('connect', (client) => client.on('error', () => undefined))
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, { statementNameGenerator: ({ sql }) => statementName(sql) }),
  })
  return {
    prisma,
    pool,
    close: async () => {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}
