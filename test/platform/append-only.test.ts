import { readFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { missingGuards } from '../../src/platform/index.js'
import { testDatabase, type TestDatabase } from '../support/database.js'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})

afterAll(async () => {
  await database.drop()
})

describe('the guards of the log', () => {
  it('all stand in a migrated database', async () => {
    expect(await missingGuards(database)).toEqual([])
  })

  it('are as many as the migrations make', () => {
    const made = { '0001_log': 12, '0004_checkpoints': 6, '0005_erasure': 9, '0009_publication': 2 }
    for (const [name, count] of Object.entries(made)) {
      const sql = readFileSync(`prisma/migrations/${name}/migration.sql`, 'utf8')
      expect(sql.match(/^CREATE TRIGGER /gm)).toHaveLength(count)
    }
  })

  it('are missed when one is switched off or removed', async () => {
    await database.pool.query('ALTER TABLE log_entry DISABLE TRIGGER append_only')
    await database.pool.query('DROP TRIGGER only_grows ON log_state')
    expect(await missingGuards(database)).toEqual([
      'append_only on log_entry',
      'only_grows on log_state',
    ])
  })
})
