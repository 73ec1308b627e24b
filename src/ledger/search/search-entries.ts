import { sqltag as sql, type Sql } from '@prisma/client/runtime/client'

import type { AuditEntry } from '../../core/domain/index.js'
import type { Query } from '../../core/search/index.js'
import type { Database } from '../../platform/index.js'
import { LedgerError } from '../errors.js'
import { inSearch, SEARCH_TIMEOUT, type Ask } from './ask.js'
import { readCursor, writeCursor, type Place } from './cursor.js'
import { findPage } from './find-page.js'
import { openFound } from './open-found.js'
import { querySql } from './query-sql.js'
import { SearchError } from './search-error.js'

/** Entries in one page at most: a page is held in memory with its leaves. */
export const MAX_PAGE = 1000

interface SearchOptions {
  /** Entries in the page, 1 to `MAX_PAGE`. */
  readonly limit: number
  /** `next` of the page before, as it came. */
  readonly cursor?: string | undefined
  /** Milliseconds; `SEARCH_TIMEOUT` by default. */
  readonly timeout?: number | undefined
}

interface SearchPage {
  /** Newest first, by `occurred_at` and then `seq`. */
  readonly entries: readonly AuditEntry[]
  /** Absent on the last page. */
  readonly next?: string
}

/**
 * One page of the entries that a query means.
 * @throws SearchError `search.cursor`, `search.timeout`; LedgerError `unavailable`
 */
export async function searchEntries(
  database: Database,
  query: Query,
  { limit, cursor, timeout = SEARCH_TIMEOUT }: SearchOptions,
): Promise<SearchPage> {
  const size = pageSize(limit)
  return inSearch(database, timeout, async (ask) => {
    const rows = await findPage(ask, { query, after: await placeOf(ask, cursor), size: size + 1 })
    const page = rows.slice(0, size)
    const last = page.at(-1)
    const entries = await openFound(ask, page)
    if (!last || rows.length <= size) return { entries }
    const place = { occurredAt: last.occurred_at.getTime(), seq: BigInt(last.seq) }
    return { entries, next: writeCursor(place, await cursorKey(ask)) }
  })
}

/** The place of the entry that a cursor stands for. */
async function placeOf(ask: Ask, cursor: string | undefined): Promise<Place | undefined> {
  return cursor === undefined ? undefined : readCursor(cursor, await cursorKey(ask))
}

async function cursorKey(ask: Ask): Promise<Uint8Array> {
  const [row] = await ask<{ key: Uint8Array }>(sql`SELECT key FROM search_key`)
  if (!row) throw new LedgerError('corrupt', 'search_key has no row: restore it from a backup')
  return row.key
}

/** Entries that are looked at in one call: what is rare shall not be looked for in the whole log. */
const FURTHEST = 20_000

/** What was appended after an entry, for following the log. */
interface Following {
  /** In the order of the log. */
  readonly entries: readonly AuditEntry[]
  /** Everything up to this number was looked at: ask from here next time, whether or not something was found. */
  readonly upTo: number
}

/**
 * Entries with a number above `seq` (-1: from the first on) that a query means.
 * @throws SearchError `search.timeout`; LedgerError `unavailable`
 */
export async function entriesAfter(
  database: Database,
  seq: number,
  query: Query,
  limit: number,
): Promise<Following> {
  const size = pageSize(limit)
  const meant = querySql(query)
  // Read first: what is appended meanwhile is left for the next call, never skipped.
  const newest = Math.min((await logSize(database)) - 1, seq + FURTHEST)
  if (newest <= seq) return { entries: [], upTo: seq }
  return inSearch(database, SEARCH_TIMEOUT, async (ask) => {
    const rows = await ask<{ seq: string }>(sql`
      SELECT e.seq FROM log_entry e
      WHERE e.seq > ${BigInt(seq)}::bigint AND e.seq <= ${BigInt(newest)}::bigint AND ${meant}
      ORDER BY e.seq LIMIT ${size}`)
    const last = rows.at(-1)
    const entries = await openFound(ask, rows)
    return { entries, upTo: last && rows.length === size ? Number(last.seq) : newest }
  })
}

/** How many entries the log has. @throws LedgerError `unavailable` */
export async function logSize(database: Database): Promise<number> {
  const rows = await inSearch(database, SEARCH_TIMEOUT, (ask) =>
    ask<{ size: string }>(sql`SELECT size FROM log_state`),
  )
  return Number(rows[0]?.size ?? 0)
}

/**
 * One entry by its id (UUID) or its number in the log; `undefined` if there is none.
 * @throws SearchError `search.reference`; LedgerError `unavailable`
 */
export async function entryByReference(
  database: Database,
  reference: string,
): Promise<AuditEntry | undefined> {
  const named = referenceSql(reference)
  return inSearch(database, SEARCH_TIMEOUT, async (ask) => {
    const rows = await ask<{ seq: string }>(sql`SELECT e.seq FROM log_entry e WHERE ${named}`)
    return (await openFound(ask, rows))[0]
  })
}

function referenceSql(reference: string): Sql {
  if (/^\d{1,18}$/.test(reference)) return sql`e.seq = ${BigInt(reference)}::bigint`
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(reference))
    return sql`e.id = ${reference}::uuid`
  const message = `“${reference.slice(0, 100)}” is neither the number of an entry nor its id (a UUID)`
  throw new SearchError('search.reference', message)
}

function pageSize(limit: number): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_PAGE) return limit
  throw new RangeError(`a page has 1 to ${String(MAX_PAGE)} entries, not ${String(limit)}`)
}
