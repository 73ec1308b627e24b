import { sqltag as sql, type Sql } from '@prisma/client/runtime/client'

import type { Query } from '../../core/search/index.js'
import type { Ask } from './ask.js'
import { countedUpTo } from './counted-up-to.js'
import type { Matches } from './matches-sql.js'
import { querySql } from './query-sql.js'
import { areWholeDays, areWholeHours, plainQuery, type PlainQuery } from './whole-spans.js'

export interface TimeRange {
  readonly from: Date
  readonly to: Date
}

interface Buckets {
  readonly range: TimeRange
  /** Where buckets begin. */
  readonly edges: readonly Date[]
}

/** Fields that log_count has by hour; '' counts all. */
const BY_HOUR: readonly string[] = ['', 'category', 'outcome', 'severity']
/** How a value of log_count is the column that its field's terms ask for. */
const COLUMN_OF_VALUE: Readonly<Record<string, Sql>> = {
  action: sql`value AS action`,
  category: sql`value AS category`,
  outcome: sql`value AS outcome`,
  severity: sql`value::smallint AS severity`,
  actor: sql`value::uuid AS actor`,
  repo: sql`value AS repo`,
  workflow: sql`value AS workflow`,
  env: sql`value AS environment`,
  source: sql`value AS source`,
}

/** When what a query finds happened, from counts in advance and what came since; `undefined` where they do not say. */
export async function countsOverTime(
  ask: Ask,
  query: Query,
  buckets: Buckets,
): Promise<Matches | undefined> {
  const plain = plainQuery(query)
  const rows = plain && rowsOf(plain, buckets)
  if (!rows) return undefined
  const counted = await countedUpTo(ask)
  return {
    rows: sql`${rows} UNION ALL SELECT e.occurred_at, 1 FROM log_entry e
      WHERE e.seq >= ${counted}::bigint AND ${querySql(query)}`,
    sampled: 1,
  }
}

function rowsOf(plain: PlainQuery, { range, edges }: Buckets): Sql | undefined {
  const field = plain.term?.field ?? ''
  const values = valuesOf(plain)
  const unit = BY_HOUR.includes(field) ? 'hour' : 'day'
  const areWhole = unit === 'hour' ? areWholeHours : areWholeDays
  const { bounds } = plain
  const isWhole =
    areWhole(bounds) && edges.every((edge) => areWhole({ ...bounds, from: edge.getTime() }))
  return values && isWhole ? counts({ unit, field, values, range }) : undefined
}

/** The values, as log_count has them, that a term means. */
function valuesOf({ term }: PlainQuery): Sql | undefined {
  if (!term) return sql`ARRAY['']`
  const column = COLUMN_OF_VALUE[term.field]
  return (
    column &&
    sql`ARRAY(SELECT e.value FROM (SELECT DISTINCT value, ${column} FROM log_count
      WHERE span = 'month' AND field = ${term.field}) e WHERE ${querySql(term)})`
  )
}

interface Counts {
  readonly unit: 'hour' | 'day'
  readonly field: string
  readonly values: Sql
  readonly range: TimeRange
}

/** Hours follow one another in the primary key; of a field's many values each day's few are looked up one by one. */
function counts({ unit, field, values, range }: Counts): Sql {
  const { from, to } = range
  const first = sql`date_trunc(${unit}::text, ${from}::timestamptz AT TIME ZONE 'UTC')`
  if (unit === 'hour') {
    return sql`SELECT since AS occurred_at, entries AS weight FROM log_count WHERE span = 'hour' AND field = ${field}
      AND since BETWEEN (${first} AT TIME ZONE 'UTC') AND ${to}::timestamptz AND value = ANY(${values})`
  }
  return sql`SELECT c.since AS occurred_at, c.entries AS weight
    FROM generate_series(${first}, ${to}::timestamptz AT TIME ZONE 'UTC', '1 day'::interval) AS at,
    LATERAL (SELECT since, entries FROM log_count WHERE span = 'day' AND field = ${field}
      AND since = at AT TIME ZONE 'UTC' AND value = ANY(${values}) OFFSET 0) c`
}
