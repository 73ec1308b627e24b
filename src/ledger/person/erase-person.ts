import { randomUUID } from 'node:crypto'

import type { Database } from '../../platform/index.js'
import type { Connection } from '../log-connection.js'
import { asAct, type Operator } from '../operator-act.js'
import { heldSql, listHolds, type Hold } from '../retention/holds.js'
import { erasedRows, type ErasedRows } from './erased-rows.js'

/** What an erasure would take. */
export interface ErasurePlan {
  /** Entries that name the person or hold text of theirs; they stay, without it. */
  readonly entries: number
  /** Entries whose openings of the person go. */
  readonly openings: number
  /** Raw bodies of deliveries that brought such entries; they go as a whole. */
  readonly bodies: number
  /** Holds that forbid it, and the first entries that they cover. */
  readonly holds: readonly { readonly hold: Hold; readonly seqs: readonly number[] }[]
}

export type Erasure =
  | ({ readonly outcome: 'erased'; readonly seq: number } & ErasedRows)
  | { readonly outcome: 'held'; readonly holds: ErasurePlan['holds'] }
  /** Somebody else was faster. */
  | { readonly outcome: 'gone' }

/** Entries of these subjects: what they did, and what holds text of theirs. $1: their ids. */
const THEIRS = `(e.actor = ANY($1::uuid[]) OR e.via = ANY($1::uuid[])
  OR e.seq IN (SELECT seq FROM log_opening WHERE subject = ANY($1::uuid[])))`

/** Changes nothing. */
export async function planErasure(
  { pool }: Pick<Database, 'pool'>,
  subjects: readonly string[],
): Promise<ErasurePlan> {
  const { rows } = await pool.query<{ entries: string; openings: string; bodies: string }>(
    `SELECT (SELECT count(*) FROM log_entry e WHERE ${THEIRS}) AS entries,
       (SELECT count(DISTINCT seq) FROM log_opening WHERE subject = ANY($1::uuid[])) AS openings,
       (SELECT count(*) FROM delivery_body WHERE first_seq IN (SELECT delivery FROM log_entry e WHERE ${THEIRS})) AS bodies`,
    [subjects],
  )
  const [counts] = rows
  return {
    entries: Number(counts?.entries),
    openings: Number(counts?.openings),
    bodies: Number(counts?.bodies),
    holds: await holdsOn(pool, subjects),
  }
}

/**
 * Erases people: their openings, their rows, and the raw bodies that name them go, and `person.erased` is appended, all
 * in one transaction. Leaves, and so proofs, stay as they are. Every process forgets their random ids with its next append.
 */
export async function erasePerson(
  database: Database,
  subjects: readonly string[],
  operator: Operator & { readonly reason: string },
): Promise<Erasure> {
  const act = { id: randomUUID(), subjects }
  let from = 0
  return asAct(database, operator, {
    before: async (connection) => {
      const next = await sizeOf(connection)
      await takeUnheld(connection, act, 0)
      from = next
    },
    work: async ({ connection, append }) => {
      // What was appended meanwhile. From here on nothing is: the log is locked.
      await takeUnheld(connection, act, from)
      const { rows } = await connection.query<{ id: string }>(
        'DELETE FROM subject WHERE id = ANY($1::uuid[]) RETURNING id',
        [subjects],
      )
      if (rows.length === 0) throw new Gone()
      const erased = await erasedRows(connection, act.id)
      const { digest, openings, bodies } = erased
      const seq = await append({
        action: 'person.erased',
        targets: rows.map(({ id }) => ({ type: 'subject', id })),
        labels: { erasure: act.id, openings, bodies, erased_digest: digest },
      })
      await connection.query('INSERT INTO erasure (id, seq) VALUES ($1, $2)', [act.id, seq])
      return { outcome: 'erased' as const, seq, ...erased }
    },
  }).catch((error: unknown): Erasure => {
    if (error instanceof Held) return { outcome: 'held', holds: error.holds }
    if (error instanceof Gone) return { outcome: 'gone' }
    throw error
  })
}

/** Rolls the transaction back: what was taken is there again. */
class Held extends Error {
  readonly holds: ErasurePlan['holds']

  constructor(holds: ErasurePlan['holds']) {
    super('held')
    this.holds = holds
  }
}
class Gone extends Error {}

interface ErasureAct {
  readonly id: string
  readonly subjects: readonly string[]
}

async function sizeOf(connection: Connection): Promise<number> {
  const { rows } = await connection.query<{ size: string }>('SELECT size FROM log_state')
  return Number(rows[0]?.size)
}

/** Takes what there is from an entry on, and writes down what it was. @throws Held */
async function takeUnheld(connection: Connection, act: ErasureAct, from: number): Promise<void> {
  // First: a hold may know the person by the very text that is to go.
  const holds = await holdsOn(connection, act.subjects, act.id)
  if (holds.length > 0) throw new Held(holds)
  const values = [act.subjects, act.id, from]
  await connection.query(
    `WITH gone AS (
       DELETE FROM delivery_body WHERE first_seq IN (SELECT delivery FROM log_entry e WHERE e.seq >= $3 AND ${THEIRS})
       RETURNING first_seq)
     INSERT INTO erased_body (first_seq, act) SELECT first_seq, $2 FROM gone`,
    values,
  )
  await connection.query(
    `WITH gone AS (
       DELETE FROM log_opening WHERE subject = ANY($1::uuid[]) AND seq >= $3 RETURNING seq, subject, openings)
     INSERT INTO erased_opening (act, seq, subject, places)
     SELECT $2, seq, subject,
       (SELECT json_agg(opening -> 0)::text FROM json_array_elements(convert_from(openings, 'UTF8')::json) AS opening)
     FROM gone`,
    values,
  )
}

/** Holds that cover entries of these people; `act` knows those whose openings are taken already. */
async function holdsOn(
  connection: Pick<Connection, 'query'>,
  subjects: readonly string[],
  act?: string,
): Promise<ErasurePlan['holds']> {
  const found = []
  for (const hold of await listHolds(connection)) {
    if (hold.kind === 'person') {
      if (hold.value.split(' ').some((id) => subjects.includes(id))) found.push({ hold, seqs: [] })
      continue
    }
    const { text, values } = heldSql([hold])
    const from = values.length
    const ids = `$${String(from + 1)}::uuid[]`
    const theirs = `(e.actor = ANY(${ids}) OR e.via = ANY(${ids})
      OR e.seq IN (SELECT seq FROM log_opening WHERE subject = ANY(${ids}))
      OR e.seq IN (SELECT seq FROM erased_opening WHERE act = $${String(from + 2)}::uuid))`
    const { rows } = await connection.query<{ seq: string }>(
      `SELECT e.seq FROM log_entry e WHERE ${theirs} AND ${text} ORDER BY e.seq LIMIT 5`,
      [...values, subjects, act ?? null],
    )
    if (rows.length > 0) found.push({ hold, seqs: rows.map(({ seq }) => Number(seq)) })
  }
  return found
}
