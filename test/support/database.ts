import { randomBytes } from 'node:crypto'

import pg from 'pg'

import type { Database } from '../../src/platform/database.js'
import { migrate } from '../../src/platform/migrate.js'
import { prepareCluster, SUPERUSER } from '../../src/platform/postgres/cluster.js'
import { connect } from '../../src/platform/postgres/pool.js'
import { connectionTo } from '../../src/platform/postgres/probe.js'
import { reachServer } from '../../src/platform/postgres/server.js'
import { silent, testSettings } from './data-directory.js'

export { silent } from './data-directory.js'

/** A database of one test file. */
export interface TestDatabase extends Database {
  readonly connection: pg.ClientConfig
  /** How to connect to it, for a process of its own. */
  readonly url: string
  /** Ends the connections and removes the database. */
  drop(): Promise<void>
}

const TEMPLATE = 'migrated'
/** What makes the template while others wait. */
const TEMPLATE_LOCK = 1

/** A fresh, migrated database on the server of this Jest run, which the first caller starts. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = await testServer()
  await ensureTemplate(server)
  return makeDatabase(server, `TEMPLATE ${TEMPLATE}`)
}

/** A fresh database without a schema. */
export async function emptyDatabase(): Promise<TestDatabase> {
  return makeDatabase(await testServer(), '')
}

async function makeDatabase(server: TestServer, from: string): Promise<TestDatabase> {
  const database = `test_${randomBytes(6).toString('hex')}`
  await asSuperuser(server, (client) =>
    client.query(`CREATE DATABASE ${database} OWNER hooktrail ${from}`),
  )
  const connection = { ...server.connection, database }
  const connected = connect(connection, silent)
  return {
    ...connected,
    connection,
    description: `test database ${database}`,
    embedded: true,
    url: urlOf(server.connection, database),
    drop: async () => {
      await connected.close()
      await asSuperuser(server, (client) => client.query(`DROP DATABASE ${database} WITH (FORCE)`))
    },
  }
}

interface TestServer {
  readonly connection: pg.ClientConfig
}

let reached: Promise<TestServer> | undefined
function testServer(): Promise<TestServer> {
  reached ??= reachTestServer()
  return reached
}

async function reachTestServer(): Promise<TestServer> {
  const cluster = await prepareCluster(testSettings(), silent)
  const { client, socketDir } = await reachServer(cluster, 'test', silent)
  await client.end()
  return { connection: connectionTo(cluster, socketDir) }
}

/** Made once by whichever worker comes first; the mark says that it is whole. */
async function ensureTemplate(server: TestServer): Promise<void> {
  await asSuperuser(server, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK])
    const { rowCount } = await client.query(
      'SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate',
      [TEMPLATE],
    )
    if (rowCount === 1) return
    await client.query(`DROP DATABASE IF EXISTS ${TEMPLATE}`)
    await client.query(`CREATE DATABASE ${TEMPLATE} OWNER hooktrail`)
    const template = connect({ ...server.connection, database: TEMPLATE }, silent)
    await migrate(template)
    await template.close()
    await client.query(`ALTER DATABASE ${TEMPLATE} IS_TEMPLATE true`)
  })
}

async function asSuperuser<T>(
  { connection }: TestServer,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ ...connection, user: SUPERUSER, database: 'postgres' })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function urlOf({ user, password, host }: pg.ClientConfig, database: string): string {
  const who = `${user ?? ''}:${typeof password === 'string' ? password : ''}`
  return `postgresql://${who}@localhost/${database}?host=${encodeURIComponent(host ?? '')}`
}
