import { afterAll, beforeAll, expect, it } from '@jest/globals'

import { parseQuery } from '../../../src/core/search/index.js'
import type { PullRequestState } from '../../../src/core/state/index.js'
import {
  Appender,
  erasePerson,
  findPerson,
  readPullRequests,
  readRepositories,
  readSubjects,
  verifyLog,
} from '../../../src/ledger/index.js'
import { normalise } from '../../../src/sources/index.js'
import { testDatabase, type TestDatabase } from '../../support/database.js'
import { delivery, draft } from '../../support/deliveries.js'
import { recordedDeliveries } from '../../support/flows.js'

const NOW = Date.UTC(2026, 10, 1, 12)
const PULL = { repository: 'acme/shop', number: 13 }

let database: TestDatabase
let appender: Appender

beforeAll(async () => {
  database = await testDatabase()
  appender = new Appender(database, () => NOW)
  for (const one of recordedDeliveries('merge-queue')) {
    await appender.append({ delivery: one, drafts: normalise(one) })
  }
})
afterAll(() => database.drop())

it('of somebody with many entries some are opened, the first and the last among them', async () => {
  const busy = (index: number) =>
    draft({
      occurred_at: new Date(NOW + index * 1000).toISOString(),
      repo: { host: 'github.com', id: 77, name: 'acme/busy' },
      actor: { type: 'bot', id: 55, login: index === 0 ? 'first[bot]' : 'busy[bot]' },
    })
  for (let batch = 0; batch < 450; batch += 90) {
    const drafts = Array.from({ length: 90 }, (_, index) => busy(batch + index))
    await appender.append({ delivery: delivery(`busy-${String(batch)}`), drafts })
  }
  const [story] = await readSubjects(database, 'busy[bot]')
  expect(story?.complete).toBe(false)
  expect(story?.state.logins.map(({ name }) => name)).toEqual(['first[bot]', 'busy[bot]'])
  expect(story?.state.lastSeen).toBe(new Date(NOW + 449_000).toISOString())
  expect((await readSubjects(database, 'mona'))[0]?.complete).toBe(true)
})

it('a reader who is limited is told of nothing beyond the limit', async () => {
  const within = (query: string) => parseQuery(query, { now: NOW })
  const other = within('repo:acme/other')
  expect(await readPullRequests(database, PULL, other)).toEqual([])
  expect(await readRepositories(database, 'acme/shop', other)).toEqual([])
  expect(await readSubjects(database, 'mona', other)).toEqual([])
  expect(await readPullRequests(database, PULL, within('repo:acme/shop'))).toHaveLength(1)
})

it('who was erased is named by no state any more, which stays what it was', async () => {
  const before = await pullRequest()
  expect(before.reviews[0]?.reviewer.login).toBe('mona')
  const ids = (await findPerson(database, 'mona')).map(({ id }) => id)
  const erased = await erasePerson(database, ids, { name: 'rita', reason: 'a request', now: NOW })
  expect(erased).toMatchObject({ outcome: 'erased' })

  const after = await pullRequest()
  const [review] = after.reviews
  expect(review).toMatchObject({ verdict: 'dismissed', comment: null })
  expect(review?.at).toBe(before.reviews[0]?.at)
  expect(after.merge).toEqual(before.merge)
  const states = [after, await pullRequest(11), await readRepositories(database, 'acme/shop')]
  expect(JSON.stringify(states)).not.toMatch(/mona|Not like this/i)
  expect(await readSubjects(database, 'mona')).toEqual([])
  expect((await verifyLog(database)).problems).toEqual([])
})

async function pullRequest(number = PULL.number): Promise<PullRequestState> {
  const [found] = await readPullRequests(database, { ...PULL, number })
  if (!found) throw new Error(`no pull request ${String(number)}`)
  return found
}
