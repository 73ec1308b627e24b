import pg from 'pg'

import { codeOf, messageOf, PostgresError } from './errors.js'

const OLDEST_MAJOR = 14

/** The server that DATABASE_URL names, reached and found new enough. */
export interface GivenServer {
  readonly connection: pg.ClientConfig
  readonly description: string
}

/**
 * @throws PostgresError `connection`, `server-version`; the password is in neither
 */
export async function reachGiven(url: string): Promise<GivenServer> {
  const connection = { connectionString: url }
  const client = clientOf(connection)
  const place = `${client.host}:${String(client.port)}`
  const description = `${client.database ?? ''} at ${place}`
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string }>(
      "SELECT current_setting('server_version') AS version",
    )
    const version = rows[0]?.version ?? ''
    refuseOld(version, description)
    return { connection, description: `PostgreSQL ${version.split(' ')[0] ?? ''}, ${description}` }
  } catch (cause) {
    if (cause instanceof PostgresError) throw cause
    throw new PostgresError('connection', explain(cause, client, place), { cause })
  } finally {
    await client.end().catch(() => undefined)
  }
}

function clientOf(connection: pg.ClientConfig): pg.Client {
  try {
    const client = new pg.Client({
      ...connection,
      application_name: 'hooktrail',
      connectionTimeoutMillis: 10_000,
    })
    client.on('error', () => undefined)
    return client
  } catch {
    // The cause would quote the URL.
    throw new PostgresError(
      'connection',
      'DATABASE_URL cannot be understood. It looks like postgresql://user:password@host:5432/database, with special characters in the password percent-encoded.',
    )
  }
}

/** @throws PostgresError `server-version` */
export function refuseOld(version: string, description: string): void {
  if (Number.parseInt(version, 10) >= OLDEST_MAJOR) return
  throw new PostgresError(
    'server-version',
    `DATABASE_URL names PostgreSQL ${version} (${description}); Hooktrail needs ${String(OLDEST_MAJOR)} or later.`,
  )
}

function explain(error: unknown, client: pg.Client, place: string): string {
  const user = client.user ?? ''
  const database = client.database ?? ''
  const messages: Readonly<Record<string, string>> = {
    ECONNREFUSED: `Nothing answers at ${place}. Is PostgreSQL running there, and does it listen for connections from here?`,
    ENOENT: `There is no PostgreSQL socket at ${place}. Is PostgreSQL running?`,
    ENOTFOUND: `There is no host of the name ${client.host}. Correct the host in DATABASE_URL.`,
    ETIMEDOUT: `${place} does not answer. Is a firewall between?`,
    '28P01': `PostgreSQL at ${place} refuses the password of "${user}". Correct it in DATABASE_URL (special characters percent-encoded).`,
    '28000': `PostgreSQL at ${place} does not let "${user}" in from here. Allow it in pg_hba.conf, or add ?sslmode=require if it wants TLS.`,
    '3D000': `PostgreSQL at ${place} has no database "${database}". Make it: CREATE DATABASE "${database}" OWNER "${user}" ENCODING 'UTF8' TEMPLATE template0.`,
  }
  return (
    messages[codeOf(error)] ??
    `PostgreSQL at ${place} cannot be reached: ${messageOf(error)}. Check DATABASE_URL.`
  )
}
