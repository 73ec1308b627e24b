/** Verifies in a process of its own, until it has kept how far it is; then it stands still, to be killed. */
import process from 'node:process'

import { verifyRemembered } from '../../../src/ledger/index.js'
import { openDatabase } from '../../../src/platform/database.js'
import { silent } from '../../support/data-directory.js'

const [databaseUrl = '', file = ''] = process.argv.slice(2)
const settings = { databaseUrl, dataDir: '/nowhere', postgresUser: 'postgres' }
const database = await openDatabase(settings, silent, { role: 'cli' })
let now = Date.UTC(2026, 10, 2)
let before = 0
await verifyRemembered(database, {
  file,
  level: 'everything',
  incremental: false,
  restart: false,
  // A second passes between two looks: each point is written.
  now: () => (now += 1000),
  onProgress: (done) => {
    // What came before is in the file now.
    if (before > 0) {
      process.stdout.write(`${String(before)}\n`)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
    }
    before = done
  },
})
