/**
 * Appends in a process of its own, against the database of its first argument, until its input ends: of somebody and of
 * somebody else in turn. Says how many entries it has after each round.
 */
import process from 'node:process'

import { personal } from '../../../src/core/domain/index.js'
import { Appender } from '../../../src/ledger/index.js'
import { openDatabase } from '../../../src/platform/database.js'
import { silent } from '../../support/data-directory.js'
import { delivery, draft } from '../../support/deliveries.js'

const [databaseUrl = '', name = ''] = process.argv.slice(2)
const settings = { databaseUrl, dataDir: '/nowhere', postgresUser: 'postgres' }
const database = await openDatabase(settings, silent, { role: 'cli' })
const appender = new Appender(database, Date.now)
const AT_ONCE = 8

// Its input ends when nobody wants more.
process.stdin.resume()
for (let round = 0; !process.stdin.readableEnded; round += 1) {
  const appends = Array.from({ length: AT_ONCE }, (_, at) => {
    const login = at % 2 === 0 ? 'octocat' : 'hubot'
    const actor = { type: 'user', id: 1 + (at % 2), login } as const
    const reason = personal(`a reason of ${login}`)
    const guid = `${name}-${String(round)}-${String(at)}`
    return appender.append({ delivery: delivery(guid), drafts: [draft({ actor, reason })] })
  })
  await Promise.all(appends)
  process.stdout.write(`${String((round + 1) * AT_ONCE)}\n`)
}
await database.close()
