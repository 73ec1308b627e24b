import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import type { BaseLogger } from 'pino'

import { PrismaClient } from '../../generated/prisma/client.js'
import { statementName } from './statement-name.js'

/** A pool, and Prisma on the same connections. */
export interface Connected {
  readonly prisma: PrismaClient
  readonly pool: pg.Pool
  readonly close: () => Promise<void>
}

const SETTINGS: pg.PoolConfig = {
  max: 20,
  idleTimeoutMillis: 300_000,
  // GitHub waits 10 s for an answer: a database that does not answer by then is away.
  connectionTimeoutMillis: 8_000,
  keepAlive: true,
}

export function connect(connection: pg.ClientConfig, log: BaseLogger): Connected {
  const pool = new pg.Pool({ ...connection, ...SETTINGS })
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
