import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { testDatabase, type TestDatabase } from '../support/database.js'

describe('the schema', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await testDatabase()
  })
  afterAll(() => database.drop())

  it('is there', async () => {
    expect(await database.prisma.logState.findMany()).toMatchObject([{ size: 0n }])
  })
})
