import process from 'node:process'
import { inflateRawSync } from 'node:zlib'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { ClientBase } from 'pg'

import { personal } from '../../../src/core/domain/index.js'
import { Appender, erasePerson, findPerson, verifyLog } from '../../../src/ledger/index.js'
import { unpackLeaf } from '../../../src/ledger/pack-leaf.js'
import { testDatabase, type TestDatabase } from '../../support/database.js'
import { delivery, draft } from '../../support/deliveries.js'

/** How many: a thousand and more on request, a few in every run. */
// eslint-disable-next-line no-restricted-properties -- how much a test does, no setting of Hooktrail
const ROUNDS = Number(process.env['HOOKTRAIL_CORRUPTIONS'] ?? 20)
/** One full tile and a rest. */
const DELIVERIES = 300

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  const appender = new Appender(database, () => Date.UTC(2026, 10, 1))
  await Promise.all(
    Array.from({ length: DELIVERIES }, (_, index) =>
      appender.append({
        delivery: delivery(`guid-${String(index)}`),
        drafts: [
          draft({
            actor: { type: 'user', id: index % 7, login: `person-${String(index % 7)}` },
            reason: personal(`reason ${String(index)}`),
          }),
        ],
      }),
    ),
  )
  const ids = (await findPerson(database, 'person-3')).map(({ id }) => id)
  await erasePerson(database, ids, { name: 'me', reason: 'a request', now: Date.UTC(2026, 10, 2) })
})
afterAll(async () => {
  await database.drop()
})

