import { sqltag as sql } from '@prisma/client/runtime/client'

import type { Query } from '../../core/search/index.js'
import type { Database } from '../../platform/index.js'
import { inSearch, SEARCH_TIMEOUT, type Ask } from './ask.js'
import { countsOverTime, type TimeRange } from './counts-over-time.js'
import { matchesSql, type Matches } from './matches-sql.js'
import { ALL_TIME, timeBounds } from './time-bounds.js'

export interface Histogram {
  /** How long a bucket is: an interval of PostgreSQL, for people too. */
  readonly width: string
  /** Oldest first, without a gap; `from` is where a bucket begins, in RFC 3339. */
  readonly buckets: readonly { readonly from: string; readonly entries: number }[]
  readonly total: number
  /** Whether the numbers are counts; otherwise they are estimates. */
  readonly exact: boolean
  /** One entry of so many was looked at (1: each). An estimate of n is off by more than 2·√(sampled·n) in one case of 20. */
  readonly sampled: number
}

const MINUTE = 60_000
const DAY = 1440 * MINUTE
/** Widths that people think in. Days and longer begin at midnight of the time zone, whatever its clocks did. */
const WIDTHS = [
  { width: '1 minute', ms: MINUTE },
  { width: '5 minutes', ms: 5 * MINUTE },
  { width: '15 minutes', ms: 15 * MINUTE },
  { width: '1 hour', ms: 60 * MINUTE },
  { width: '6 hours', ms: 360 * MINUTE },
  { width: '1 day', ms: DAY, unit: 'day' },
  { width: '1 week', ms: 7 * DAY, unit: 'week' },
  { width: '1 month', ms: 30 * DAY, unit: 'month' },
  { width: '1 year', ms: 365 * DAY, unit: 'year' },
] as const

/** Buckets at most, if no width gives fewer. */
const MOST_BUCKETS = 62

/**
 * How many entries a query finds over time: from its first to its last, or in the time that it names.
 * @param timeZone IANA name: days, weeks and months are its
 * @throws SearchError `search.timeout`, `search.words`; LedgerError `unavailable`
 */
export async function countOverTime(
  database: Database,
  query: Query,
  timeZone: string,
): Promise<Histogram> {
  return inSearch(database, SEARCH_TIMEOUT, async (ask) => {
    const range = await rangeOf(ask, query)
    if (!range) return { width: WIDTHS[0].width, buckets: [], total: 0, exact: true, sampled: 1 }
    const scale = scaleOf(range)
    const edges = await edgesOf(ask, range, { scale, timeZone })
    const counts =
      (await countsOverTime(ask, query, { range, edges })) ?? (await matchesSql(ask, query))
    return histogram(ask, counts, { edges, width: scale.width })
  })
}

/** What the query says; an end that it leaves open is that of the log. */
async function rangeOf(ask: Ask, query: Query): Promise<TimeRange | undefined> {
  const { from, to } = timeBounds(query)
  const [row] = await ask<{ first: Date | null; last: Date | null }>(sql`
    SELECT (SELECT min(occurred_at) FROM log_entry) AS first, (SELECT max(occurred_at) FROM log_entry) AS last`)
  if (!row?.first || !row.last) return undefined
  const first = from > ALL_TIME.from ? new Date(from) : row.first
  const last = to < ALL_TIME.to ? new Date(to) : row.last
  return first <= last ? { from: first, to: last } : undefined
}

function scaleOf({ from, to }: TimeRange): (typeof WIDTHS)[number] {
  const length = to.getTime() - from.getTime()
  return (
    WIDTHS.find(({ ms }) => length / ms <= MOST_BUCKETS - 2) ??
    WIDTHS[WIDTHS.length - 1] ??
    WIDTHS[0]
  )
}

interface Scaling {
  readonly scale: (typeof WIDTHS)[number]
  readonly timeZone: string
}

/** Where buckets begin. Parts of a day are counted in real time, so that an hour that comes twice is two buckets. */
async function edgesOf(ask: Ask, range: TimeRange, { scale, timeZone }: Scaling): Promise<Date[]> {
  const { from, to } = range
  const series =
    'unit' in scale
      ? sql`SELECT at AT TIME ZONE ${timeZone}::text AS edge FROM generate_series(
          date_trunc(${scale.unit}::text, ${from}::timestamptz AT TIME ZONE ${timeZone}::text),
          ${to}::timestamptz AT TIME ZONE ${timeZone}::text, ${scale.width}::interval) AS at`
      : sql`SELECT edge FROM generate_series(
          date_bin(${scale.width}::interval, ${from}::timestamptz,
            date_trunc('day', ${from}::timestamptz AT TIME ZONE ${timeZone}::text) AT TIME ZONE ${timeZone}::text),
          ${to}::timestamptz, ${scale.width}::interval) AS edge`
  const rows = await ask<{ edge: Date }>(sql`${series} ORDER BY 1`)
  return rows.map(({ edge }) => edge)
}

async function histogram(
  ask: Ask,
  { rows, sampled }: Matches,
  { edges, width }: { readonly edges: readonly Date[]; readonly width: string },
): Promise<Histogram> {
  const counts = await ask<{ bucket: number; entries: string }>(sql`
    SELECT width_bucket(e.occurred_at, ${edges}::timestamptz[]) AS bucket, sum(e.weight) AS entries FROM (${rows}) e GROUP BY 1`)
  const byBucket = new Map(counts.map(({ bucket, entries }) => [bucket, Number(entries)]))
  const buckets = edges.map((edge, index) => ({
    from: edge.toISOString(),
    entries: byBucket.get(index + 1) ?? 0,
  }))
  const total = buckets.reduce((sum, { entries }) => sum + entries, 0)
  return { width, buckets, total, exact: sampled === 1, sampled }
}
