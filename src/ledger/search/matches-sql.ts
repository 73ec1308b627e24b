import { sqltag as sql, type Sql } from '@prisma/client/runtime/client'

import type { Query } from '../../core/search/index.js'
import type { Ask } from './ask.js'
import { countedUpTo } from './counted-up-to.js'
import { allMatchesSql, blocksIn } from './find-in-blocks.js'
import { resolveLogins } from './known-logins.js'
import { querySql } from './query-sql.js'
import { candidatesOf } from './term-sql.js'
import { timeBounds } from './time-bounds.js'

/** Matches that are counted one by one at most; of more an estimate is made. */
const MOST_EXACT = 5000
/** Entries of the log behind one of the sample. */
const SAMPLED = 64

/** Rows of log_entry's columns, named `e`, and for how many entries each of them stands. */
export interface Matches {
  readonly rows: Sql
  /** Whether `weight` is 1 for all: counts are exact. */
  readonly exact: boolean
}

/** What a query finds, in a form that can be counted quickly. */
export async function matchesSql(ask: Ask, query: Query): Promise<Matches> {
  const exact = await everyMatch(ask, query)
  const [row] = await ask<{ entries: string }>(sql`
    SELECT count(*) AS entries FROM (SELECT FROM (${exact}) e LIMIT ${MOST_EXACT + 1}) e`)
  if (Number(row?.entries ?? 0) <= MOST_EXACT) {
    return { rows: sql`SELECT e.*, 1 AS weight FROM (${exact}) e`, exact: true }
  }
  const counted = sql`${await countedUpTo(ask)}::bigint`
  const columns = SAMPLE_COLUMNS
  return {
    rows: sql`
      SELECT ${columns}, ${SAMPLED}::int AS weight FROM log_sample e WHERE ${querySql(query)}
      UNION ALL SELECT ${columns}, 1 FROM log_entry e WHERE e.seq >= ${counted} AND ${querySql(query)}`,
    exact: false,
  }
}

const SAMPLE_COLUMNS = sql`e.occurred_at, e.action, e.category, e.outcome, e.severity, e.actor, e.repo, e.workflow, e.environment, e.source`

async function everyMatch(ask: Ask, query: Query): Promise<Sql> {
  const candidates = candidatesOf(query, await resolveLogins(ask, query))
  if (!candidates) return sql`SELECT ${SAMPLE_COLUMNS} FROM log_entry e WHERE ${querySql(query)}`
  const blocks = await blocksIn(ask, timeBounds(query))
  return allMatchesSql(query, { candidates, blocks }, SAMPLE_COLUMNS)
}
