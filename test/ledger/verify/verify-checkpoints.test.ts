import { writeFileSync } from 'node:fs'
import path from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { formatVerifierKey } from '../../../src/core/merkle/index.js'
import {
  Appender,
  openSigner,
  signCheckpoint,
  verifyLog,
  verifyRemembered,
  type VerifyReport,
} from '../../../src/ledger/index.js'
import { emptyDataDir } from '../../support/data-directory.js'
import { testDatabase, type TestDatabase } from '../../support/database.js'
import { delivery, draft } from '../../support/deliveries.js'
import { buildSignedLog, SIGNED_SIZES, type SignedLog } from '../../support/signed-log.js'

let database: TestDatabase
let log: SignedLog
beforeAll(async () => {
  database = await testDatabase()
  log = await buildSignedLog(database)
})
afterAll(async () => {
  await database.drop()
})

/** Verifies what somebody left behind who owns the schema; then everything is as it was. */
async function tampered(table: string, sql: string): Promise<VerifyReport['problems']> {
  const client = await database.pool.connect()
  try {
    await client.query(`GRANT ALL ON ${table} TO CURRENT_USER; ALTER TABLE ${table} DISABLE TRIGGER USER;
      CREATE TEMP TABLE saved AS SELECT * FROM ${table}; ${sql}`)
    return (await verifyLog(database, { level: 'tree', witnesses: [log.witness] })).problems
  } finally {
    await client.query(
      `DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM saved; DROP TABLE saved`,
    )
    await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`)
    client.release()
  }
}

interface Text {
  readonly table: string
  readonly column: string
  readonly where: string
  readonly names: string
}

const flip = (column: string, at: number): string =>
  `convert_from(set_byte(convert_to(${column}, 'UTF8'), ${String(at)}, get_byte(convert_to(${column}, 'UTF8'), ${String(at)}) # 1), 'UTF8')`

/** Every seventh byte of a text: all of them take a minute, and HOOKTRAIL_CORRUPTIONS draws from all. */
async function missedBytes({ table, column, where, names }: Text): Promise<string[]> {
  const { rows } = await database.pool.query<{ text: string }>(
    `SELECT ${column} AS text FROM ${table} WHERE ${where}`,
  )
  const bytes = Buffer.from(rows[0]?.text ?? '')
  const missed: string[] = []
  for (let at = 0; at < bytes.length; at += 7) {
    // A byte of the em dash alone would not be text any more, which PostgreSQL refuses.
    if ((bytes[at] ?? 0) > 0x7f) continue
    const sql = `UPDATE ${table} SET ${column} = ${flip(column, at)} WHERE ${where}`
    const problems = await tampered(table, sql)
    const isNamed = problems.some((one) => one.where === table && one.what.includes(names))
    if (!isNamed) missed.push(`byte ${String(at)}: ${JSON.stringify(problems)}`)
  }
  return missed
}

describe('verifying checkpoints, keys and cosignatures', () => {
  it.each(['tree', 'everything'] as const)(
    'finds nothing wrong where nothing is (%s)',
    async (level) => {
      const report = await verifyLog(database, { level, witnesses: [log.witness] })
      expect(report).toMatchObject({
        problems: [],
        checked: { checkpoints: 4, cosignatures: 4, unknownWitnesses: 4 },
      })
    },
  )

  it.each([
    ['log_checkpoint', 'note', 'size = 100', 'checkpoint of 100 entries'],
    ['log_key', 'verifier_key', 'from_size = 101', 'from size 101'],
    ['log_key', 'last_note', 'from_size = 101', 'from size 101'],
    ['log_cosignature', 'line', `size = 256 AND witness LIKE 'witness%'`, 'over 256 entries'],
    ['log_cosignature', 'witness', `size = 256 AND witness LIKE 'witness%'`, 'over 256 entries'],
  ])(
    'finds bytes of %s.%s that were flipped, and names the row',
    async (table, column, where, names) => {
      expect(await missedBytes({ table, column, where, names })).toEqual([])
    },
  )

  it.each([
    [
      'a root',
      'log_checkpoint',
      `SET root = set_byte(root, 9, get_byte(root, 9) # 4) WHERE size = 256`,
      '256 entries',
    ],
    [
      'a time',
      'log_checkpoint',
      `SET signed_at = signed_at - interval '1 day' WHERE size = 256`,
      '256 entries',
    ],
    ['a size', 'log_checkpoint', `SET size = 257 WHERE size = 256`, '257 entries'],
    [
      'a cosigned size',
      'log_cosignature',
      `SET size = 256 WHERE size = 300 AND witness LIKE 'w%'`,
      'over 256 entries',
    ],
    [
      'a cosigned size that is none',
      'log_cosignature',
      `SET size = 9 WHERE size = 300`,
      'over 9 entries',
    ],
    [
      'a cosigned time',
      'log_cosignature',
      `SET time = time + 1 WHERE size = 256 AND witness LIKE 's%'`,
      'over 256 entries',
    ],
    ['the place of a key', 'log_key', `SET from_size = 150 WHERE from_size = 101`, 'from size 150'],
    [
      'the time of a key',
      'log_key',
      `SET added_at = added_at + interval '1 year' WHERE from_size = 101`,
      'from size 101',
    ],
  ])('finds %s that was changed', async (_, table, set, names) => {
    const problems = await tampered(table, `UPDATE ${table} ${set}`)
    expect(problems).toContainEqual({ where: table, what: expect.stringContaining(names) })
  })

  it('finds a key that is gone, and checkpoints beyond the end', async () => {
    const keyless = await tampered('log_key', 'DELETE FROM log_key WHERE from_size = 101')
    expect(keyless.map(({ what }) => what)).toEqual([
      'the checkpoint of 256 entries is not signed by hooktrail.example with the key of its time',
      'the checkpoint of 300 entries is not signed by hooktrail.example with the key of its time',
    ])
    const beyond = await tampered(
      'log_checkpoint',
      'UPDATE log_checkpoint SET size = 301 WHERE size = 300',
    )
    expect(beyond).toContainEqual({
      where: 'log_checkpoint',
      what: '1 rows lie outside of the size that log_state gives',
    })
  })

  it('finds what was shown without being signed, before it was, or before a smaller one', async () => {
    const show = async (set: string): Promise<string[]> => {
      const problems = await tampered('log_publication', `UPDATE log_publication SET ${set}`)
      expect(new Set(problems.map(({ where }) => where))).toEqual(new Set(['log_publication']))
      return problems.map(({ what }) => what)
    }
    expect(await show('size = 257 WHERE size = 256')).toEqual([
      'what was shown at 257 entries is no checkpoint that was signed',
    ])
    expect(await show(`published_at = published_at - interval '1 day' WHERE size = 256`)).toEqual([
      'what was shown at 256 entries was shown, it says, before it was signed',
    ])
    expect(await show(`published_at = published_at + interval '1 day' WHERE size = 256`)).toEqual([
      'what was shown at 300 entries was shown, it says, before the smaller one before it',
    ])
  })

  it('finds the first checkpoint whose root the leaves do not give any more', async () => {
    const sql = `UPDATE log_entry SET leaf = '{}', leaf_hash = sha256('\\x007b7d') WHERE seq = 200`
    const problems = await tampered('log_entry', sql)
    expect(problems.filter(({ where }) => where === 'log_checkpoint')).toEqual([
      {
        where: 'log_checkpoint',
        what: expect.stringContaining(
          'the checkpoint of 256 entries has another root than the leaves give',
        ),
      },
    ])
  })

  it('takes what was signed and who cosigns from files, and looks at new checkpoints when it goes on', async () => {
    const directory = emptyDataDir()
    const policy = path.join(directory, 'policy')
    writeFileSync(
      policy,
      `witness w ${formatVerifierKey(log.witness)} https://w.example\nquorum w\n`,
    )
    const options = {
      level: 'tree',
      file: path.join(directory, 'verified.json'),
      restart: false,
      now: () => Date.UTC(2026, 10, 2),
      log: { ...log.settings, witnessPolicy: policy },
    } as const
    const first = await verifyRemembered(database, { ...options, incremental: false })
    expect(first).toMatchObject({ problems: [], checked: { cosignatures: 4, unknownWitnesses: 4 } })

    const appender = new Appender(database, () => Date.UTC(2026, 10, 2))
    await appender.append({ delivery: delivery('one more'), drafts: [draft()] })
    await signCheckpoint(await openSigner(database, log.settings, () => Date.UTC(2026, 10, 2)))
    const second = await verifyRemembered(database, { ...options, incremental: true })
    expect(second).toMatchObject({ size: 301, problems: [], checked: { checkpoints: 3 } })

    writeFileSync(
      log.settings.recordPath,
      JSON.stringify({ 'hooktrail.example': { size: 301, root: 'AAAA' } }),
    )
    const { problems } = await verifyRemembered(database, { ...options, incremental: true })
    expect(problems).toEqual([
      { where: 'pin', what: expect.stringContaining('the record beside the signing key') },
    ])
    expect(SIGNED_SIZES.at(-1)).toBe(300)
  })
})
