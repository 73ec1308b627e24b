import { createHash } from 'node:crypto'

import type { ClientBase } from 'pg'

type Connection = Pick<ClientBase, 'query'>

/** What an erasure took, and a digest over which rows that were: it stands in the entry `person.erased`. */
export interface ErasedRows {
  /** Entries whose openings of the person went, and raw bodies that went. */
  readonly openings: number
  readonly bodies: number
  /** `sha256:<hex>` */
  readonly digest: string
}

const PAGE = 5000

/**
 * SHA-256 over one line for each row, `<seq> <subject> <places>` in their order and then `<first_seq>`: so that nobody can
 * add a row later for something that vanished in another way.
 */
export async function erasedRows(connection: Connection, act: string): Promise<ErasedRows> {
  const digest = createHash('sha256')
  const openings = await eachRow<{ seq: string; subject: string; places: string }>(
    connection,
    `SELECT seq, subject, places FROM erased_opening WHERE act = $1 AND (seq, subject) > ($2, $3::uuid) ORDER BY seq, subject LIMIT ${String(PAGE)}`,
    {
      act,
      first: ['-1', '00000000-0000-0000-0000-000000000000'],
      keys: ({ seq, subject }) => [seq, subject],
    },
    ({ seq, subject, places }) => digest.update(`${seq} ${subject} ${places}\n`),
  )
  const bodies = await eachRow<{ first_seq: string }>(
    connection,
    `SELECT first_seq FROM erased_body WHERE act = $1 AND first_seq > $2 ORDER BY first_seq LIMIT ${String(PAGE)}`,
    { act, first: ['-1'], keys: ({ first_seq }) => [first_seq] },
    ({ first_seq }) => digest.update(`${first_seq}\n`),
  )
  return { openings, bodies, digest: `sha256:${digest.digest('hex')}` }
}

interface Paging<Row> {
  readonly act: string
  readonly first: readonly string[]
  readonly keys: (row: Row) => readonly string[]
}

async function eachRow<Row extends object>(
  connection: Connection,
  statement: string,
  { act, first, keys }: Paging<Row>,
  take: (row: Row) => void,
): Promise<number> {
  let after = first
  let count = 0
  for (;;) {
    const { rows } = await connection.query<Row>(statement, [act, ...after])
    for (const row of rows) take(row)
    count += rows.length
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return count
    after = keys(last)
  }
}
