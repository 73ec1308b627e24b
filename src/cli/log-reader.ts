import type { AuditEntry } from '../core/domain/index.js'
import type { Query, SavedQuery } from '../core/search/index.js'
import type {
  AccountState,
  DeploymentState,
  InstallationState,
  PullRequestState,
  RepositoryState,
} from '../core/state/index.js'
import type {
  EntryProof,
  Facet,
  Histogram,
  OtherReadings,
  RelatedEntries,
  RunStory,
  SubjectStory,
} from '../ledger/index.js'

/** One page, newest first. */
export interface EntryPage {
  readonly entries: readonly AuditEntry[]
  /** What the next page begins with; absent on the last one. */
  readonly next?: string | undefined
}

/** What is asked of a log while it grows. */
export interface Follower {
  readonly signal: AbortSignal
  /** Told to the person who waits: that the log is away, and that it is waited for. */
  readonly say: (text: string) => Promise<void>
}

/** What the commands ask of a log: the database answers it, and so does a server over HTTP. */
export interface LogReader {
  /** `limit` is 1 to `MAX_PAGE`. */
  search(
    query: Query,
    page: { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<EntryPage>
  /** All that a query means, newest first, in parts that fit into memory. */
  all(query: Query): AsyncIterable<readonly AuditEntry[]>
  /** What is appended from now on, in the order of the log. Resolved: from then on nothing is missed. It has no end. */
  follow(query: Query, follower: Follower): Promise<AsyncIterable<readonly AuditEntry[]>>
  /** By number or id. */
  entry(reference: string): Promise<AuditEntry | undefined>
  /** Its proof; what replaced it and what it replaced, where its delivery was read again. */
  place(entry: AuditEntry): Promise<EntryPlace>
  savedQueries(): Promise<readonly SavedQuery[]>
  related(entry: AuditEntry): Promise<RelatedEntries>
  facets(query: Query, limit: number): Promise<readonly CountedField[]>
  histogram(query: Query, timeZone: string): Promise<Histogram>
  runs(id: number): Promise<readonly RunStory[]>
  deployments(id: number): Promise<readonly DeploymentState[]>
  pullRequests(pull: PullReference): Promise<readonly PullRequestState[]>
  /** By `owner/name`, or by the id in digits. */
  repositories(reference: string): Promise<readonly RepositoryState[]>
  accounts(name: string): Promise<readonly AccountState[]>
  installations(id: number): Promise<readonly InstallationState[]>
  /** By a login, or by the random id that stands for somebody in leaves. */
  subjects(reference: string): Promise<readonly SubjectStory[]>
}

/** A server of another version may count other fields. */
export type CountedField = Omit<Facet, 'field'> & { readonly field: string }

export interface EntryPlace {
  readonly proof: EntryProof
  readonly readings: OtherReadings
}

export interface PullReference {
  /** `owner/name` */
  readonly repository: string
  readonly number: number
}

/** Pages of what a query means, until there is nothing more or somebody has had enough. */
export async function* pagesOf(
  log: Pick<LogReader, 'search'>,
  query: Query,
  { limit, pageSize }: { readonly limit: number; readonly pageSize: number },
): AsyncGenerator<EntryPage> {
  let left = limit
  let cursor: string | undefined
  do {
    const page = await log.search(query, { limit: Math.min(pageSize, left), cursor })
    left -= page.entries.length
    cursor = page.next
    yield page
  } while (cursor !== undefined && left > 0)
}
