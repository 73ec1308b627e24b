import type { AuditEntry, HostedName } from '../core/domain/index.js'
import type { Database } from '../platform/index.js'
import { openEntries } from './open-entries.js'
import { withoutReplaced } from './reprocess/replaced.js'

/** An entry and the installation whose delivery brought it: reactions are made with that installation's rights. */
export interface RecordedEntry {
  readonly entry: AuditEntry
  readonly installationId: number | undefined
}

interface EntryRow {
  readonly seq: bigint
  readonly leaf: Uint8Array
}

/** A repository on a host: ids outlive names. */
export interface RepositoryKey {
  readonly host: string
  readonly repoId: number
}

/** Entries of one commit that a report reads at most, newest first. */
const COMMIT_ENTRIES = 500
/** Entries between two runs that a report reads at most, newest first. */
const CHANGE_ENTRIES = 100
/** Pushes between two runs that a report reads at most, newest first. */
const WINDOW_PUSHES = 50
/** Readings of one delivery among which the newest is looked for. */
const MOST_READINGS = 10

// The delivery is looked up by subquery: a log grows faster than its statistics, and with a join the planner reads all of it.

/** Entries from ≤ seq < to, in order. */
export async function entriesInRange(
  database: Database,
  from: number,
  to: number,
): Promise<RecordedEntry[]> {
  const rows = await database.prisma.$queryRaw<(EntryRow & { installation_id: bigint | null })[]>`
    SELECT e.seq, e.leaf, (SELECT installation_id FROM delivery WHERE first_seq = e.delivery)
    FROM log_entry e WHERE e.seq >= ${from} AND e.seq < ${to} ORDER BY e.seq`
  const installations = rows.map((row) =>
    row.installation_id === null ? undefined : Number(row.installation_id),
  )
  const entries = await openEntries(database, rows)
  return entries.map((entry, index) => ({ entry, installationId: installations[index] }))
}

/** What of an entry tells whether anything is to be done about it, without opening it. */
export interface Headline {
  readonly seq: number
  readonly action: string
  readonly headSha: string | undefined
  readonly repo: HostedName | undefined
  readonly installationId: number | undefined
  /** Another reading of an old delivery: the log knows better, but nothing new happened. */
  readonly isReread: boolean
}

interface HeadlineRow {
  readonly source: string
  readonly seq: bigint
  readonly action: string
  readonly head_sha: string | null
  readonly host: string | null
  readonly repo_id: bigint | null
  readonly repo: string | null
  readonly installation_id: bigint | null
}

/** Headlines of the entries from ≤ seq < to that have one of these actions, in order. */
export async function headlinesInRange(
  database: Database,
  { from, to }: { readonly from: number; readonly to: number },
  actions: readonly string[],
): Promise<Headline[]> {
  const rows = await database.prisma.$queryRaw<HeadlineRow[]>`
    SELECT e.seq, e.action, e.source, e.head_sha, e.host, e.repo_id, e.repo,
      (SELECT installation_id FROM delivery WHERE first_seq = e.delivery)
    FROM log_entry e WHERE e.seq >= ${from} AND e.seq < ${to} AND e.action = ANY(${[...actions]}) ORDER BY e.seq`
  return rows.map(({ seq, action, source, head_sha, host, repo_id, repo, installation_id }) => ({
    seq: Number(seq),
    action,
    isReread: source === 'reprocess',
    headSha: head_sha ?? undefined,
    repo:
      repo_id === null ? undefined : { host: host ?? '', id: Number(repo_id), name: repo ?? '' },
    installationId: installation_id === null ? undefined : Number(installation_id),
  }))
}

/** What is recorded about a commit, oldest first; without checks and statuses, of which one push makes hundreds. */
export async function entriesOfCommit(
  database: Database,
  { host, repoId }: RepositoryKey,
  sha: string,
): Promise<AuditEntry[]> {
  const rows = await database.prisma.$queryRaw<EntryRow[]>`
    SELECT seq, leaf FROM log_entry
    WHERE head_sha = ${sha} AND repo_id = ${repoId} AND host = ${host} AND category <> 'quality'
    ORDER BY seq DESC LIMIT ${COMMIT_ENTRIES}`
  return withoutReplaced(database, await openEntries(database, rows.toReversed()))
}

/** The newest run of a workflow on a ref that succeeded before a moment, on another commit. */
export async function lastGreenRun(
  database: Database,
  { host, repoId }: RepositoryKey,
  run: {
    readonly workflow: string
    readonly ref: string
    readonly sha: string
    readonly before: string
  },
): Promise<AuditEntry | undefined> {
  const rows = await database.prisma.$queryRaw<EntryRow[]>`
    SELECT seq, leaf FROM log_entry
    WHERE repo_id = ${repoId} AND host = ${host} AND action = 'workflow_run.completed' AND outcome = 'success'
      AND workflow = ${run.workflow} AND ref = ${run.ref} AND head_sha <> ${run.sha}
      AND occurred_at < ${new Date(run.before)}
    ORDER BY occurred_at DESC, seq DESC LIMIT ${MOST_READINGS}`
  return (await withoutReplaced(database, await openEntries(database, rows)))[0]
}

