import { startHttpServer } from '../../src/api/http-server.js'
import { createApi } from '../../src/api/index.js'
import { formatVerifierKey, type VerifierKey } from '../../src/core/merkle/index.js'
import { Appender, readLogKeys, signCheckpoint, type SignerParts } from '../../src/ledger/index.js'
import { silent } from './data-directory.js'
import { testDatabase, type TestDatabase } from './database.js'
import { delivery, draft } from './deliveries.js'
import { logKey, signerOf } from './signer.js'

const NOW = Date.UTC(2026, 10, 1)

/** A signed log that is served over HTTP. */
export interface LogServer {
  readonly url: string
  readonly database: TestDatabase
  readonly signer: SignerParts
  readonly key: VerifierKey
  readonly verifierKey: string
  /** Appends so many entries and signs. */
  grow(count: number): Promise<void>
  close(): Promise<void>
}

/** @param key of another log, which this one pretends to be */
export async function logServer(entries: number, key = logKey()): Promise<LogServer> {
  const database = await testDatabase()
  const signer = signerOf(database, { key })
  const config = { timeZone: 'UTC' }
  const api = createApi({ database, config, version: '1', now: () => NOW, log: silent })
  const server = await startHttpServer({
    bind: { host: '127.0.0.1', port: 0 },
    webhookPath: '/hook',
    webhook: undefined,
    fetch: api.fetch,
  })
  let sent = 0
  const grow = async (count: number): Promise<void> => {
    sent += 1
    const drafts = Array.from({ length: count }, () => draft())
    await new Appender(database, () => NOW).append({
      delivery: delivery(`d${String(sent)}`),
      drafts,
    })
    await signCheckpoint(signer)
  }
  await grow(entries)
  const [period] = await readLogKeys(database.pool)
  if (!period) throw new Error('the log was not signed')
  return {
    url: server.url,
    database,
    signer,
    key: period.key,
    verifierKey: formatVerifierKey(period.key),
    grow,
    close: async () => {
      await server.stop()
      await database.drop()
    },
  }
}
