import type { AuditEntry } from '../../core/domain/index.js'
import type { RunMoment } from '../../core/derive/index.js'
import type { Database } from '../../platform/index.js'
import { openEntries } from '../open-entries.js'
import { withoutReplaced } from '../reprocess/replaced.js'
import type { RepositoryKey } from '../read-entries.js'

interface EntryRow {
  readonly seq: bigint
  readonly leaf: Uint8Array
}

/** SQL over a row `e` of log_entry, for the `where` of a rule. */
export const BY_BOT = `e.actor_type IN ('bot', 'app')`

/** From and to, milliseconds since 1970, both included. */
export interface Span {
  readonly from: number
  readonly to: number
}

export function repositoryOf({ repo }: AuditEntry): RepositoryKey | undefined {
  return repo && { host: repo.host, repoId: repo.id }
}

/** Entries of these actions in a repository within a span of time, in its order. */
export async function entriesWithin(
  database: Database,
  { host, repoId }: RepositoryKey,
  { from, to }: Span,
  which: { readonly actions: readonly string[]; readonly limit: number; readonly byBots?: boolean },
): Promise<AuditEntry[]> {
  const types = which.byBots ? ['bot', 'app'] : null
  const rows = await database.prisma.$queryRaw<EntryRow[]>`
    SELECT seq, leaf FROM log_entry
    WHERE repo_id = ${repoId} AND host = ${host} AND action = ANY(${[...which.actions]})
      AND (${types}::text[] IS NULL OR actor_type = ANY(${types}::text[]))
      AND occurred_at >= ${new Date(from)} AND occurred_at <= ${new Date(to)}
    ORDER BY occurred_at, seq LIMIT ${which.limit}`
  return withoutReplaced(database, await openEntries(database, rows))
}

/** Entries of these actions in a repository that were recorded about when another one was, in the order of the log. */
export async function entriesRecordedNear(
  database: Database,
  { host, repoId }: RepositoryKey,
  { seq, recorded_at }: AuditEntry,
  which: { readonly actions: readonly string[]; readonly withinMs: number },
): Promise<AuditEntry[]> {
  const at = Date.parse(recorded_at)
  const rows = await database.prisma.$queryRaw<EntryRow[]>`
    SELECT seq, leaf FROM log_entry
    WHERE seq BETWEEN ${seq - NEIGHBOURS} AND ${seq + NEIGHBOURS}
      AND repo_id = ${repoId} AND host = ${host} AND action = ANY(${[...which.actions]})
      AND recorded_at BETWEEN ${new Date(at - which.withinMs)} AND ${new Date(at + which.withinMs)}
    ORDER BY seq`
  return withoutReplaced(database, await openEntries(database, rows))
}

/** The log has no index by when an entry was recorded: its numbers are that order. */
const NEIGHBOURS = 5000

interface MomentRow {
  readonly seq: bigint
  readonly action: string
  readonly run_id: bigint
  readonly run_attempt: number | null
  readonly head_sha: string | null
  readonly occurred_at: Date
}

/** What a repository's runs went through within a span of time, from the columns alone. */
export async function runMoments(
  database: Database,
  { host, repoId }: RepositoryKey,
  { from, to }: Span,
): Promise<RunMoment[]> {
  const rows = await database.prisma.$queryRaw<MomentRow[]>`
    SELECT seq, action, run_id, run_attempt, head_sha, occurred_at FROM log_entry
    WHERE repo_id = ${repoId} AND host = ${host} AND run_id IS NOT NULL
      AND action IN ('workflow_run.requested', 'workflow_run.rerun', 'workflow_run.started', 'workflow_run.completed')
      AND occurred_at >= ${new Date(from)} AND occurred_at <= ${new Date(to)}`
  return rows.map((row) => ({
    seq: Number(row.seq),
    action: row.action,
    runId: Number(row.run_id),
    attempt: row.run_attempt ?? 1,
    headSha: row.head_sha ?? undefined,
    at: row.occurred_at.getTime(),
  }))
}

/** Everything but builds that belongs together, oldest first. */
export async function entriesTogether(
  database: Database,
  correlationId: string,
  host: string,
): Promise<AuditEntry[]> {
  const rows = await database.prisma.$queryRaw<EntryRow[]>`
    SELECT seq, leaf FROM log_entry
    WHERE correlation_id = ${correlationId} AND category <> 'build' AND host = ${host}
    ORDER BY occurred_at DESC, seq DESC LIMIT ${MOST_TOGETHER}`
  return withoutReplaced(database, await openEntries(database, rows.toReversed()))
}

/** A pull request with a thousand events is one of a kind. */
const MOST_TOGETHER = 2000
