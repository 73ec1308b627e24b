import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'

import { personal } from '../../../src/core/domain/index.js'
import { parseQuery } from '../../../src/core/search/index.js'
import {
  addHold,
  Appender,
  entriesInRange,
  erasePerson,
  findPerson,
  personEntries,
  planErasure,
  removeHold,
  searchEntries,
  verifyLog,
} from '../../../src/ledger/index.js'
import { testDatabase, type TestDatabase } from '../../support/database.js'
import { delivery, draft } from '../../support/deliveries.js'

const now = Date.UTC(2026, 10, 1)
const operator = { name: 'mallory', reason: 'a request', now }
const octocat = { type: 'user', id: 1, login: 'octocat', display: 'Octo Cat' } as const
const hubot = { type: 'user', id: 2, login: 'hubot' } as const

let database: TestDatabase
let appender: Appender
let count = 0

beforeAll(async () => {
  database = await testDatabase()
  appender = new Appender(database, () => now)
})
afterAll(async () => {
  await database.drop()
})
beforeEach(async () => {
  await append(octocat)
  await append(hubot)
})

async function append(actor: { readonly login: string } & object, by = appender): Promise<number> {
  count += 1
  const drafts = [
    draft({ actor: actor as typeof octocat, reason: personal(`a reason of ${actor.login}`) }),
  ]
  const { firstSeq } = await by.append({ delivery: delivery(`guid-${String(count)}`), drafts })
  return firstSeq
}

async function idsOf(who: string): Promise<string[]> {
  return (await findPerson(database, who)).map(({ id }) => id)
}

async function found(query: string): Promise<number> {
  const { entries } = await searchEntries(database, parseQuery(query, { now }), { limit: 1000 })
  return entries.length
}

async function problems(): Promise<readonly unknown[]> {
  return (await verifyLog(database)).problems
}

describe('erasing a person', () => {
  it('takes names, texts and raw deliveries, leaves entries and proofs, and says so in the log', async () => {
    const before = await verifyLog(database)
    const ids = await idsOf('octocat')
    const plan = await planErasure(database, ids)
    expect(plan.entries).toBeGreaterThan(0)
    const erased = await erasePerson(database, ids, operator)
    expect(erased).toMatchObject({
      outcome: 'erased',
      openings: plan.openings,
      bodies: plan.bodies,
    })
    expect(await found('actor:octocat')).toBe(0)
    expect(await found('"Octo Cat"')).toBe(0)
    expect(await found('"a reason of octocat"')).toBe(0)
    expect(await found('actor:hubot')).toBeGreaterThan(0)
    const after = await verifyLog(database, { pins: [{ ...before, from: 'before' }] })
    expect(after).toMatchObject({ problems: [], size: before.size + 1 })
    const [entry] = await entriesInRange(database, before.size, after.size)
    expect(entry?.entry).toMatchObject({
      action: 'person.erased',
      actor: { login: 'mallory' },
      reason: 'a request',
      targets: ids.map((id) => ({ type: 'subject', id })),
    })
  })

  it('leaves nothing that names the person in any table', async () => {
    await erasePerson(database, await idsOf('octocat'), operator)
    for (const table of ['subject', 'log_opening', 'log_entry', 'erased_opening', 'delivery']) {
      const { rows } = await database.pool.query(
        `SELECT 1 FROM ${table} t WHERE t::text ILIKE '%octocat%'`,
      )
      expect([table, rows.length]).toEqual([table, 0])
    }
  })

  it('makes every process forget the random id, also one that sealed before', async () => {
    const [before] = await idsOf('octocat')
    await erasePerson(database, await idsOf('octocat'), operator)
    await append(hubot)
    await append(octocat)
    const [after] = await idsOf('octocat')
    expect(after).toBeDefined()
    expect(after).not.toBe(before)
    expect(await problems()).toEqual([])
  })

  it('is refused by a hold, which says why, and changes nothing then', async () => {
    for (const [kind, value] of [
      ['repository', 'ACME/shop'],
      ['person', 'octocat'],
      ['query', 'actor:octocat'],
    ] as const) {
      const added = await addHold(database, { kind, value }, operator)
      const number = added.outcome === 'added' ? added.hold.number : 0
      const entries = await found('actor:octocat')
      const refused = await erasePerson(database, await idsOf('octocat'), operator)
      expect(refused).toMatchObject({
        outcome: 'held',
        holds: [{ hold: { number, kind, reason: 'a request' } }],
      })
      expect(await found('actor:octocat')).toBe(entries)
      expect(await removeHold(database, number, operator)).toBe(true)
      expect(await problems()).toEqual([])
    }
    expect(await found('action:hold.added')).toBe(3)
    expect(await found('action:hold.removed')).toBe(3)
  })

  it('happens as a whole or not at all when the database dies in the middle', async () => {
    const ids = await idsOf('octocat')
    const size = (await verifyLog(database)).size
    await database.pool.query(`
      CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'dead'; END $$;
      CREATE TRIGGER die BEFORE INSERT ON erasure FOR EACH ROW EXECUTE FUNCTION die()`)
    await expect(erasePerson(database, ids, operator)).rejects.toThrow('dead')
    await database.pool.query('DROP TRIGGER die ON erasure; DROP FUNCTION die')
    expect(await idsOf('octocat')).toEqual(ids)
    expect(await verifyLog(database)).toMatchObject({ problems: [], size })
    expect(await erasePerson(database, ids, operator)).toMatchObject({ outcome: 'erased' })
    expect(await erasePerson(database, ids, operator)).toEqual({ outcome: 'gone' })
  })

  it('finds the same person under a former login, and with and without an id', async () => {
    await append({ ...octocat, login: 'octocat-renamed' })
    await append({ type: 'user', login: 'octocat-renamed' } as never)
    expect((await findPerson(database, 'octocat')).map(({ match }) => match)).toContain(
      'former login',
    )
    const all = await findPerson(database, 'Octocat-Renamed')
    expect(all.map(({ key }) => key).sort()).toEqual(['1', 'login:octocat-renamed'])
    await erasePerson(
      database,
      all.map(({ id }) => id),
      operator,
    )
    expect(await findPerson(database, 'octocat-renamed')).toEqual([])
  })

  it('can be shown before: every entry and text of the person', async () => {
    const pages = []
    for await (const page of personEntries(database, await idsOf('octocat'))) pages.push(...page)
    expect(pages.at(-1)).toMatchObject({
      as: 'actor',
      repo: 'acme/shop',
      texts: { '/actor/login': 'octocat', '/reason': 'a reason of octocat' },
    })
  })
})
