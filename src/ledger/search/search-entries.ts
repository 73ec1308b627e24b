import { sqltag as sql, type Sql } from '@prisma/client/runtime/client'

import type { AuditEntry } from '../../core/domain/index.js'
import type { Query } from '../../core/search/index.js'
import type { Database } from '../../platform/index.js'
import { openEntries } from '../open-entries.js'
import { readCursor, writeCursor } from './cursor.js'
import { querySql } from './query-sql.js'
import { readable, SearchError } from './search-error.js'

/** Entries in one page at most: a page is held in memory with its leaves. */
export const MAX_PAGE = 1000

/** Milliseconds that one search may take in the database. */
const SEARCH_TIMEOUT = 10_000

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

interface EntryRow {
  readonly seq: bigint
  readonly leaf: Uint8Array
  readonly occurred_at: Date
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
  const after = cursor === undefined ? undefined : readCursor(cursor)
  const start = after
    ? sql`(e.occurred_at, e.seq) < (${new Date(after.occurredAt)}::timestamptz, ${after.seq}::bigint)`
    : sql`TRUE`
  const rows = await ask<EntryRow>(
    database,
    timeout,
    sql`
    SELECT e.seq, e.leaf, e.occurred_at FROM log_entry e
    WHERE ${start} AND ${querySql(query)}
    ORDER BY e.occurred_at DESC, e.seq DESC LIMIT ${size + 1}`,
  )
  const page = rows.slice(0, size)
  const last = page.at(-1)
  const entries = await opened(database, page, timeout)
  if (!last || rows.length <= size) return { entries }
  const next = writeCursor({ occurredAt: last.occurred_at.getTime(), seq: last.seq })
  return { entries, next }
}

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
  // Read first: what is appended meanwhile is left for the next call, never skipped.
  const newest = (await logSize(database)) - 1
  if (newest <= seq) return { entries: [], upTo: seq }
  const rows = await ask<EntryRow>(
    database,
    SEARCH_TIMEOUT,
    sql`
    SELECT e.seq, e.leaf, e.occurred_at FROM log_entry e
    WHERE e.seq > ${BigInt(seq)}::bigint AND e.seq <= ${BigInt(newest)}::bigint AND ${querySql(query)}
    ORDER BY e.seq LIMIT ${size}`,
  )
  const last = rows.at(-1)
  const entries = await opened(database, rows, SEARCH_TIMEOUT)
  return { entries, upTo: last && rows.length === size ? Number(last.seq) : newest }
}

/** How many entries the log has. @throws LedgerError `unavailable` */
export async function logSize(database: Database): Promise<number> {
  const rows = await ask<{ size: bigint }>(
    database,
    SEARCH_TIMEOUT,
    sql`SELECT size FROM log_state`,
  )
  return Number(rows[0]?.size ?? 0n)
}

/**
 * One entry by its id (UUID) or its number in the log; `undefined` if there is none.
 * @throws SearchError `search.reference`; LedgerError `unavailable`
 */
export async function entryByReference(
  database: Database,
  reference: string,
): Promise<AuditEntry | undefined> {
  const rows = await ask<EntryRow>(
    database,
    SEARCH_TIMEOUT,
    sql`
    SELECT e.seq, e.leaf, e.occurred_at FROM log_entry e WHERE ${referenceSql(reference)}`,
  )
  return (await opened(database, rows, SEARCH_TIMEOUT))[0]
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

/** In a read-only transaction of its own, which ends the statement when its time is over. */
async function ask<Row>(database: Database, timeout: number, statement: Sql): Promise<Row[]> {
  const { prisma } = database
  try {
    const [, rows] = await prisma.$transaction([
      prisma.$queryRaw`SELECT set_config('transaction_read_only', 'on', true),
        set_config('jit', 'off', true), set_config('statement_timeout', ${String(timeout)}, true)`,
      prisma.$queryRaw<Row[]>(statement),
    ])
    return rows
  } catch (error) {
    throw readable(error, timeout)
  }
}

async function opened(
  database: Database,
  rows: readonly EntryRow[],
  timeout: number,
): Promise<AuditEntry[]> {
  try {
    return await openEntries(database, rows)
  } catch (error) {
    throw readable(error, timeout)
  }
}
