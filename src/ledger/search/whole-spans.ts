import { sqltag as sql, type Sql } from '@prisma/client/runtime/client'

import type { Query } from '../../core/search/index.js'
import { ALL_TIME, timeBounds, type TimeBounds } from './time-bounds.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** A query that asks for a time, and at most one thing beside it. */
export interface PlainQuery {
  readonly bounds: TimeBounds
  readonly term?: Extract<Query, { kind: 'text' | 'range' }>
}

/** `undefined` where more is asked for than counts in advance can know. */
export function plainQuery(query: Query): PlainQuery | undefined {
  const terms = query.kind === 'and' ? query.terms : [query]
  const others = terms.filter((term) => !isTime(term))
  const [term, second] = others
  const bounds = timeBounds(query)
  if (!term) return { bounds }
  if (second || (term.kind !== 'text' && term.kind !== 'range')) return undefined
  return { bounds, term }
}

function isTime(term: Query): boolean {
  return term.kind === 'range' && term.field === 'created' && term.any.length === 1
}

/** Whether both ends are open or where an hour of UTC begins. */
export function areWholeHours(bounds: TimeBounds): boolean {
  return areWhole(bounds, HOUR)
}

/** Whether both ends are open or midnight of UTC. */
export function areWholeDays(bounds: TimeBounds): boolean {
  return areWhole(bounds, DAY)
}

function areWhole({ from, to }: TimeBounds, length: number): boolean {
  return (
    (from === ALL_TIME.from || from % length === 0) &&
    (to === ALL_TIME.to || (to + 1) % length === 0)
  )
}

/** The rows of log_count, named `c`, that make up a time of whole days, as few as there can be: months, and days around them. */
export function dayRows({ from, to }: TimeBounds): Sql {
  const first = from === monthOf(from) ? from : monthOf(from, 1)
  const end = to === ALL_TIME.to ? to + 1 : monthOf(to + 1)
  if (first >= end) return sql`(c.span = 'day' AND ${since({ from, to })})`
  return sql`(c.span = 'month' AND ${since({ from: first, to: end - 1 })}
    OR c.span = 'day' AND (${since({ from, to: first - 1 })} OR ${since({ from: end, to })}))`
}

/** Rows of log_count, named `c`, that begin in a time. */
function since({ from, to }: TimeBounds): Sql {
  return sql`c.since BETWEEN ${new Date(from)}::timestamptz AND ${new Date(to)}::timestamptz`
}

/** The month of UTC in which a moment lies, or one after it. */
function monthOf(at: number, after = 0): number {
  const date = new Date(at)
  // Date.UTC takes years below 100 for those of the last century.
  return new Date(0).setUTCFullYear(date.getUTCFullYear(), date.getUTCMonth() + after, 1)
}
