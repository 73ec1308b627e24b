import { startHttpServer } from '../../src/api/http-server.js'
import { createApi, type HttpServer } from '../../src/api/index.js'
import { personal } from '../../src/core/domain/index.js'
import { Appender, saveQuery, signCheckpoint } from '../../src/ledger/index.js'
import { silent, testDatabase, type TestDatabase } from '../support/database.js'
import { delivery, draft } from '../support/deliveries.js'
import { signerOf } from '../support/signer.js'
import { entriesOfThings } from '../support/things.js'
import { hooktrail, NOW, type Answer, type Circumstances } from './terminal.js'

export const TOKEN = 'a-token-of-at-least-32-characters'
export const ATTACK = '\u001b[2J\u202egnp\u009b31m\nProof  forged'
export const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/

/** A log in a database and on a server. */
export interface ServedLog {
  readonly database: TestDatabase
  readonly url: string
  /** Asks the server. */
  readonly ask: (args: readonly string[], more?: Circumstances) => Promise<Answer>
  close(): Promise<void>
}

/** With entries about one thing of each kind, a failure, an attack, and a saved query. */
export async function servedLog(): Promise<ServedLog> {
  const database = await testDatabase()
  const appender = new Appender(database, () => NOW)
  const repo = { host: 'github.com', id: 11, name: 'acme/shop' }
  const account = { host: 'github.com', id: 1, name: 'acme' }
  const drafts = [
    draft({ occurred_at: '2026-11-01T11:58:00.000Z' }),
    draft({ occurred_at: '2026-10-29T01:00:00.000Z', outcome: 'failure', severity: 3 }),
    draft({
      actor: { type: 'user', id: 4, login: ATTACK },
      targets: [{ type: 'branch', name: ATTACK }],
      reason: personal('会社 "quoted", =1+1'),
    }),
    ...entriesOfThings({ account, repo, login: 'hubot-person' }),
  ]
  await appender.append({ delivery: delivery('one'), drafts })
  const act = { name: 'mona', reason: undefined, now: NOW }
  await saveQuery(database, { organisation: 'acme', name: 'failures', text: 'is:failed' }, act)
  await signCheckpoint(signerOf(database))
  const server = await serve(database)
  const env = { HOOKTRAIL_URL: server.url, HOOKTRAIL_TOKEN: TOKEN }
  return {
    database,
    url: server.url,
    ask: (args, more = {}) => hooktrail(args, { env, ...more }),
    close: async () => {
      await server.stop()
      await database.drop()
    },
  }
}

function serve(database: TestDatabase): Promise<HttpServer> {
  const config = { timeZone: 'UTC', apiToken: TOKEN }
  const api = createApi({ database, config, version: '0.1.0', now: () => NOW, log: silent })
  return startHttpServer({
    bind: { host: '127.0.0.1', port: 0 },
    webhookPath: '/hook',
    webhook: undefined,
    fetch: api.fetch,
  })
}
