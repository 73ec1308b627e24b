import { join } from 'node:path'

import { afterAll, beforeAll, expect, it } from '@jest/globals'

import { Appender, verifyLog, verifyRemembered } from '../../../src/ledger/index.js'
import { startChild } from '../../support/child.js'
import { emptyDataDir } from '../../support/data-directory.js'
import { testDatabase, type TestDatabase } from '../../support/database.js'
import { delivery, draft } from '../../support/deliveries.js'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  const appender = new Appender(database, () => Date.UTC(2026, 10, 1))
  // More than one range of 2048 entries.
  for (let index = 0; index < 50; index += 1) {
    const drafts = Array.from({ length: 50 }, () => draft())
    await appender.append({ delivery: delivery(`guid-${String(index)}`), drafts })
  }
})
afterAll(async () => {
  await database.drop()
})

it('a verification that is killed is taken up where it was, and finds what one in a piece finds', async () => {
  const file = join(emptyDataDir(), 'verified.json')
  const child = startChild(new URL('verify-process.ts', import.meta.url), database.url, file)
  expect(await child.says()).toBe('2048')
  await child.kill()

  const options = { file, level: 'everything', incremental: false, restart: false } as const
  const report = await verifyRemembered(database, { ...options, now: () => Date.UTC(2026, 10, 3) })
  expect(report).toMatchObject({ resumedAt: 2048, problems: [], checked: { entries: 2500 } })
  const { root, checked } = await verifyLog(database)
  expect([report.root, report.checked]).toEqual([root, checked])
})
