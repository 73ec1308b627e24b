import { sqltag as sql, type Sql } from '@prisma/client/runtime/client'

import type { AuditEntry } from '../../core/domain/index.js'
import type { Query } from '../../core/search/index.js'
import { newestReadings } from '../../core/state/index.js'
import type { Database } from '../../platform/index.js'
import { inSearch, SEARCH_TIMEOUT } from '../search/ask.js'
import { openFound } from '../search/open-found.js'
import { querySql } from '../search/query-sql.js'

/** All that there is, for a reader who may see everything. */
export const EVERYTHING: Query = { kind: 'and', terms: [] }

/** Entries of one thing that are read at most: an installation may see ten thousand repositories. */
const MOST_ENTRIES = 20_000

interface Part {
  /** Over `log_entry e`. */
  readonly where: Sql
  readonly order?: Sql
  readonly limit?: number
}

const NEWEST_FIRST = sql`e.occurred_at DESC, e.seq DESC`

/**
 * Entries that one index finds, the newest readings of their deliveries only.
 * @param within told from these entries only: others are not there for whoever asks
 * @throws SearchError `search.timeout`; LedgerError `unavailable`
 */
export async function entriesWhere(
  database: Database,
  within: Query,
  { where, order = NEWEST_FIRST, limit = MOST_ENTRIES }: Part,
): Promise<AuditEntry[]> {
  const entries = await inSearch(database, SEARCH_TIMEOUT, async (ask) => {
    const rows = await ask<{ seq: string }>(sql`
      SELECT e.seq FROM log_entry e WHERE ${where} AND ${querySql(within)} ORDER BY ${order} LIMIT ${limit}`)
    return openFound(ask, rows)
  })
  return newestReadings(entries)
}

/** Everything but builds that belongs together, on every host. */
export function entriesTogether(
  database: Database,
  within: Query,
  correlationIds: readonly string[],
): Promise<AuditEntry[]> {
  const where = sql`e.correlation_id IS NOT NULL AND e.correlation_id = ANY(${[...correlationIds]}::text[])
    AND e.category <> 'build'`
  return entriesWhere(database, within, { where })
}

/** Each entry once, whichever questions found it. */
export function onceEach(...found: readonly (readonly AuditEntry[])[]): AuditEntry[] {
  return [...new Map(found.flat().map((entry) => [entry.seq, entry])).values()]
}
