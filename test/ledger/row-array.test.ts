import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { encodeRows, type RowType } from '../../src/ledger/row-array.js'
import { testDatabase, type TestDatabase } from '../support/database.js'

interface Row {
  readonly small: number | null
  readonly middle: number | null
  readonly large: number | null
  readonly words: string | null
  readonly bytes: Uint8Array | null
  readonly id: string | null
  readonly document: string | null
  readonly time: string | null
  readonly list: readonly string[] | null
}

const TYPE: RowType<Row> = [
  ['small', 'int2'],
  ['middle', 'int4'],
  ['large', 'int8'],
  ['words', 'text'],
  ['bytes', 'bytea'],
  ['id', 'uuid'],
  ['document', 'jsonb'],
  ['time', 'timestamptz'],
  ['list', 'textArray'],
]

const FULL: Row = {
  small: -3,
  middle: -70_000,
  large: Number.MAX_SAFE_INTEGER,
  words: 'plain',
  bytes: Uint8Array.of(0, 1, 255),
  id: '0190b6b5-8f00-7abc-8def-0123456789ab',
  document: '{"key": "väl"}',
  time: '2026-11-22T04:00:00.123Z',
  list: ['one', '', 'drei, "vier"'],
}
const EMPTY: Row = {
  ...{ small: null, middle: null, large: null, words: null, bytes: null, id: null },
  ...{ document: null, time: null, list: null },
}

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  await database.pool.query(
    `CREATE TYPE sample AS (small smallint, middle integer, large bigint, words text, bytes bytea, id uuid,
      document jsonb, time timestamptz, list text[])`,
  )
})
afterAll(() => database.drop())

/** The rows as the server understood them. */
async function understood(rows: readonly Row[]): Promise<unknown[]> {
  const answer = await database.pool.query<object>(
    `SELECT small, middle, large::text, words, bytes, id, document, list,
       to_char(time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS time
     FROM unnest($1::sample[])`,
    [encodeRows(TYPE, rows)],
  )
  return answer.rows
}

describe('encodeRows', () => {
  it('writes every type so that the server reads the same value, and NULL', async () => {
    const { bytes, document, large, time } = FULL
    expect(await understood([FULL, EMPTY])).toEqual([
      {
        ...FULL,
        ...{ bytes: Buffer.from(bytes ?? []), document: JSON.parse(document ?? '') as unknown },
        ...{ large: String(large), time: time?.replace('123Z', '123000Z') },
      },
      EMPTY,
    ])
  })

  it('writes no rows as an empty array', async () => {
    expect(await understood([])).toEqual([])
  })

  it('writes text of any length and script, more than fits the first buffer', async () => {
    const texts = ['', 'ü', '漢字😀', 'x'.repeat(39), `${'x'.repeat(39)}é`, 'long ü'.repeat(40_000)]
    const rows = texts.map((words) => ({ ...EMPTY, words, list: [words] }))
    expect(await understood(rows)).toEqual(rows)
  })

  it.each(['0001-01-01T00:00:00.000Z', '1999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'])(
    'keeps the time %s to the millisecond',
    async (time) => {
      const [row] = (await understood([{ ...EMPTY, time }])) as [{ time: string }]
      const micros = Number(row.time.slice(-7, -1))
      expect(row.time.slice(0, 20)).toBe(time.slice(0, 20))
      expect(Math.round(micros / 1000)).toBe(Number(time.slice(20, 23)))
    },
  )

  it('keeps numbers below zero', async () => {
    const rows = [{ ...EMPTY, large: Number.MIN_SAFE_INTEGER, middle: -1, small: -1 }]
    expect(await understood(rows)).toMatchObject([{ large: '-9007199254740991', middle: -1 }])
  })
})
