import { setTimeout as pause } from 'node:timers/promises'

import type pg from 'pg'

import { PostgresError } from './errors.js'

/** The app is one process for an embedded server; of the command line any number may run beside it. */
export type Role = 'app' | 'cli'

/** First key of our advisory locks: "Hook" in ASCII. */
const LOCKS = 0x486f6f6b
const IN_USE = 1
const APP = 2

const OTHER_MAY_BE_LEAVING_MS = 2_000

/** How the server sees the connection that says "somebody is here". */
export function presenceName(role: Role): string {
  return `hooktrail ${role} ${String(process.pid)}`
}

/**
 * Says that we use the server, for as long as the connection lives.
 * @throws PostgresError `in-use` when we are the second app
 */
export async function enter(client: pg.Client, role: Role): Promise<void> {
  await client.query('SELECT pg_advisory_lock_shared($1, $2)', [LOCKS, IN_USE])
  if (role === 'app') await beTheOnlyApp(client)
}

async function beTheOnlyApp(client: pg.Client): Promise<void> {
  const deadline = performance.now() + OTHER_MAY_BE_LEAVING_MS
  while (!(await tryLock(client, APP))) {
    if (performance.now() > deadline) throw await inUse(client)
    await pause(50)
  }
}

async function inUse(client: pg.Client): Promise<PostgresError> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT application_name AS name FROM pg_locks JOIN pg_stat_activity USING (pid)
     WHERE locktype = 'advisory' AND classid = $1 AND objid = $2 AND granted`,
    [LOCKS, APP],
  )
  const pid = rows[0]?.name.split(' ').at(-1) ?? 'unknown'
  return new PostgresError(
    'in-use',
    `Another Hooktrail (process ${pid}) runs on this data directory. Stop it first, or give this one another HOOKTRAIL_DATA_DIR; several that share one database need a server of their own in DATABASE_URL.`,
  )
}

/**
 * Says that we no longer use the server.
 * @returns whether nobody else does. If so nobody can enter any more, until the connection ends.
 */
export async function leave(client: pg.Client): Promise<boolean> {
  await client.query('SELECT pg_advisory_unlock_all()')
  return tryLock(client, IN_USE)
}

async function tryLock(client: pg.Client, key: number): Promise<boolean> {
  const { rows } = await client.query<{ got: boolean }>(
    'SELECT pg_try_advisory_lock($1, $2) AS got',
    [LOCKS, key],
  )
  return rows[0]?.got ?? false
}
