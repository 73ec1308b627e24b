import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { personal } from '../../../src/core/domain/index.js'
import { Appender, verifyLog, type VerifyReport } from '../../../src/ledger/index.js'
import { testDatabase, type TestDatabase } from '../../support/database.js'
import { delivery, draft } from '../../support/deliveries.js'

/** Enough for two full tiles and a rest. */
const DELIVERIES = 600

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  const appender = new Appender(database, () => Date.UTC(2026, 10, 1))
  await Promise.all(
    Array.from({ length: DELIVERIES }, (_, index) =>
      appender.append({
        delivery: delivery(`guid-${String(index)}`),
        drafts: [draft({ reason: personal(`reason ${String(index)}`) })],
      }),
    ),
  )
})
afterAll(async () => {
  await database.drop()
})

/** What somebody does who owns the schema: takes the guard away, edits, and puts it back. The edit is undone after. */
async function tampered(table: string, sql: string): Promise<VerifyReport> {
  const client = await database.pool.connect()
  try {
    await client.query(`GRANT UPDATE, DELETE ON ${table} TO hooktrail`)
    await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
    await client.query(`CREATE TEMP TABLE saved AS SELECT * FROM ${table}`)
    await client.query(sql)
    const report = await verifyLog(database)
    await client.query(`DELETE FROM ${table}`)
    await client.query(`INSERT INTO ${table} SELECT * FROM saved`)
    return report
  } finally {
    await client.query('DROP TABLE IF EXISTS saved')
    await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`)
    client.release()
  }
}

describe('verifying the log', () => {
  it('finds nothing in a log that nobody touched, and says what it checked', async () => {
    const report = await verifyLog(database)
    expect(report).toMatchObject({
      size: DELIVERIES,
      problems: [],
      checked: {
        entries: DELIVERIES,
        openings: DELIVERIES * 2,
        nodes: 2,
        deliveries: DELIVERIES,
        bodies: DELIVERIES,
      },
    })
  })

  it('tells how far it is', async () => {
    const seen: [number, number][] = []
    await verifyLog(database, { onProgress: (done, total) => seen.push([done, total]) })
    expect(seen.at(-1)).toEqual([DELIVERIES, DELIVERIES])
  })

  it.each([
    [
      'an action in the index',
      'log_entry',
      `UPDATE log_entry SET action = 'x' WHERE seq = 7`,
      /column action/,
    ],
    [
      'a time in the index',
      'log_entry',
      `UPDATE log_entry SET occurred_at = now() WHERE seq = 7`,
      /column occurred_at/,
    ],
    [
      'a byte of a leaf',
      'log_entry',
      `UPDATE log_entry SET leaf = set_byte(leaf, 40, 65) WHERE seq = 7`,
      /leaf hash/,
    ],
    [
      'a leaf with its hash',
      'log_entry',
      `UPDATE log_entry SET leaf = '{}', leaf_hash = sha256('\\x007b7d') WHERE seq = 7`,
      /column/,
    ],
    [
      'a leaf hash',
      'log_entry',
      `UPDATE log_entry SET leaf_hash = set_byte(leaf_hash, 0, (get_byte(leaf_hash, 0) + 1) % 256) WHERE seq = 7`,
      /leaf hash/,
    ],
    ['an entry taken out', 'log_entry', 'DELETE FROM log_entry WHERE seq = 7', /missing/],
    [
      'an opening',
      'log_opening',
      `UPDATE log_opening SET openings = convert_to(replace(convert_from(openings, 'UTF8'), 'octocat', 'mallory'), 'UTF8') WHERE seq = 7`,
      /\/actor\/login/,
    ],
    [
      'openings that are no JSON',
      'log_opening',
      `UPDATE log_opening SET openings = 'x' WHERE seq = 7`,
      /not readable/,
    ],
    [
      'the GUID of a delivery',
      'delivery',
      `UPDATE delivery SET guid = 'other' WHERE first_seq = 7`,
      /GUID/,
    ],
    ['a delivery taken out', 'delivery', `DELETE FROM delivery WHERE first_seq = 7`, /delivery/],
    [
      'a raw body',
      'delivery_body',
      `UPDATE delivery_body SET body = set_byte(body, 3, (get_byte(body, 3) + 1) % 256) WHERE first_seq = 7`,
      /raw body/,
    ],
  ])('finds %s that was changed, and names the entry', async (_, table, sql, what) => {
    const { problems } = await tampered(table, sql)
    expect(problems.length).toBeGreaterThan(0)
    expect(problems).toContainEqual(expect.objectContaining({ seq: 7, where: table }))
    expect(problems.map((problem) => problem.what).join('\n')).toMatch(what)
  })

  it.each([
    [
      'is changed',
      `UPDATE log_node SET hash = sha256('x') WHERE level = 1 AND index = 1`,
      '1/1 is wrong',
    ],
    ['is taken out', 'DELETE FROM log_node WHERE level = 1 AND index = 0', '1/0 is missing'],
  ])('finds that a tile hash %s', async (_, sql, what) => {
    const { problems } = await tampered('log_node', sql)
    expect(problems).toEqual([{ where: 'log_node', what: `tile hash ${what}` }])
  })

  it('finds a right edge that the leaves do not give', async () => {
    const { problems } = await tampered(
      'log_state',
      `UPDATE log_state SET frontier = set_byte(frontier, 0, (get_byte(frontier, 0) + 1) % 256)`,
    )
    expect(problems).toEqual([expect.objectContaining({ where: 'log_state' })])
  })

  it('tells an opening that vanished from one that an erasure took', async () => {
    const { problems } = await tampered('log_opening', 'DELETE FROM log_opening WHERE seq = 7')
    expect(problems[0]).toMatchObject({ seq: 7, what: expect.stringContaining('no entry says') })
  })
})
