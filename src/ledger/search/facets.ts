import { join, sqltag as sql, type Sql } from '@prisma/client/runtime/client'

import { SEVERITIES } from '../../core/domain/index.js'
import type { Query } from '../../core/search/index.js'
import type { Database } from '../../platform/index.js'
import { inSearch, SEARCH_TIMEOUT, type Ask } from './ask.js'
import { countedUpTo } from './counted-up-to.js'
import { matchesSql } from './matches-sql.js'
import { ALL_TIME, type TimeBounds } from './time-bounds.js'
import { areWholeDays, dayRows, plainQuery } from './whole-spans.js'

/** The fields whose values are counted, in the order in which they are shown. */
const FACET_FIELDS = [
  'action',
  'category',
  'outcome',
  'severity',
  'actor',
  'repo',
  'workflow',
  'env',
  'source',
] as const
export type FacetField = (typeof FACET_FIELDS)[number]

export interface Facet {
  readonly field: FacetField
  /** Most frequent first; as a query writes them. A person who was erased has no login, and is left out. */
  readonly values: readonly { readonly value: string; readonly entries: number }[]
  /** Whether the numbers are counts; otherwise they are estimates. */
  readonly exact: boolean
  /** One entry of so many was looked at (1: each). An estimate of n is off by more than 2·√(sampled·n) in one case of 20. */
  readonly sampled: number
}

const COLUMN: Readonly<Record<FacetField, Sql>> = {
  action: sql`e.action`,
  category: sql`e.category`,
  outcome: sql`e.outcome`,
  severity: sql`e.severity`,
  actor: sql`e.actor`,
  repo: sql`e.repo`,
  workflow: sql`e.workflow`,
  env: sql`e.environment`,
  source: sql`e.source`,
}

/**
 * The most frequent values of each field among the entries that a query finds. Each field is counted without its own terms, so
 * that the values beside the one that was chosen can be seen.
 * @param limit values of a field, 1 or more
 * @throws SearchError `search.timeout`, `search.words`; LedgerError `unavailable`
 */
export async function countFacets(
  database: Database,
  query: Query,
  limit: number,
): Promise<Facet[]> {
  return inSearch(database, SEARCH_TIMEOUT, async (ask) => {
    const counted = new Map<string, Facet>()
    for (const { without, fields } of questions(query)) {
      const facets = await countFields(ask, without, { fields, limit })
      for (const facet of facets) counted.set(facet.field, facet)
    }
    return FACET_FIELDS.flatMap((field) => counted.get(field) ?? [])
  })
}

interface Question {
  readonly without: Query
  readonly fields: FacetField[]
}

/** Fields that the query does not name share one question. */
function questions(query: Query): Question[] {
  const shared: Question = { without: query, fields: [] }
  const own: Question[] = []
  for (const field of FACET_FIELDS) {
    const without = withoutField(query, field)
    if (without === query) shared.fields.push(field)
    else own.push({ without, fields: [field] })
  }
  return shared.fields.length > 0 ? [shared, ...own] : own
}

function withoutField(query: Query, field: FacetField): Query {
  const terms = query.kind === 'and' ? query.terms : [query]
  const others = terms.filter((term) => !names(term, field))
  if (others.length === terms.length) return query
  const [only] = others
  return only && others.length === 1 ? only : { kind: 'and', terms: others }
}

function names(term: Query, field: FacetField): boolean {
  if (term.kind === 'not') return names(term.term, field)
  return (term.kind === 'text' || term.kind === 'range') && term.field === field
}

interface Counting {
  readonly fields: readonly FacetField[]
  readonly limit: number
}

interface CountRow {
  readonly field: FacetField
  readonly value: string
  readonly entries: string
}

async function countFields(ask: Ask, query: Query, { fields, limit }: Counting): Promise<Facet[]> {
  const bounds = wholeTime(query)
  const matches = bounds ? undefined : await matchesSql(ask, query)
  const counts = matches
    ? countsOf(matches.rows, fields)
    : countsInAdvance(fields, bounds ?? ALL_TIME, await countedUpTo(ask))
  const rows = await ask<CountRow>(sql`
    SELECT field, coalesce(s.login, value) AS value, entries FROM (
      SELECT c.*, row_number() OVER (PARTITION BY field ORDER BY entries DESC, value) AS place FROM (${counts}) c
    ) c LEFT JOIN subject s ON field = 'actor' AND s.id = CASE WHEN field = 'actor' THEN value::uuid END
    WHERE place <= ${limit} AND (field <> 'actor' OR s.login IS NOT NULL) ORDER BY entries DESC, value`)
  const sampled = matches?.sampled ?? 1
  return fields.map((field) => ({
    field,
    values: rows.filter((row) => row.field === field).map((row) => shown(row)),
    exact: sampled === 1,
    sampled,
  }))
}

/** The time of a query that asks for nothing but whole days of UTC, or for everything. */
function wholeTime(query: Query): TimeBounds | undefined {
  const plain = plainQuery(query)
  return plain && !plain.term && areWholeDays(plain.bounds) ? plain.bounds : undefined
}

/** What is counted already, and what came since. */
function countsInAdvance(fields: readonly FacetField[], bounds: TimeBounds, counted: bigint): Sql {
  const { from, to } = bounds
  const since = sql`SELECT *, 1 AS weight FROM log_entry
    WHERE seq >= ${counted}::bigint AND occurred_at BETWEEN ${new Date(from)}::timestamptz AND ${new Date(to)}::timestamptz`
  return sql`SELECT field, value, sum(entries) AS entries FROM (
      SELECT c.field, c.value, c.entries FROM log_count c WHERE c.field = ANY(${[...fields]}::text[]) AND ${dayRows(bounds)}
      UNION ALL ${countsOf(since, fields)}
    ) c GROUP BY 1, 2`
}

/** Rows are read once, and grouped by each field. */
function countsOf(rows: Sql, fields: readonly FacetField[]): Sql {
  const columns = fields.map((field) => COLUMN[field])
  const sets = columns.map((column) => sql`(${column})`)
  const names = fields.map((field) => sql`WHEN grouping(${COLUMN[field]}) = 0 THEN ${field}::text`)
  return sql`SELECT field, value, entries FROM (
    SELECT CASE ${join(names, ' ')} END AS field, coalesce(${join(columns.map((column) => sql`${column}::text`))}) AS value,
      sum(e.weight) AS entries
    FROM (${rows}) e GROUP BY GROUPING SETS (${join(sets)})) f WHERE value IS NOT NULL`
}

function shown({ field, value, entries }: CountRow): { value: string; entries: number } {
  const text = field === 'severity' ? (SEVERITIES[Number(value)] ?? value) : value
  return { value: text, entries: Number(entries) }
}
