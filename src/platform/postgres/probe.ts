import { existsSync } from 'node:fs'
import path from 'node:path'

import pg from 'pg'

import { DATABASE, ROLE, type Cluster } from './cluster.js'
import { codeOf, messageOf, PostgresError } from './errors.js'
import { SOCKET_PORT } from './layout.js'

/** `busy`: a server is there and lets nobody in yet, or no longer. */
export type Probe =
  { readonly state: 'ready'; readonly client: pg.Client } | { readonly state: 'busy' | 'absent' }

/** SQLSTATEs of a server that starts, recovers or stops: cannot_connect_now, admin_shutdown, crash_shutdown. */
const PASSING = new Set(['57P03', '57P01', '57P02', 'ECONNRESET', 'EPIPE'])
const ABSENT = new Set(['ENOENT', 'ECONNREFUSED', 'ENOTSOCK'])

/** How Hooktrail connects to the server whose socket is in `socketDir`. */
export function connectionTo(cluster: Cluster, socketDir: string): pg.ClientConfig {
  return {
    host: socketDir,
    port: SOCKET_PORT,
    user: ROLE,
    database: DATABASE,
    password: cluster.password,
  }
}

/**
 * Connects once.
 * @throws PostgresError `start` when a server answers that is not ours
 */
export async function probe(cluster: Cluster, socketDir: string, name: string): Promise<Probe> {
  if (!existsSync(path.join(socketDir, `.s.PGSQL.${String(SOCKET_PORT)}`)))
    return { state: 'absent' }
  const client = new pg.Client({ ...connectionTo(cluster, socketDir), application_name: name })
  // Without a listener a lost connection would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return { state: 'ready', client }
  } catch (error) {
    await client.end().catch(() => undefined)
    return { state: stateBehind(error, cluster) }
  }
}

function stateBehind(error: unknown, { layout }: Cluster): 'busy' | 'absent' {
  const code = codeOf(error)
  if (ABSENT.has(code)) return 'absent'
  if (PASSING.has(code) || messageOf(error).includes('Connection terminated')) return 'busy'
  throw new PostgresError(
    'start',
    `PostgreSQL in ${layout.root} does not let Hooktrail in: ${messageOf(error)}. ${remedyFor(code, layout.passwordFile)}`,
    { cause: error },
  )
}

function remedyFor(code: string, passwordFile: string): string {
  if (code === '28P01')
    return `Restore ${passwordFile}, or remove it while nothing uses the directory: a new one is made.`
  if (code === '53300') return 'Stop what holds its connections.'
  return `Is this data directory Hooktrail's own? Its log is postgres.log beside it.`
}
