import { env } from 'node:process'

import { describe, expect, it } from '@jest/globals'

import { verifyLog } from '../../src/ledger/index.js'
import { openDatabase } from '../../src/platform/index.js'
import { silent } from '../support/database.js'
import {
  appEnvironment,
  makeDataDir,
  newGuid,
  post,
  startApp,
  type RunningApp,
} from '../support/running-app.js'

/** 50 by hand: `HOOKTRAIL_KILL_ROUNDS=50 npm test -- kill-9`. */
const ROUNDS = Number(env['HOOKTRAIL_KILL_ROUNDS'] ?? 3)
const CONNECTIONS = 16

interface Ledger {
  readonly acknowledged: Set<string>
  /** Sent without an answer: GitHub would list them as failed, and recovery would send them again. */
  readonly unanswered: Set<string>
}

const bodyOf = (guid: string): string =>
  JSON.stringify({
    ref: 'refs/heads/main',
    after: guid.padEnd(40, '0'),
    sender: { id: 1, login: 'mona', type: 'User' },
  })

async function send(url: string, guid: string, ledger: Ledger): Promise<void> {
  ledger.unanswered.add(guid)
  const response = await post(url, { guid, body: bodyOf(guid) })
  if (response.status !== 200) return
  ledger.acknowledged.add(guid)
  ledger.unanswered.delete(guid)
}

/** Sends until the process dies, which it does after so many acknowledgements. */
async function loadUntilKilled(app: RunningApp, ledger: Ledger, killAfter: number): Promise<void> {
  const start = ledger.acknowledged.size
  let killed: Promise<unknown> | undefined
  const drive = async (): Promise<void> => {
    while (!killed) {
      await send(app.url, newGuid(), ledger)
      if (ledger.acknowledged.size - start >= killAfter) killed ??= app.end('SIGKILL')
    }
  }
  await Promise.allSettled(Array.from({ length: CONNECTIONS }, drive))
  await killed
}

describe(`after ${String(ROUNDS)} times kill -9 under load`, () => {
  it(
    'every acknowledged delivery is in the log exactly once, and the log verifies',
    async () => {
      const dataDir = makeDataDir()
      const ledger: Ledger = { acknowledged: new Set(), unanswered: new Set() }
      for (let round = 0; round < ROUNDS; round += 1) {
        const app = await startApp(appEnvironment(dataDir))
        // 1 to 400: in the first transaction, in the middle of many, between two.
        await loadUntilKilled(app, ledger, 1 + ((round * 137) % 400))
      }
      const last = await startApp(appEnvironment(dataDir))
      for (const guid of [...ledger.unanswered]) await send(last.url, guid, ledger)
      expect(ledger.unanswered.size).toBe(0)
      expect(await last.end('SIGTERM')).toBe(0)
      await checkLog(dataDir, ledger.acknowledged)
    },
    60_000 + ROUNDS * 15_000,
  )
})

async function checkLog(path: string, acknowledged: ReadonlySet<string>): Promise<void> {
  const database = await openDatabase({ dataDir: path, postgresUser: 'postgres' }, silent, {
    role: 'cli',
  })
  try {
    const { rows } = await database.pool.query<{ guid: string; entries: string }>(
      `SELECT guid, count(*) AS entries FROM delivery JOIN log_entry ON delivery = first_seq GROUP BY guid`,
    )
    expect(rows.map(({ guid }) => guid).sort()).toEqual([...acknowledged].sort())
    expect(rows.filter(({ entries }) => entries !== '1')).toEqual([])
    const report = await verifyLog(database)
    expect(report).toMatchObject({ size: acknowledged.size, problems: [] })
  } finally {
    await database.close()
  }
}
