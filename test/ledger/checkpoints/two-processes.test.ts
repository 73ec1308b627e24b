import { chmodSync } from 'node:fs'
import path from 'node:path'

import { expect, it } from '@jest/globals'

import { openCheckpoint, readRoot } from '../../../src/core/merkle/index.js'
import { readLogKeys, tileReader, verifyLog } from '../../../src/ledger/index.js'
import { makeLogKey } from '../../../src/platform/index.js'
import { startChild } from '../../support/child.js'
import { emptyDataDir } from '../../support/data-directory.js'
import { testDatabase } from '../../support/database.js'

const ROUNDS = 12
const ENTRIES = 2 * ROUNDS * 16

it('two processes that append and sign at once make one gapless log with one signed root for each size', async () => {
  const database = await testDatabase()
  const keyPath = path.join(emptyDataDir(), 'log-key.pem')
  await makeLogKey(keyPath)
  chmodSync(keyPath, 0o600)
  const file = new URL('signing-process.ts', import.meta.url)
  const children = ['one', 'two'].map((name) =>
    startChild(file, database.url, keyPath, name, String(ROUNDS)),
  )
  expect(await Promise.all(children.map((child) => child.says()))).toEqual(['done', 'done'])
  await Promise.all(children.map((child) => child.dismiss()))

  const report = await verifyLog(database)
  expect([report.problems, report.size]).toEqual([[], ENTRIES])
  const keys = await readLogKeys(database.pool)
  expect(keys).toHaveLength(1)
  const { rows } = await database.pool.query<{ size: string; note: string }>(
    'SELECT size, note FROM log_checkpoint ORDER BY size',
  )
  expect(rows.length).toBeGreaterThan(2)
  for (const { size, note } of rows) {
    const checkpoint = openCheckpoint(
      note,
      keys.map(({ key }) => key),
    )
    const root = await readRoot(Number(size), ENTRIES, tileReader(database.pool))
    expect([checkpoint.size, Buffer.from(checkpoint.root)]).toEqual([
      Number(size),
      Buffer.from(root),
    ])
  }
  await database.drop()
})
