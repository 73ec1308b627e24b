import process from 'node:process'
import { inflateRawSync } from 'node:zlib'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { ClientBase } from 'pg'

import { erasePerson, findPerson, verifyLog, type VerifyReport } from '../../../src/ledger/index.js'
import { unpackLeaf } from '../../../src/ledger/pack-leaf.js'
import { testDatabase, type TestDatabase } from '../../support/database.js'
import { buildSignedLog, type SignedLog } from '../../support/signed-log.js'

/** How many: a thousand and more on request, a few in every run. */
// eslint-disable-next-line no-restricted-properties -- how much a test does, no setting of Hooktrail
const ROUNDS = Number(process.env['HOOKTRAIL_CORRUPTIONS'] ?? 20)

let database: TestDatabase
let log: SignedLog
/** Entries, with that of the erasure. */
let size: number
beforeAll(async () => {
  database = await testDatabase()
  log = await buildSignedLog(database)
  const ids = (await findPerson(database, 'person-3')).map(({ id }) => id)
  await erasePerson(database, ids, { name: 'me', reason: 'a request', now: Date.UTC(2026, 10, 2) })
  size = (await verifyLog(database)).size
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
type Problem = VerifyReport['problems'][number]

/** Something that was done, and how a finding names the place. */
interface Corruption {
  readonly what: string
  readonly isNamed: (problem: Problem) => boolean
}

/** Bytes of a row: table and column. A flip that leaves what is read as it was is none. */
const BYTES = [
  ['log_entry', 'leaf', unpackLeaf],
  ['log_entry', 'leaf_hash', undefined],
  ['log_node', 'hash', undefined],
  ['log_opening', 'openings', undefined],
  ['delivery', 'body_sha256', undefined],
  ['delivery_body', 'body', inflateRawSync],
  ['log_state', 'frontier', undefined],
  ['log_checkpoint', 'root', undefined],
] as const

/** Text of a row: any character of it. */
const TEXTS = [
  ['log_entry', 'action'],
  ['log_entry', 'category'],
  ['log_entry', 'outcome'],
  ['log_entry', 'repo'],
  ['log_entry', 'words'],
  ['log_entry', 'source'],
  ['log_entry', 'event'],
  ['log_opening', 'words'],
  ['delivery', 'guid'],
  ['delivery', 'kind'],
  ['delivery', 'event'],
  ['erased_opening', 'places'],
  ['log_checkpoint', 'note'],
  ['log_checkpoint', 'note'],
  ['log_cosignature', 'line'],
  ['log_cosignature', 'witness'],
  ['log_key', 'verifier_key'],
  ['log_key', 'last_note'],
] as const

const NUMBERS = [
  ['log_entry', 'severity = (severity + 1) % 5'],
  ['log_entry', 'repo_id = repo_id + 1'],
  ['log_entry', `occurred_at = occurred_at + interval '1 ms'`],
  ['log_entry', `recorded_at = recorded_at + interval '1 ms'`],
  ['log_entry', 'delivery = delivery + 1'],
  ['log_entry', 'actor = gen_random_uuid()'],
  ['log_entry', 'id = gen_random_uuid()'],
  ['log_entry', `flags = flags || 'x'::text`],
  ['log_entry', `flags = flags[2:]`],
  ['log_entry', `workflow = ''`],
  ['log_entry', `leaf_hash = sha256(leaf)`],
  ['log_opening', 'subject = gen_random_uuid()'],
  ['delivery', 'entries = entries + 1'],
  ['delivery', 'body_bytes = body_bytes + 1'],
  ['delivery_body', 'first_seq = first_seq + 100000'],
  ['erased_opening', 'subject = gen_random_uuid()'],
  ['log_checkpoint', 'size = size + 1'],
  ['log_checkpoint', `signed_at = signed_at - interval '1 year'`],
  ['log_cosignature', 'size = size + 1'],
  ['log_cosignature', 'time = time + 1'],
  ['log_publication', 'size = size + 1'],
  ['log_publication', `published_at = published_at - interval '1 year'`],
  ['log_key', 'from_size = from_size + 1'],
  ['log_key', `added_at = added_at + interval '1 year'`],
] as const

/** Tables from which a row is taken out. Nothing says how many cosignatures there were, nor what was shown. */
const TABLES = [
  'log_entry',
  'log_opening',
  'delivery',
  'delivery_body',
  'log_node',
  'erased_opening',
  'subject',
  'log_checkpoint',
  'log_key',
] as const
const ALL_TABLES = [...TABLES, 'log_state', 'log_cosignature', 'log_publication'] as const

/** Which rows may be hit: those that hold the column, and of cosignatures those of the witness whose key is known. */
const WHERE: Readonly<Record<string, string>> = {
  body_sha256: 'WHERE body_sha256 IS NOT NULL',
  last_note: 'WHERE last_note IS NOT NULL',
  // Whether a body is there is known of those that are kept; the internal delivery of the erasure has none.
  body_bytes: 'WHERE body_sha256 IS NOT NULL',
  log_cosignature: `WHERE witness LIKE 'witness.%'`,
}

/** A row, and how findings name it. */
interface Row {
  readonly table: string
  readonly ctid: string
  readonly key: Readonly<Record<string, unknown>>
}

async function pick(
  client: ClientBase,
  table: string,
  column: string,
  random: Random,
): Promise<Row> {
  const where = WHERE[column] ?? WHERE[table] ?? ''
  const { rows } = await client.query<{ ctid: string; key: Row['key'] }>(
    `SELECT ctid::text, to_jsonb(t) AS key FROM ${table} t ${where} ORDER BY ctid`,
  )
  const row = rows[random(rows.length)]
  if (!row) throw new Error(`${table} has no row`)
  return { table, ...row }
}

/** Whether a finding names a row: its table and its number. */
function naming({ table, key }: Row): Corruption['isNamed'] {
  const seq = key['seq'] ?? key['first_seq']
  const ofEntry = (where: string) => (one: Problem) => one.where === where && one.seq === seq
  const texts = [
    ...[
      `the checkpoint of ${String(key['size'])} `,
      `over ${String(key['size'])} entries`,
      `shown at ${String(key['size'])} entries`,
    ],
    ...[
      `from size ${String(key['from_size'])}`,
      `tile hash ${String(key['level'])}/${String(key['index'])} `,
    ],
  ]
  const bySize = (one: Problem): boolean =>
    one.where.startsWith('log_') && texts.some((text) => one.what.includes(text))
  const namers: Readonly<Record<string, Corruption['isNamed']>> = {
    log_node: bySize,
    log_checkpoint: bySize,
    log_cosignature: bySize,
    log_key: bySize,
    log_publication: (one) => one.where === 'log_publication' && bySize(one),
    log_state: ({ where }) => where === 'log_state',
    erased_opening: ({ where }) => where === 'erasure',
    subject: ({ where }) => where === 'log_opening',
    delivery: (one) => ofEntry('delivery')(one) || ofEntry('delivery_body')(one),
  }
  return namers[table] ?? ofEntry(table)
}

/** Corrupts something; `undefined` if what it did changes nothing that is read. */
type Corrupt = (client: ClientBase, random: Random) => Promise<Corruption | undefined>

async function flipByte(client: ClientBase, random: Random): Promise<Corruption | undefined> {
  const [table, column, read] = BYTES[random(BYTES.length)] ?? BYTES[0]
  const row = await pick(client, table, column, random)
  const { rows } = await client.query<{ bytes: Buffer }>(
    `SELECT ${column} AS bytes FROM ${table} WHERE ctid = '${row.ctid}'`,
  )
  const before = rows[0]?.bytes ?? Buffer.of()
  const after = Buffer.from(before)
  const at = random(after.length)
  after[at] = (after[at] ?? 0) ^ (1 + random(255))
  if (read && readsTheSame(read, before, after)) return undefined
  await client.query(`UPDATE ${table} SET ${column} = $1 WHERE ctid = '${row.ctid}'`, [after])
  return { what: `byte ${String(at)} of ${table}.${column}`, isNamed: naming(row) }
}

function readsTheSame(read: (bytes: Buffer) => Uint8Array, one: Buffer, other: Buffer): boolean {
  try {
    const first = Buffer.from(read(one))
    return Buffer.compare(first, read(other)) === 0
  } catch {
    return false
  }
}

async function changeText(client: ClientBase, random: Random): Promise<Corruption> {
  const [table, column] = TEXTS[random(TEXTS.length)] ?? TEXTS[0]
  const row = await pick(client, table, column, random)
  const set = `overlay(${column} PLACING '¿' FROM 1 + ${String(random(1000))} % greatest(length(${column}), 1) FOR 1)`
  await client.query(`UPDATE ${table} SET ${column} = ${set} WHERE ctid = '${row.ctid}'`)
  return { what: `a character of ${table}.${column}`, isNamed: naming(row) }
}

async function changeNumber(client: ClientBase, random: Random): Promise<Corruption> {
  const [table, set] = NUMBERS[random(NUMBERS.length)] ?? NUMBERS[0]
  const row = await pick(client, table, set.split(' ', 1)[0] ?? '', random)
  await client.query(`UPDATE ${table} SET ${set} WHERE ctid = '${row.ctid}'`)
  return { what: `${table}: ${set}`, isNamed: isNamedBeside(row, set) }
}

/** Where a number places a row among others, the finding names the place that is wrong: the row, its new place, or the next. */
function isNamedBeside(row: Row, set: string): Corruption['isNamed'] {
  const named = naming(row)
  const { key } = row
  if (set.startsWith('entries')) {
    const next = Number(key['first_seq']) + Number(key['entries'])
    const isLast = next === size
    return ({ where, seq }) =>
      where === 'delivery' && (seq === next || (isLast && seq === undefined))
  }
  if (set.startsWith('size') || set.startsWith('from_size')) {
    const moved = { ...key, size: Number(key['size']) + 1, from_size: Number(key['from_size']) + 1 }
    return naming({ ...row, key: moved })
  }
  // A time that does not fit is told of the row after it, or of the key that signed.
  if (/^(signed|added)_at/.test(set)) return ({ where }) => /^log_(checkpoint|key)$/.test(where)
  return named
}

async function removeRow(client: ClientBase, random: Random): Promise<Corruption> {
  const table = TABLES[random(TABLES.length)] ?? 'log_entry'
  const row = await pick(client, table, '', random)
  await client.query(`DELETE FROM ${table} WHERE ctid = '${row.ctid}'`)
  const named = naming(row)
  // What the key signed is left over.
  const isNamed =
    table === 'log_key'
      ? (one: Problem) => one.where === 'log_key' || one.where === 'log_checkpoint'
      : named
  return { what: `a row of ${table} taken out`, isNamed }
}

async function swapRows(client: ClientBase, random: Random): Promise<Corruption> {
  const one = random(size - 1)
  const other = one + 1
  await client.query(`
    UPDATE log_entry SET seq = -1 WHERE seq = ${String(one)};
    UPDATE log_entry SET seq = ${String(one)} WHERE seq = ${String(other)};
    UPDATE log_entry SET seq = ${String(other)} WHERE seq = -1`)
  const what = `entries ${String(one)} and ${String(other)} swapped`
  return { what, isNamed: ({ where, seq }) => where === 'log_entry' && seq === one }
}

/** The tail is gone wherever it stood, but for what log_state says. */
async function cutTail(client: ClientBase, random: Random): Promise<Corruption> {
  const from = size - 1 - random(20)
  await client.query(`
    DELETE FROM log_entry WHERE seq >= ${String(from)}; DELETE FROM log_opening WHERE seq >= ${String(from)};
    DELETE FROM delivery WHERE first_seq >= ${String(from)}; DELETE FROM delivery_body WHERE first_seq >= ${String(from)}`)
  return { what: `the tail from ${String(from)} on`, isNamed: ({ seq }) => seq === from }
}

const CORRUPTIONS: readonly Corrupt[] = [
  flipByte,
  flipByte,
  flipByte,
  changeText,
  changeText,
  changeNumber,
  removeRow,
  swapRows,
  cutTail,
]

/** As somebody who owns the database; undone afterwards, since everything happens in a transaction that the check sees. */
describe('a log that somebody corrupts', () => {
  it(`is found not to be whole, ${String(ROUNDS)} times of ${String(ROUNDS)}, at the very place`, async () => {
    const random = generator(20_261_124)
    const missed: string[] = []
    const verify = (): Promise<VerifyReport> => verifyLog(database, { witnesses: [log.witness] })
    const client = await database.pool.connect()
    for (const table of ALL_TABLES) {
      await client.query(`GRANT ALL ON ${table} TO CURRENT_USER; ALTER TABLE ${table} DISABLE TRIGGER USER;
        CREATE TABLE saved_${table} AS SELECT * FROM ${table}`)
    }
    for (let round = 0; round < ROUNDS;) {
      const corrupt = CORRUPTIONS[random(CORRUPTIONS.length)] ?? flipByte
      const corruption = await corrupt(client, random)
      if (corruption === undefined) continue
      round += 1
      const { problems } = await verify()
      if (!problems.some(corruption.isNamed)) {
        missed.push(`${corruption.what}: ${JSON.stringify(problems.slice(0, 3))}`)
      }
      for (const table of ALL_TABLES) {
        await client.query(
          `DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM saved_${table}`,
        )
      }
    }
    client.release()
    expect(missed).toEqual([])
    expect((await verify()).problems).toEqual([])
  }, 3_600_000)
})
