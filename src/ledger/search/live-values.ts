import { sqltag as sql, type Sql } from '@prisma/client/runtime/client'

import { allOf, type Query, type TextField } from '../../core/search/index.js'
import type { Database } from '../../platform/index.js'
import { inSearch } from './ask.js'
import { matchesSql } from './matches-sql.js'

/** Milliseconds: whoever types waits for nothing longer. */
const TIMEOUT = 2000

/** Fields whose values the sample of the log keeps too, so that frequent ones are counted quickly. */
const COLUMN = {
  action: sql`e.action`,
  actor: sql`e.actor::text`,
  repo: sql`e.repo`,
  workflow: sql`e.workflow`,
  env: sql`e.environment`,
} as const satisfies Partial<Record<TextField, Sql>>

interface LiveValue {
  readonly value: string
  readonly entries: number
}

interface Wanted {
  readonly field: TextField
  /** What the value begins with; empty: any. */
  readonly prefix: string
  /** Among the entries that this means. */
  readonly within: Query
}

/**
 * The most frequent values of a field that begin so; none of fields that are not counted. Numbers are estimates where there are
 * many. A person who was erased has no login, and is left out.
 * @throws SearchError `search.timeout`, `search.words`; LedgerError `unavailable`
 */
export async function liveValues(
  database: Database,
  { field, prefix, within }: Wanted,
  limit: number,
): Promise<LiveValue[]> {
  if (!isCounted(field)) return []
  const begins: Query = { kind: 'text', field, any: [{ match: 'prefix', text: prefix }] }
  return inSearch(database, TIMEOUT, async (ask) => {
    const { rows } = await matchesSql(ask, allOf([within, begins]))
    const found = await ask<{ value: string; entries: string }>(sql`
      SELECT coalesce(s.login, v.value) AS value, v.entries FROM (
        SELECT ${COLUMN[field]} AS value, sum(e.weight) AS entries FROM (${rows}) e
        WHERE ${COLUMN[field]} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${limit}) v
      LEFT JOIN subject s ON ${field} = 'actor' AND s.id = CASE WHEN ${field} = 'actor' THEN v.value::uuid END
      WHERE ${field} <> 'actor' OR s.login IS NOT NULL ORDER BY v.entries DESC, value`)
    return found.map(({ value, entries }) => ({ value, entries: Number(entries) }))
  })
}

function isCounted(field: TextField): field is keyof typeof COLUMN {
  return Object.hasOwn(COLUMN, field)
}
