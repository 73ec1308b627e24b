import { sqltag as sql, type Sql } from '@prisma/client/runtime/client'

import type { Query } from '../../core/search/index.js'
import type { Ask } from './ask.js'
import { chooseCandidates } from './choose-candidates.js'
import { countedUpTo } from './counted-up-to.js'
import {
  allMatchesSql,
  blocksIn,
  SAMPLE,
  sampleMatchesSql,
  SKETCH,
  uncountedBlocks,
  type Sample,
} from './find-in-blocks.js'
import { querySql } from './query-sql.js'
import type { Candidates } from './term-sql.js'
import { timeBounds } from './time-bounds.js'

/** Matches in the sketch that are enough for an estimate; of fewer, the sample has 16 times as many. */
const ENOUGH_SKETCHED = 400
/** Where words are looked for in openings, which takes longer. */
const ENOUGH_SKETCHED_WORDS = 100
/** Fewer matches in the sample, and all of them in the log are counted one by one. */
const ENOUGH_SAMPLED = 78
/** With fewer entries of the sample in the time that is asked for, all in it can be looked at: some 100,000. */
const FEW_IN_TIME = 1600

/** Rows of log_entry's columns, named `e`, and for how many entries each of them stands. */
export interface Matches {
  readonly rows: Sql
  /** One entry of so many was looked at; 1: all, so that counts are exact. */
  readonly sampled: number
}

/**
 * What a query finds, in a form that can be counted quickly: thousands of rows, however many there are. Entries of blocks that
 * are not counted yet are looked at themselves, of an estimate those that the sample will have.
 */
export async function matchesSql(ask: Ask, query: Query): Promise<Matches> {
  const candidates = await chooseCandidates(ask, query)
  const counted = await countedUpTo(ask)
  const sample = counted > 0n ? await sampleFor(ask, query, candidates) : undefined
  if (!sample) {
    const rows = await everyMatch(ask, query, candidates)
    return { rows: sql`SELECT e.*, 1 AS weight FROM (${rows}) e`, sampled: 1 }
  }
  const { weight } = sample
  const known = sampleMatchesSql(query, { sample, candidates, columns: COUNTED_COLUMNS })
  const since = await uncounted(ask, query, { candidates, counted })
  return {
    rows: sql`SELECT e.*, ${weight}::int AS weight FROM (${known}) e
      UNION ALL SELECT ${COUNTED_COLUMNS}, ${weight}::int FROM (${since}) e WHERE hashint8(e.seq) & ${weight - 1}::int = 0`,
    sampled: weight,
  }
}

/** The smallest sample that says enough; `undefined` where the matches are so few that they can be counted. */
async function sampleFor(
  ask: Ask,
  query: Query,
  candidates: Candidates | undefined,
): Promise<Sample | undefined> {
  const enough = candidates?.opening ? ENOUGH_SKETCHED_WORDS : ENOUGH_SKETCHED
  const matches = (sample: Sample): Sql =>
    sampleMatchesSql(query, { sample, candidates, columns: COUNTED_COLUMNS })
  if (await hasAtLeast(ask, matches(SKETCH), enough)) return SKETCH
  if (await hasAtLeast(ask, matches(SAMPLE), ENOUGH_SAMPLED)) return SAMPLE
  return (await canBeCounted(ask, query, candidates)) ? undefined : SAMPLE
}

async function hasAtLeast(ask: Ask, rows: Sql, count: number): Promise<boolean> {
  const [row] = await ask<{ n: number }>(
    sql`SELECT count(*)::int AS n FROM (SELECT FROM (${rows}) e LIMIT ${count}) e`,
  )
  return (row?.n ?? 0) >= count
}

/** Whether something leads to the few matches there are; otherwise each entry of the time would be looked at. */
async function canBeCounted(
  ask: Ask,
  query: Query,
  candidates: Candidates | undefined,
): Promise<boolean> {
  if (candidates) return true
  const { from, to } = timeBounds(query)
  const inTime = sql`SELECT FROM log_sample e
    WHERE e.occurred_at BETWEEN ${new Date(from)}::timestamptz AND ${new Date(to)}::timestamptz`
  return !(await hasAtLeast(ask, inTime, FEW_IN_TIME))
}

const COUNTED_COLUMNS = sql`e.occurred_at, e.action, e.category, e.outcome, e.severity, e.actor, e.repo, e.workflow, e.environment, e.source`

const UNCOUNTED_COLUMNS = sql`e.seq, ${COUNTED_COLUMNS}`

interface Uncounted {
  readonly candidates: Candidates | undefined
  readonly counted: bigint
}

async function uncounted(ask: Ask, query: Query, { candidates, counted }: Uncounted): Promise<Sql> {
  if (!candidates)
    return sql`SELECT ${UNCOUNTED_COLUMNS} FROM log_entry e WHERE e.seq >= ${counted}::bigint AND ${querySql(query)}`
  const blocks = await uncountedBlocks(ask)
  return allMatchesSql(query, { candidates, blocks }, UNCOUNTED_COLUMNS)
}

async function everyMatch(
  ask: Ask,
  query: Query,
  candidates: Candidates | undefined,
): Promise<Sql> {
  if (!candidates) return sql`SELECT ${COUNTED_COLUMNS} FROM log_entry e WHERE ${querySql(query)}`
  const blocks = await blocksIn(ask, timeBounds(query))
  return allMatchesSql(query, { candidates, blocks }, COUNTED_COLUMNS)
}
