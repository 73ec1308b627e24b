import { afterAll, beforeAll, expect, it } from '@jest/globals'

import type { Delivery, EntryDraft } from '../../../src/core/domain/index.js'
import { Appender, appendAmendment, readAgain, type Reread } from '../../../src/ledger/index.js'
import { entriesOfCommit } from '../../../src/ledger/read-entries.js'
import { normalise } from '../../../src/sources/index.js'
import { allExamples } from '../../cases/examples.js'
import { testDatabase, type TestDatabase } from '../../support/database.js'
import { delivery, draft } from '../../support/deliveries.js'

const NOW = Date.UTC(2026, 10, 1, 12)
/** A text that does not fit a leaf, so that what is cut at the append is cut alike when it is compared. */
const LONG = { ref: 'refs/heads/main', commits: [{ message: 'x\u0000\ud800'.repeat(30_000) }] }

let database: TestDatabase
let appender: Appender
const deliveries: Delivery[] = [
  ...[...allExamples()].map(({ event, name, payload }) =>
    delivery(`${event}/${name}`, payload, event),
  ),
  delivery('long', LONG, 'push'),
]

beforeAll(async () => {
  database = await testDatabase()
  appender = new Appender(database, () => NOW)
})
afterAll(() => database.drop())

/** How many deliveries had each outcome; what differs is amended. */
async function reprocess(): Promise<Partial<Record<Reread['outcome'], number>>> {
  const outcomes: Partial<Record<Reread['outcome'], number>> = {}
  for await (const reread of readAgain(database, normalise, {})) {
    outcomes[reread.outcome] = (outcomes[reread.outcome] ?? 0) + 1
    if (reread.outcome !== 'differs') continue
    // Twice at once, as by two people: one of them is a duplicate.
    const receipts = await Promise.all([
      appendAmendment(appender, reread.amendment, { seq: 0, now: NOW }),
      appendAmendment(appender, reread.amendment, { seq: 0, now: NOW }),
    ])
    expect(receipts.map(({ outcome }) => outcome).sort()).toEqual(['duplicate', 'recorded'])
  }
  return outcomes
}

it('every example says what it said when it is read again with the same code, and what it says today after it was not understood', async () => {
  const understood = (index: number): boolean => index % 25 > 0
  await Promise.all(
    deliveries.map((one, index) =>
      appender.append({ delivery: one, drafts: understood(index) ? normalise(one) : unknown(one) }),
    ),
  )
  const unchanged = deliveries.filter((_, index) => understood(index)).length
  const differs = deliveries.length - unchanged

  expect(await reprocess()).toEqual({ unchanged, differs })
  expect(await reprocess()).toEqual({ unchanged: deliveries.length })
})

function unknown({ event }: Delivery): EntryDraft[] {
  return [draft({ action: `github.${event}.x`, labels: { normaliser_failed: true } })]
}

it('a check run that is written later tells of the newest reading only', async () => {
  const sha = 'c'.repeat(40)
  const said = (action: string): EntryDraft => draft({ action, ci: { head_sha: sha } })
  const key = (guid: string): Delivery => ({ ...delivery(guid), body: new Uint8Array() })
  await appender.append({ delivery: key('guid'), drafts: [said('push.created')] })
  await appender.append({ delivery: key('other'), drafts: [said('branch.created')] })
  await appender.append({ delivery: key('reading:2:guid'), drafts: [said('push.forced')] })

  const entries = await entriesOfCommit(database, { host: 'github.com', repoId: 99 }, sha)
  expect(entries.map(({ action }) => action)).toEqual(['branch.created', 'push.forced'])
})
