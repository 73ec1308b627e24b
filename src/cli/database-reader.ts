import { setTimeout as pause } from 'node:timers/promises'

import type { AuditEntry } from '../core/domain/index.js'
import type { Query } from '../core/search/index.js'
import {
  countFacets,
  countOverTime,
  entriesAfter,
  entryByReference,
  LedgerError,
  logSize,
  MAX_PAGE,
  otherReadings,
  readAccounts,
  readDeployments,
  readEntryProof,
  readInstallations,
  readPullRequests,
  readRepositories,
  readRuns,
  readSubjects,
  relatedEntries,
  savedQueries,
  searchEntries,
} from '../ledger/index.js'
import type { Database } from '../platform/index.js'
import { pagesOf, type Follower, type LogReader } from './log-reader.js'

/** How long a new entry may stay unseen. */
const POLL_MS = 500

/** The log, read from its database. */
export function databaseReader(database: Database): LogReader {
  const search: LogReader['search'] = (query, page) => searchEntries(database, query, page)
  return {
    search,
    all: (query) => everyPage({ search }, query),
    follow: async (query, follower) =>
      appended(database, query, { ...follower, from: (await logSize(database)) - 1 }),
    entry: (reference) => entryByReference(database, reference),
    place: async (entry) => ({
      proof: await readEntryProof(database, entry.seq),
      readings: await otherReadings(database, entry),
    }),
    savedQueries: () => savedQueries(database),
    related: (entry) => relatedEntries(database, entry),
    facets: (query, limit) => countFacets(database, query, limit),
    histogram: (query, timeZone) => countOverTime(database, query, timeZone),
    runs: (id) => readRuns(database, id),
    deployments: (id) => readDeployments(database, id),
    pullRequests: (pull) => readPullRequests(database, pull),
    repositories: (reference) => readRepositories(database, reference),
    accounts: (name) => readAccounts(database, name),
    installations: (id) => readInstallations(database, id),
    subjects: (reference) => readSubjects(database, reference),
  }
}

async function* everyPage(
  log: Pick<LogReader, 'search'>,
  query: Query,
): AsyncGenerator<readonly AuditEntry[]> {
  for await (const { entries } of pagesOf(log, query, { limit: Infinity, pageSize: MAX_PAGE })) {
    yield entries
  }
}

async function* appended(
  database: Database,
  query: Query,
  { from, signal, say }: Follower & { readonly from: number },
): AsyncGenerator<readonly AuditEntry[]> {
  let seq = from
  let away = false
  for (;;) {
    try {
      const { entries, upTo } = await entriesAfter(database, seq, query, MAX_PAGE)
      seq = upTo
      away = false
      if (entries.length > 0) yield entries
      if (entries.length === MAX_PAGE) continue
    } catch (error) {
      // The interruption closes the database under a search that is under way.
      signal.throwIfAborted()
      if (!(error instanceof LedgerError) || error.code !== 'unavailable') throw error
      if (!away) await say('The database is away; waiting for it.\n')
      away = true
    }
    await pause(POLL_MS, undefined, { signal })
  }
}
