import { expect, it } from '@jest/globals'

import { parseQuery } from '../../../src/core/search/index.js'
import { erasePerson, findPerson, searchEntries, verifyLog } from '../../../src/ledger/index.js'
import type { Database } from '../../../src/platform/index.js'
import { startChild, type Child } from '../../support/child.js'
import { testDatabase } from '../../support/database.js'

const now = Date.UTC(2026, 10, 1)
const operator = { name: 'mona', reason: 'a request', now }

async function rounds(children: readonly Child[], count: number): Promise<void> {
  for (const child of children) for (let round = 0; round < count; round += 1) await child.says()
}

/** As soon as somebody is known by that name. */
async function eraseOctocat(
  database: Database,
  children: readonly Child[],
): Promise<{ readonly id: string; readonly seq: number }> {
  const [person] = await findPerson(database, 'octocat')
  if (!person) {
    await rounds(children, 1)
    return eraseOctocat(database, children)
  }
  const erased = await erasePerson(database, [person.id], operator)
  if (erased.outcome !== 'erased') throw new Error(erased.outcome)
  return { id: person.id, seq: erased.seq }
}

it('an erasure reaches every entry of before it, while two processes append, and each then forgets the id', async () => {
  const database = await testDatabase()
  const file = new URL('appending-process.ts', import.meta.url)
  const children = ['one', 'two'].map((name) => startChild(file, database.url, name))
  const erasures = []
  for (let time = 0; time < 3; time += 1) {
    await rounds(children, 4)
    erasures.push(await eraseOctocat(database, children))
  }
  while ((await findPerson(database, 'octocat')).length === 0) await rounds(children, 1)
  await Promise.all(children.map((child) => child.dismiss()))

  const last = erasures.at(-1)?.seq ?? -1
  for (const text of ['actor:octocat', '"a reason of octocat"']) {
    const query = parseQuery(`${text} seq:<${String(last)}`, { now })
    expect((await searchEntries(database, query, { limit: 1000 })).entries).toEqual([])
  }
  for (const { id, seq } of erasures) {
    const { rows } = await database.pool.query<{ last: string }>(
      'SELECT max(seq) AS last FROM log_entry WHERE actor = $1',
      [id],
    )
    expect(Number(rows[0]?.last)).toBeLessThan(seq)
  }
  const { rows } = await database.pool.query<{ id: string }>(
    'SELECT DISTINCT actor AS id FROM log_entry WHERE seq > $1 AND action = $2',
    [last, 'push.created'],
  )
  expect(rows.map(({ id }) => id)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(erasures.map(({ id }) => id).join('|'))]),
  )
  expect((await verifyLog(database)).problems).toEqual([])
  await database.drop()
})
