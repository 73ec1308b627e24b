import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { openDatabase } from '../../../src/platform/database.js'
import { refuseOld } from '../../../src/platform/postgres/given.js'
import { silent, testDatabase, type TestDatabase } from '../../support/database.js'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

function open(databaseUrl: string): ReturnType<typeof openDatabase> {
  const settings = { databaseUrl, dataDir: '/nowhere', postgresUser: 'postgres' }
  return openDatabase(settings, silent, { role: 'app' })
}

describe('a server of the operator', () => {
  it('is connected to, by Prisma and by the pool, and left running', async () => {
    const given = await open(database.url)
    expect(given.embedded).toBe(false)
    expect(await given.prisma.logEntry.count()).toBe(0)
    const { rows } = await given.pool.query<{ name: string }>(
      "SELECT current_setting('application_name') AS name",
    )
    expect(rows).toEqual([{ name: `hooktrail app ${String(process.pid)}` }])
    await given.close()
    await given.close()
    expect(await database.prisma.logEntry.count()).toBe(0)
  })

  it('is described without its password', async () => {
    const given = await open(database.url)
    await given.close()
    expect(given.description).toMatch(/^PostgreSQL 18\.\d+, test_[0-9a-f]+ at /)
    expect(given.description).not.toContain(database.connection.password)
  })

  it.each([
    [
      'does not answer',
      () => 'postgresql://u:s3cret@127.0.0.1:1/d',
      /Nothing answers at 127.0.0.1:1/,
    ],
    ['is not a URL', () => 'postgresql://u:s3cret@[::1/d', /DATABASE_URL cannot be understood/],
    [
      'has no socket',
      () => 'postgresql://u:s3cret@localhost/d?host=/nowhere',
      /no PostgreSQL socket/,
    ],
    [
      'refuses the password',
      () => database.url.replace(/:[^:@]*@/, ':s3cret@'),
      /refuses the password/,
    ],
    [
      'has no such database',
      () => database.url.replace(/test_\w+/, 'nothing'),
      /no database "nothing"/,
    ],
  ])('that %s is named with what to do', async (_what, url, message) => {
    const refusal = await open(url()).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'connection', message: expect.stringMatching(message) })
    expect(JSON.stringify(refusal, Object.getOwnPropertyNames(refusal))).not.toContain('s3cret')
  })

  it('is refused when it is older than 14', () => {
    expect(() => {
      refuseOld('13.14 (Debian)', 'somewhere')
    }).toThrow(/PostgreSQL 13\.14.*14 or later/)
    expect(() => {
      refuseOld('14.0', 'somewhere')
    }).not.toThrow()
  })
})
