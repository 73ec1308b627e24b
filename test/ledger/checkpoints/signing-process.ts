/** Appends and signs in a process of its own, against the database of its first argument, with the key of its second. */
import process from 'node:process'

import { Appender, signCheckpoint } from '../../../src/ledger/index.js'
import { readLogKey } from '../../../src/platform/index.js'
import { openDatabase } from '../../../src/platform/database.js'
import { silent } from '../../support/data-directory.js'
import { delivery, draft } from '../../support/deliveries.js'
import { memoryRecord, signerOf } from '../../support/signer.js'

const [databaseUrl = '', keyPath = '', name = '', rounds = '0'] = process.argv.slice(2)
const settings = { databaseUrl, dataDir: '/nowhere', postgresUser: 'postgres' }
const database = await openDatabase(settings, silent, { role: 'cli' })
const appender = new Appender(database, Date.now)
const signer = signerOf(database, { key: await readLogKey({ keyPath }), record: memoryRecord() })
const CONNECTIONS = 16

for (let round = 0; round < Number(rounds); round += 1) {
  const appends = Array.from({ length: CONNECTIONS }, (_, at) =>
    appender.append({
      delivery: delivery(`${name}-${String(round)}-${String(at)}`),
      drafts: [draft()],
    }),
  )
  await Promise.all([...appends, signCheckpoint(signer), signCheckpoint(signer)])
}
await signCheckpoint(signer)
await database.close()
process.stdout.write('done\n')
