import { afterAll, beforeEach, describe, expect, it } from '@jest/globals'

import { addHold, Appender, planPrune, prune, verifyLog } from '../../../src/ledger/index.js'
import { testDatabase, type TestDatabase } from '../../support/database.js'
import { delivery, draft } from '../../support/deliveries.js'

const DAY = 86_400_000
const now = Date.UTC(2026, 10, 20)
const byItself = { name: undefined, reason: undefined, now }

const databases: TestDatabase[] = []
let database: TestDatabase

/** Ten deliveries, a day apart; the fourth is of another repository. */
beforeEach(async () => {
  database = await testDatabase()
  databases.push(database)
  for (let day = 1; day <= 10; day += 1) {
    const at = Date.UTC(2026, 10, day)
    const repo = {
      host: 'github.com',
      id: day === 4 ? 4 : 1,
      name: day === 4 ? 'acme/held' : 'acme/shop',
    }
    const appender = new Appender(database, () => at)
    await appender.append({
      delivery: { ...delivery(`day-${String(day)}`), receivedAt: at },
      drafts: [draft({ repo })],
    })
  }
})
afterAll(async () => {
  for (const one of databases) await one.drop()
})

async function count(table: string): Promise<number> {
  const { rows } = await database.pool.query<{ count: string }>(`SELECT count(*) FROM ${table}`)
  return Number(rows[0]?.count)
}

const before = new Date(now - 13 * DAY)

describe.each([
  ['bodies', 'delivery_body'],
  ['openings', 'log_opening'],
] as const)('retention of %s', (kind, table) => {
  it('says what would go, and then takes it, keeps what is held, and records how much', async () => {
    await addHold(
      database,
      { kind: 'repository', value: 'acme/held' },
      { ...byItself, name: 'me', reason: 'a case' },
    )
    const had = await count(table)
    expect(await planPrune(database, kind, before)).toEqual({ beforeSeq: 6, count: 5, held: 1 })
    expect(await count(table)).toBe(had)
    const { seq = -1 } = await prune(database, kind, before, byItself)
    const left = await count(table)
    // The entry that says so has a text of its own: who did it.
    expect(left).toBe(kind === 'bodies' ? had - 5 : had - 5 + 1)
    expect((await verifyLog(database)).problems).toEqual([])
    const { rows } = await database.pool.query(
      `SELECT action FROM log_entry WHERE seq = ${String(seq)}`,
    )
    expect(rows).toEqual([{ action: `${kind}.pruned` }])
  })

  it('says nothing when there is nothing to take', async () => {
    const size = (await verifyLog(database)).size
    await prune(database, kind, new Date(0), byItself)
    expect((await verifyLog(database)).size).toBe(size)
  })

  it('goes on where it was interrupted', async () => {
    await database.pool.query(`
      CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'dead'; END $$;
      CREATE TRIGGER die BEFORE DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION die()`)
    await expect(prune(database, kind, before, byItself)).rejects.toThrow('dead')
    await database.pool.query(`DROP TRIGGER die ON ${table}; DROP FUNCTION die`)
    expect((await verifyLog(database)).problems).toEqual([])
    expect((await prune(database, kind, before, byItself)).count).toBe(6)
    expect((await planPrune(database, kind, before)).count).toBe(0)
    expect((await verifyLog(database)).problems).toEqual([])
  })

  it('is told apart from a row that vanished', async () => {
    await prune(database, kind, before, byItself)
    const key = kind === 'bodies' ? 'first_seq' : 'seq'
    await database.pool.query(`DELETE FROM ${table} WHERE ${key} = 7`)
    const { problems } = await verifyLog(database)
    expect(problems[0]).toMatchObject({
      seq: 7,
      where: table,
      what: expect.stringContaining('no entry says'),
    })
  })

  it('cannot be claimed afterwards without an entry', async () => {
    await database.pool.query(`DELETE FROM ${table}`)
    await database.pool.query(`INSERT INTO retention VALUES (9, '${kind}', 10)`)
    const { problems } = await verifyLog(database)
    expect(problems).toContainEqual(expect.objectContaining({ seq: 9, where: 'retention' }))
  })
})
