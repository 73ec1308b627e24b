import { Logger, runMigrations } from 'graphile-worker'
import type pg from 'pg'

import { ensureTable, readApplied, recordApplied } from './migrations/applied.js'
import { pendingMigrations } from './migrations/compare.js'
import { MigrationError } from './migrations/errors.js'
import { messageOf } from './postgres/errors.js'
import { readMigrations, type Migration } from './migrations/files.js'

export { MigrationError } from './migrations/errors.js'

export interface MigrationReport {
  /** Names of the migrations that were applied now, in order. */
  readonly applied: readonly string[]
}

export interface MigrationStatus {
  readonly applied: readonly string[]
  readonly pending: readonly string[]
}

/** The lock that Prisma takes for the same work, so that `prisma migrate deploy` and we wait for each other. */
const PRISMA_LOCK = 72_707_369

/** Says nothing: a migration of the queue's own schema is part of ours. */
const silent = new Logger(() => () => undefined)

/**
 * Brings the schema up to date: the job queue's, then ours. Each migration and its record are one transaction, and
 * of several processes that migrate at once one does it while the others wait.
 * @throws MigrationError
 */
export async function migrate(
  { pool }: { readonly pool: pg.Pool },
  directory?: string,
): Promise<MigrationReport> {
  const known = await readMigrations(directory)
  return alone(pool, async (client) => {
    const pending = pendingMigrations(known, await readApplied(client))
    await runMigrations({ pgPool: pool, logger: silent })
    await ensureTable(client)
    for (const migration of pending) await apply(client, migration)
    return { applied: pending.map(({ name }) => name) }
  })
}

/**
 * What `migrate` would do; changes nothing.
 * @throws MigrationError where `migrate` would refuse
 */
export async function migrationStatus(
  { pool }: { readonly pool: pg.Pool },
  directory?: string,
): Promise<MigrationStatus> {
  const known = await readMigrations(directory)
  const client = await pool.connect()
  try {
    const applied = await readApplied(client)
    const pending = pendingMigrations(known, applied)
    return { applied: applied.map(({ name }) => name), pending: pending.map(({ name }) => name) }
  } finally {
    client.release()
  }
}

async function alone<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [PRISMA_LOCK])
    return await work(client)
  } finally {
    // The lock goes with the connection.
    client.release(true)
  }
}

async function apply(client: pg.PoolClient, migration: Migration): Promise<void> {
  try {
    await client.query('BEGIN')
    await client.query(migration.sql)
    await recordApplied(client, migration)
    await client.query('COMMIT')
  } catch (cause) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw new MigrationError(
      'failed',
      `${migration.file} was refused: ${messageOf(cause)}. Nothing of it stays.`,
      {
        cause,
      },
    )
  }
}
