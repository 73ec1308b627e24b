import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'

import { migrate, migrationStatus } from '../../src/platform/migrate.js'
import { emptyDatabase, type TestDatabase } from '../support/database.js'
import { testRoot } from '../support/data-directory.js'

const OURS = path.join(import.meta.dirname, '../../prisma/migrations')

let database: TestDatabase
beforeEach(async () => {
  database = await emptyDatabase()
})
afterEach(() => database.drop())

/** A copy of our migrations, to be changed, with more behind them: SQL by name. */
function migrationsWith(more: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(path.join(testRoot(), 'migrations-'))
  cpSync(OURS, directory, { recursive: true })
  for (const [name, sql] of Object.entries(more)) {
    mkdirSync(path.join(directory, name))
    writeFileSync(path.join(directory, name, 'migration.sql'), sql)
  }
  return directory
}

async function count(sql: string): Promise<number> {
  const { rows } = await database.pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${sql}`)
  return rows[0]?.n ?? -1
}

describe('migrating', () => {
  it('brings an empty database up to date, the queue included, and says what it did', async () => {
    const before = await migrationStatus(database)
    expect(before).toEqual({ applied: [], pending: expect.arrayContaining(['0001_log']) })
    expect(await migrate(database)).toEqual({ applied: before.pending })
    expect(await migrationStatus(database)).toEqual({ applied: before.pending, pending: [] })
    expect(await count('log_entry')).toBe(0)
    expect(await count('graphile_worker.jobs')).toBe(0)
  })

  it('does nothing the second time', async () => {
    await migrate(database)
    expect(await migrate(database)).toEqual({ applied: [] })
  })

  it('applies only what is new', async () => {
    await migrate(database)
    const directory = migrationsWith({
      '9998_one': 'CREATE TABLE one ()',
      '9999_two': 'CREATE TABLE two ()',
    })
    expect(await migrate(database, directory)).toEqual({ applied: ['9998_one', '9999_two'] })
  })

  it('is done once by processes that do it at once', async () => {
    const reports = await Promise.all([1, 2, 3, 4].map(() => migrate(database)))
    const working = reports.filter(({ applied }) => applied.length > 0)
    expect(working).toHaveLength(1)
    expect(await count('_prisma_migrations')).toBe(working[0]?.applied.length)
  })

  it('leaves nothing of a migration that fails, and can go on when it is mended', async () => {
    await migrate(database)
    const directory = migrationsWith({ '9999_bad': 'CREATE TABLE good (); SELECT 1 / 0;' })
    await expect(migrate(database, directory)).rejects.toMatchObject({
      code: 'failed',
      message: expect.stringMatching(/9999_bad.*division by zero/),
    })
    expect(await count("pg_tables WHERE tablename = 'good'")).toBe(0)
    writeFileSync(path.join(directory, '9999_bad', 'migration.sql'), 'CREATE TABLE good ()')
    expect(await migrate(database, directory)).toEqual({ applied: ['9999_bad'] })
  })
})

describe('migrating is refused', () => {
  it('when a migration was edited after it had been applied', async () => {
    const directory = migrationsWith({})
    await migrate(database, directory)
    const file = path.join(directory, '0001_log', 'migration.sql')
    writeFileSync(file, 'SELECT 1')
    await expectRefusal(directory, 'edited', file)
  })

  it('when the database was migrated by a newer Hooktrail', async () => {
    const directory = migrationsWith({ '9999_future': 'CREATE TABLE future ()' })
    await migrate(database, directory)
    rmSync(path.join(directory, '9999_future'), { recursive: true })
    await expectRefusal(directory, 'newer-schema', '9999_future')
  })

  it('when another tool left a migration half applied, until that is resolved', async () => {
    await migrate(database)
    const directory = migrationsWith({ '9999_half': 'CREATE TABLE half ()' })
    await database.pool.query(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'x', '9999_half')",
    )
    await expectRefusal(directory, 'half-applied', '9999_half')
    await database.pool.query("UPDATE _prisma_migrations SET rolled_back_at = now() WHERE id = 'x'")
    expect(await migrate(database, directory)).toEqual({ applied: ['9999_half'] })
  })

  async function expectRefusal(directory: string, code: string, named: string): Promise<void> {
    const refusal = { code, message: expect.stringContaining(named) }
    await expect(migrate(database, directory)).rejects.toMatchObject(refusal)
    await expect(migrationStatus(database, directory)).rejects.toMatchObject(refusal)
  }
})