/** After one moment and up to another. */
export interface TimeWindow {
  readonly after: string
  readonly until: string
}

/**
 * What changed in a repository, and in its account as a whole, within a window; newest first. Pushes that only bring
 * commits are told of elsewhere; a forced one or a moved tag is a change to suspect. Each half has an index of its own
 * (0010_files), whose conditions stand here in the same words.
 */
export async function changesBetween(
  database: Database,
  { host, repoId }: RepositoryKey,
  { account, after, until }: TimeWindow & { readonly account: string },
): Promise<AuditEntry[]> {
  const [from, to] = [new Date(after), new Date(until)]
  const rows = await database.prisma.$queryRaw<EntryRow[]>`
    (SELECT seq, leaf, occurred_at FROM log_entry
     WHERE repo_id = ${repoId} AND host = ${host}
       AND (category IN ('pipeline', 'secret', 'security', 'setting', 'access')
         OR action IN ('push.created', 'push.forced', 'branch.created', 'tag.moved', 'deployment.created'))
       AND action NOT IN ('push.created', 'branch.created')
       AND occurred_at > ${from} AND occurred_at <= ${to}
     ORDER BY occurred_at DESC, seq DESC LIMIT ${CHANGE_ENTRIES})
    UNION ALL
    (SELECT seq, leaf, occurred_at FROM log_entry
     WHERE account = ${account} AND host = ${host} AND repo_id IS NULL
       AND category IN ('pipeline', 'secret', 'security', 'setting', 'access')
       AND occurred_at > ${from} AND occurred_at <= ${to}
     ORDER BY occurred_at DESC, seq DESC LIMIT ${CHANGE_ENTRIES})
    ORDER BY occurred_at DESC, seq DESC LIMIT ${CHANGE_ENTRIES}`
  return withoutReplaced(database, await openEntries(database, rows))
}

/** Pushes to a branch within a window, newest first. @param ref `main` or `refs/heads/main` */
export async function pushesBetween(
  database: Database,
  { host, repoId }: RepositoryKey,
  { ref, after, until }: TimeWindow & { readonly ref: string },
): Promise<AuditEntry[]> {
  const refs = [ref, `refs/heads/${ref}`]
  const rows = await database.prisma.$queryRaw<EntryRow[]>`
    SELECT seq, leaf FROM log_entry
    WHERE repo_id = ${repoId} AND host = ${host}
      AND (category IN ('pipeline', 'secret', 'security', 'setting', 'access')
        OR action IN ('push.created', 'push.forced', 'branch.created', 'tag.moved', 'deployment.created'))
      AND action IN ('push.created', 'push.forced', 'branch.created') AND ref = ANY(${refs})
      AND occurred_at > ${new Date(after)} AND occurred_at <= ${new Date(until)}
    ORDER BY occurred_at DESC, seq DESC LIMIT ${WINDOW_PUSHES}`
  return withoutReplaced(database, await openEntries(database, rows))
}

/** Entries of a workflow run, on whichever host and repository, oldest first. */
export async function entriesOfRun(database: Database, runId: number): Promise<AuditEntry[]> {
  const rows = await database.prisma.$queryRaw<EntryRow[]>`
    SELECT seq, leaf FROM log_entry WHERE run_id = ${runId} ORDER BY seq DESC LIMIT ${COMMIT_ENTRIES}`
  return withoutReplaced(database, await openEntries(database, rows.toReversed()))
}

/** Repositories that have entries of a commit. @param sha the whole of it */
export async function repositoriesOfCommit(
  database: Database,
  sha: string,
): Promise<RepositoryKey[]> {
  const rows = await database.prisma.$queryRaw<{ host: string; repo_id: bigint }[]>`
    SELECT DISTINCT host, repo_id FROM log_entry
    WHERE head_sha = ${sha} AND repo_id IS NOT NULL AND host IS NOT NULL LIMIT 20`
  return rows.map(({ host, repo_id }) => ({ host, repoId: Number(repo_id) }))
}

/** The hash that stands for an entry in the tree, in hex; `undefined` if there is no such entry. */
export async function leafHashOf(database: Database, seq: number): Promise<string | undefined> {
  const [row] = await database.prisma.$queryRaw<{ leaf_hash: Uint8Array }[]>`
    SELECT leaf_hash FROM log_entry WHERE seq = ${seq}`
  return row && Buffer.from(row.leaf_hash).toString('hex')
}
