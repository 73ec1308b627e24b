import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { migrate, migrationStatus } from '../../src/platform/migrate.js'
import { emptyDatabase, testDatabase, type TestDatabase } from '../support/database.js'
import { deploy, drift, history } from '../support/schema-engine.js'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

describe('the migrated database', () => {
  it('is what schema.prisma says', async () => {
    expect(await drift(database.connection)).toBe('-- This is an empty migration.\n')
  })

  it('would be told apart from it, if it were not', async () => {
    await database.pool.query('ALTER TABLE reaction ADD COLUMN surplus text')
    expect(await drift(database.connection)).toContain('DROP COLUMN "surplus"')
  })

  it('has a history that Prisma takes for complete', async () => {
    expect(await history(database.connection)).toEqual({
      history: null,
      editedMigrationNames: [],
      failedMigrationNames: [],
      hasMigrationsTable: true,
    })
  })

  it('may have been migrated by Prisma: we then find nothing left to do', async () => {
    const other = await emptyDatabase()
    const applied = await deploy(other.connection)
    expect(applied.length).toBeGreaterThan(0)
    expect(await migrate(other)).toEqual({ applied: [] })
    expect(await migrationStatus(other)).toEqual({ applied, pending: [] })
    await other.drop()
  })
})
