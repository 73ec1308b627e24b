import { sqltag as sql, type Sql } from '@prisma/client/runtime/client'

import type { Database } from '../../platform/index.js'
import { asAct, type Operator } from '../operator-act.js'
import { heldSql, listHolds } from './holds.js'

/** What retention takes: raw bodies, or the openings of sealed text. */
export type Prunable = 'bodies' | 'openings'

export interface PrunePlan {
  /** Everything before this entry is due. */
  readonly beforeSeq: number
  /** Raw bodies, or entries' openings by person, that go. */
  readonly count: number
  /** That are due and held. */
  readonly held: number
}

export interface Pruned extends PrunePlan {
  /** The entry that says so; absent if there was nothing to prune. */
  readonly seq?: number
}

/** Rows in one transaction, so that no lock lasts. */
const CHUNK = 5000

/** What is older than a moment and would go. Changes nothing. */
export async function planPrune(
  { pool }: Pick<Database, 'pool'>,
  kind: Prunable,
  before: Date,
): Promise<PrunePlan> {
  const { rows: found } = await pool.query<{ seq: string }>(FIRST_KEPT[kind], [before])
  const beforeSeq = Number(found[0]?.seq)
  const held = heldRow(kind, heldSql(await listHolds(pool)))
  const { text, values } = sql`
    SELECT count(*) FILTER (WHERE NOT ${held}) AS count, count(*) FILTER (WHERE ${held}) AS held FROM ${TABLE[kind]} r
    WHERE ${KEY[kind]} < ${beforeSeq}`
  const { rows } = await pool.query<{ count: string; held: string }>(text, [...values])
  return { beforeSeq, count: Number(rows[0]?.count), held: Number(rows[0]?.held) }
}

/**
 * Removes what is older than a moment and not held. The entry comes first, and then the deleting in small steps: one that
 * is interrupted has been announced, and the next one goes on.
 */
export async function prune(
  database: Database,
  kind: Prunable,
  before: Date,
  operator: Operator,
): Promise<Pruned> {
  const plan = await planPrune(database, kind, before)
  if (plan.count === 0) return plan
  const seq = await asAct(database, operator, {
    work: async ({ connection, append }) => {
      const number = await append({
        action: `${kind}.pruned`,
        targets: [{ type: kind === 'bodies' ? 'raw_bodies' : 'openings' }],
        labels: {
          before_seq: plan.beforeSeq,
          before: before.toISOString(),
          count: plan.count,
          held: plan.held,
        },
      })
      const row = [number, kind, plan.beforeSeq]
      await connection.query(
        'INSERT INTO retention (seq, kind, before_seq) VALUES ($1, $2, $3)',
        row,
      )
      return number
    },
  })
  await removeDue(database, kind, plan.beforeSeq)
  return { ...plan, seq }
}

async function removeDue(
  { pool }: Pick<Database, 'pool'>,
  kind: Prunable,
  beforeSeq: number,
): Promise<void> {
  for (;;) {
    // Asked anew for each step: a hold that is added meanwhile holds what is left.
    const held = heldRow(kind, heldSql(await listHolds(pool)))
    const { text, values } = sql`
      DELETE FROM ${TABLE[kind]} WHERE ctid = ANY(ARRAY(
        SELECT r.ctid FROM ${TABLE[kind]} r WHERE ${KEY[kind]} < ${beforeSeq} AND NOT ${held} LIMIT ${CHUNK}))`
    const { rowCount } = await pool.query(text, [...values])
    if (rowCount === null || rowCount < CHUNK) return
  }
}

const TABLE: Readonly<Record<Prunable, Sql>> = {
  bodies: sql`delivery_body`,
  openings: sql`log_opening`,
}
const KEY: Readonly<Record<Prunable, Sql>> = { bodies: sql`r.first_seq`, openings: sql`r.seq` }

/** The first entry that is kept for its age; the log's size if there is none. */
const FIRST_KEPT: Readonly<Record<Prunable, string>> = {
  bodies: `SELECT coalesce((SELECT min(first_seq) FROM delivery_body WHERE received_at >= $1), (SELECT size FROM log_state)) AS seq`,
  openings: `SELECT coalesce((SELECT seq FROM log_entry WHERE recorded_at >= $1 ORDER BY seq LIMIT 1),
    (SELECT size FROM log_state)) AS seq`,
}

/** Whether a row `r` belongs to an entry that is held. */
function heldRow(kind: Prunable, held: Sql): Sql {
  if (kind === 'openings') {
    return sql`EXISTS (SELECT FROM log_entry e WHERE e.seq = r.seq AND ${held})`
  }
  return sql`EXISTS (SELECT FROM delivery d JOIN log_entry e ON e.seq >= d.first_seq AND e.seq < d.first_seq + d.entries
    WHERE d.first_seq = r.first_seq AND ${held})`
}
