import type { AuditEntry } from '../core/domain/index.js'
import type { Query, SavedQuery } from '../core/search/index.js'
import {
  countFacets,
  countOverTime,
  currentRoot,
  entriesAfter,
  entryByReference,
  leafHashOf,
  otherReadings,
  type OtherReadings,
  logSize,
  readProofFile,
  savedQueries,
  relatedEntries,
  searchEntries,
  type Facet,
  type Histogram,
  type RelatedEntries,
} from '../ledger/index.js'
import type { Config, Database } from '../platform/index.js'
import type { CliContext } from './context.js'
import type { EntryProof } from './text/entry-details.js'
import { withDatabase } from './with-database.js'

/**
 * What the commands ask of a log. The database answers it; so can anything else that has the same answers, such as a
 * client of the HTTP API.
 */
export interface LogReader {
  /** One page, newest first; `limit` is 1 to `MAX_PAGE`. */
  search(
    query: Query,
    page: { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<{ readonly entries: readonly AuditEntry[]; readonly next?: string }>
  /** What came after an entry, in the order of the log, and up to where was looked. */
  after(
    seq: number,
    query: Query,
    limit: number,
  ): Promise<{ readonly entries: readonly AuditEntry[]; readonly upTo: number }>
  /** How many entries there are. */
  size(): Promise<number>
  /** By number or id. */
  entry(reference: string): Promise<AuditEntry | undefined>
  proof(seq: number): Promise<EntryProof>
  /** What replaced the entry and what it replaced, where its delivery was read again. */
  readings(entry: AuditEntry): Promise<OtherReadings>
  savedQueries(): Promise<readonly SavedQuery[]>
  related(entry: AuditEntry): Promise<RelatedEntries>
  facets(query: Query, limit: number): Promise<readonly Facet[]>
  histogram(query: Query, timeZone: string): Promise<Histogram>
}

/** Opens the log that the settings name, and closes it again. @throws as `withDatabase` */
export function withLog<Result>(
  context: CliContext,
  work: (log: LogReader, config: Config) => Promise<Result>,
): Promise<Result> {
  return withDatabase(context, (database, config) => work(databaseReader(database), config))
}

function databaseReader(database: Database): LogReader {
  return {
    search: (query, page) => searchEntries(database, query, page),
    after: (seq, query, limit) => entriesAfter(database, seq, query, limit),
    size: () => logSize(database),
    savedQueries: () => savedQueries(database),
    entry: (reference) => entryByReference(database, reference),
    proof: (seq) => readProof(database, seq),
    readings: (entry) => otherReadings(database, entry),
    related: (entry) => relatedEntries(database, entry),
    facets: (query, limit) => countFacets(database, query, limit),
    histogram: (query, timeZone) => countOverTime(database, query, timeZone),
  }
}

/** Under the newest checkpoint that covers the entry; without one, as the tree stands. */
async function readProof(database: Database, seq: number): Promise<EntryProof> {
  const leafHash = await leafHashOf(database, seq)
  const proof = await readProofFile(database, seq)
  if (!proof) return { leafHash, ...(await currentRoot(database)) }
  const { size, root, origin } = proof.checkpoint
  return { leafHash, size, root: Buffer.from(root).toString('hex'), origin, file: proof.file }
}

/** Pages of what a query means, until there is nothing more or somebody has had enough. */
export async function* pagesOf(
  log: LogReader,
  query: Query,
  { limit, pageSize }: { readonly limit: number; readonly pageSize: number },
): AsyncGenerator<{ readonly entries: readonly AuditEntry[]; readonly next?: string }> {
  let left = limit
  let cursor: string | undefined
  do {
    const page = await log.search(query, { limit: Math.min(pageSize, left), cursor })
    left -= page.entries.length
    cursor = page.next
    yield page
  } while (cursor !== undefined && left > 0)
}
