import { sqltag as sql } from '@prisma/client/runtime/client'

import type { Query } from '../../core/search/index.js'
import type { Ask } from './ask.js'
import { chooseCandidates } from './choose-candidates.js'
import type { Place } from './cursor.js'
import { findInBlocks } from './find-in-blocks.js'
import { afterSql } from './place-sql.js'
import { querySql } from './query-sql.js'
import { timeBounds } from './time-bounds.js'

/** An entry's place in the order of searches. */
export interface FoundRow {
  readonly seq: string
  readonly occurred_at: Date
}

export interface PageRequest {
  readonly query: Query
  /** Where the page before ended, if there is one. */
  readonly after: Place | undefined
  readonly size: number
}

/** How many of the newest entries are read before an index over terms is asked: what is common is among them. */
const NEWEST = 500
/** So many are read where a page is probably among them: a block of the index has more that would have to be sorted. */
const MOST_NEWEST = 4000
/** Of how many are probably needed, in case that they lie thinner further back. */
const RESERVE = 1.3
/** A range of numbers with at most so many entries is read by the primary key. */
const SHORT_RANGE = 5000

/**
 * The first entries of a query, newest first. Each way is fast where the others are not: what names few entries by itself, by
 * that; what is common, among the newest; what is rare, block by block through the index over terms; what no index knows, along
 * the index over time, as long as the time limit lets it.
 */
export async function findPage(ask: Ask, request: PageRequest): Promise<FoundRow[]> {
  if (namesFew(request.query)) return findNamed(ask, request)
  const newest = await findNewest(ask, request)
  if (newest) return newest
  const candidates = await chooseCandidates(ask, request.query)
  return candidates ? findInBlocks(ask, request, candidates) : findAlongTime(ask, request)
}

/** Whether some part that must hold is true of few entries only, and has an index of its own. */
function namesFew(query: Query): boolean {
  switch (query.kind) {
    case 'and':
      return query.terms.some(namesFew)
    case 'or':
      return query.terms.length > 0 && query.terms.every(namesFew)
    case 'text':
      return ['id', 'sha', 'delivery'].includes(query.field)
    case 'range':
      return isShort(query)
    case 'not':
    case 'words':
    case 'flag':
      return false
  }
}

function isShort({ field, any }: Extract<Query, { kind: 'range' }>): boolean {
  if (field !== 'run' && field !== 'seq') return false
  const longest = field === 'run' ? 0 : SHORT_RANGE
  return any.every(({ from, to }) => from !== undefined && to !== undefined && to - from <= longest)
}

/** Materialised: with the order in sight, the planner would walk along time and hope. */
function findNamed(ask: Ask, { query, after, size }: PageRequest): Promise<FoundRow[]> {
  return ask(sql`
    WITH named AS MATERIALIZED (
      SELECT e.seq, e.occurred_at FROM log_entry e WHERE ${querySql(query)} AND ${afterSql(after)})
    SELECT seq, occurred_at FROM named ORDER BY occurred_at DESC, seq DESC LIMIT ${size}`)
}

/** `undefined` where a page is not among the newest. */
async function findNewest(ask: Ask, request: PageRequest): Promise<FoundRow[] | undefined> {
  const { size } = request
  const few = await findAmongNewest(ask, request, NEWEST)
  if (few.length >= size) return few
  const needed = Math.ceil((RESERVE * NEWEST * size) / few.length)
  if (needed > MOST_NEWEST) return undefined
  const more = await findAmongNewest(ask, request, needed)
  return more.length >= size ? more : undefined
}

function findAmongNewest(
  ask: Ask,
  { query, after, size }: PageRequest,
  newest: number,
): Promise<FoundRow[]> {
  const { from, to } = timeBounds(query)
  return ask(sql`
    SELECT e.seq, e.occurred_at FROM (
      SELECT * FROM log_entry e
      WHERE ${afterSql(after)} AND e.occurred_at BETWEEN ${new Date(from)}::timestamptz AND ${new Date(to)}::timestamptz
      ORDER BY e.occurred_at DESC, e.seq DESC LIMIT ${newest}) e
    WHERE ${querySql(query)} ORDER BY e.occurred_at DESC, e.seq DESC LIMIT ${size}`)
}

function findAlongTime(ask: Ask, { query, after, size }: PageRequest): Promise<FoundRow[]> {
  return ask(sql`
    SELECT e.seq, e.occurred_at FROM log_entry e WHERE ${afterSql(after)} AND ${querySql(query)}
    ORDER BY e.occurred_at DESC, e.seq DESC LIMIT ${size}`)
}