/** The same numbers in every run. */
function generator(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

type Random = (below: number) => number

/** Bytes of a row: table, column, key. A flip that leaves what is read as it was is none. */
const BYTES = [
  ['log_entry', 'leaf', 'seq', unpackLeaf],
  ['log_entry', 'leaf_hash', 'seq', undefined],
  ['log_node', 'hash', 'index', undefined],
  ['log_opening', 'openings', 'seq', undefined],
  ['delivery', 'body_sha256', 'first_seq', undefined],
  ['delivery_body', 'body', 'first_seq', inflateRawSync],
  ['log_state', 'frontier', 'size', undefined],
] as const

/** Text and numbers of a row: any character or digit of them. */
const TEXTS = [
  ['log_entry', 'action', 'seq'],
  ['log_entry', 'category', 'seq'],
  ['log_entry', 'outcome', 'seq'],
  ['log_entry', 'repo', 'seq'],
  ['log_entry', 'words', 'seq'],
  ['log_entry', 'source', 'seq'],
  ['log_entry', 'event', 'seq'],
  ['log_opening', 'words', 'seq'],
  ['delivery', 'guid', 'first_seq'],
  ['delivery', 'kind', 'first_seq'],
  ['delivery', 'event', 'first_seq'],
  ['erased_opening', 'places', 'seq'],
] as const

const NUMBERS = [
  ['log_entry', 'severity = (severity + 1) % 5', 'seq'],
  ['log_entry', 'repo_id = repo_id + 1', 'seq'],
  ['log_entry', `occurred_at = occurred_at + interval '1 ms'`, 'seq'],
  ['log_entry', `recorded_at = recorded_at + interval '1 ms'`, 'seq'],
  ['log_entry', 'delivery = delivery + 1', 'seq'],
  ['log_entry', 'actor = gen_random_uuid()', 'seq'],
  ['log_entry', 'id = gen_random_uuid()', 'seq'],
  ['log_opening', 'subject = gen_random_uuid()', 'seq'],
  ['delivery', 'entries = entries + 1', 'first_seq'],
  ['delivery_body', 'first_seq = first_seq + 100000', 'first_seq'],
  ['erased_opening', 'subject = gen_random_uuid()', 'seq'],
] as const

const TABLES = [
  'log_entry',
  'log_opening',
  'delivery',
  'delivery_body',
  'log_node',
  'erased_opening',
  'subject',
]

async function key(
  client: ClientBase,
  table: string,
  column: string,
  random: Random,
): Promise<string> {
  const where = column === 'body_sha256' ? 'WHERE body_sha256 IS NOT NULL' : ''
  const { rows } = await client.query<{ ctid: string }>(
    `SELECT ctid::text FROM ${table} ${where} ORDER BY ctid`,
  )
  return rows[random(rows.length)]?.ctid ?? ''
}

/** Corrupts something; `undefined` if what it did changes nothing that is read. */
type Corrupt = (client: ClientBase, random: Random) => Promise<string | undefined>

async function flipByte(client: ClientBase, random: Random): Promise<string | undefined> {
  const [table, column, , read] = BYTES[random(BYTES.length)] ?? BYTES[0]
  const ctid = await key(client, table, column, random)
  const { rows } = await client.query<{ bytes: Buffer }>(
    `SELECT ${column} AS bytes FROM ${table} WHERE ctid = '${ctid}'`,
  )
  const before = rows[0]?.bytes ?? Buffer.of()
  const after = Buffer.from(before)
  const at = random(after.length)
  after[at] = (after[at] ?? 0) ^ (1 + random(255))
  if (read && readsTheSame(read, before, after)) return undefined
  await client.query(`UPDATE ${table} SET ${column} = $1 WHERE ctid = '${ctid}'`, [after])
  return `byte ${String(at)} of ${table}.${column}`
}

function readsTheSame(read: (bytes: Buffer) => Uint8Array, one: Buffer, other: Buffer): boolean {
  try {
    return Buffer.compare(read(one), read(other)) === 0
  } catch {
    return false
  }
}

async function changeText(client: ClientBase, random: Random): Promise<string> {
  const [table, column] = TEXTS[random(TEXTS.length)] ?? TEXTS[0]
  const ctid = await key(client, table, column, random)
  const set = `overlay(${column} PLACING '¿' FROM 1 + ${String(random(1000))} % greatest(length(${column}), 1) FOR 1)`
  await client.query(`UPDATE ${table} SET ${column} = ${set} WHERE ctid = '${ctid}'`)
  return `a character of ${table}.${column}`
}

async function changeNumber(client: ClientBase, random: Random): Promise<string> {
  const [table, set] = NUMBERS[random(NUMBERS.length)] ?? NUMBERS[0]
  const ctid = await key(client, table, '', random)
  await client.query(`UPDATE ${table} SET ${set} WHERE ctid = '${ctid}'`)
  return `${table}: ${set}`
}

async function removeRow(client: ClientBase, random: Random): Promise<string> {
  const table = TABLES[random(TABLES.length)] ?? ''
  const ctid = await key(client, table, '', random)
  await client.query(`DELETE FROM ${table} WHERE ctid = '${ctid}'`)
  return `a row of ${table} taken out`
}

async function swapRows(client: ClientBase, random: Random): Promise<string> {
  const one = random(DELIVERIES - 1)
  const other = one + 1
  await client.query(`
    UPDATE log_entry SET seq = -1 WHERE seq = ${String(one)};
    UPDATE log_entry SET seq = ${String(one)} WHERE seq = ${String(other)};
    UPDATE log_entry SET seq = ${String(other)} WHERE seq = -1`)
  return `entries ${String(one)} and ${String(other)} swapped`
}

/** The tail is gone wherever it stood, but for what log_state says. */
async function cutTail(client: ClientBase, random: Random): Promise<string> {
  const from = String(DELIVERIES - 1 - random(20))
  await client.query(`
    DELETE FROM log_entry WHERE seq >= ${from}; DELETE FROM log_opening WHERE seq >= ${from};
    DELETE FROM delivery WHERE first_seq >= ${from}; DELETE FROM delivery_body WHERE first_seq >= ${from}`)
  return `the tail from ${from} on`
}

const CORRUPTIONS: readonly Corrupt[] = [
  flipByte,
  flipByte,
  flipByte,
  changeText,
  changeNumber,
  removeRow,
  swapRows,
  cutTail,
]

/** As somebody who owns the database; undone afterwards, since everything happens in a transaction that the check sees. */
describe('a log that somebody corrupts', () => {
  it(`is found not to be whole, ${String(ROUNDS)} times of ${String(ROUNDS)}, with a place named`, async () => {
    const random = generator(20_261_124)
    const missed: string[] = []
    const saved = [...TABLES, 'log_state']
    const client = await database.pool.connect()
    for (const table of saved) {
      await client.query(`GRANT ALL ON ${table} TO CURRENT_USER; ALTER TABLE ${table} DISABLE TRIGGER USER;
        CREATE TABLE saved_${table} AS SELECT * FROM ${table}`)
    }
    for (let round = 0; round < ROUNDS;) {
      const corrupt = CORRUPTIONS[random(CORRUPTIONS.length)] ?? flipByte
      const what = await corrupt(client, random)
      if (what === undefined) continue
      round += 1
      const { problems } = await verifyLog(database)
      if (problems[0]?.what === undefined) missed.push(what)
      for (const table of saved) {
        await client.query(
          `DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM saved_${table}`,
        )
      }
    }
    client.release()
    expect(missed).toEqual([])
    expect((await verifyLog(database)).problems).toEqual([])
  }, 3_600_000)
})
