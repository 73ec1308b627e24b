import type {
  AuditEntry,
  Finding,
  HostedName,
  ReportChange,
  ReportGreenRun,
  ReportRun,
  ReportWindow,
  ReportWindowPush,
} from '../../core/domain/index.js'
import type { Database } from '../../platform/index.js'
import { readDefinition, type DefinitionParts } from '../definitions/index.js'
import { changesBetween, lastGreenRun, pushesBetween } from '../read-entries.js'
import { linkOf, personOf } from './derive-runs.js'

/** What a window is read from besides the log. */
export interface WindowFacts {
  /** The run's commit: a green run on it is no earlier one. */
  readonly sha: string
  /** Of the run at least. */
  readonly entries: readonly AuditEntry[]
  readonly findingsIn: (entries: readonly AuditEntry[]) => readonly Finding[]
  readonly definitions: DefinitionParts
}

/** Changes of a window that a report lists; the rest is counted. */
const LISTED_CHANGES = 20
/** How far back a window reaches that no green run opens. */
const DAYS_WITHOUT_GREEN = 30

/** One window for each workflow and branch that ran on the commit. */
export async function readWindows(
  database: Database,
  repo: HostedName,
  facts: WindowFacts & { readonly runs: readonly ReportRun[] },
): Promise<ReportWindow[]> {
  const newest = new Map<string, ReportRun>()
  for (const run of facts.runs) newest.set(`${run.workflow} ${run.ref ?? ''}`, run)
  const windows: ReportWindow[] = []
  for (const run of newest.values()) windows.push(await readWindow(database, repo, facts, run))
  return windows
}

/** What changed around one run attempt since its workflow was last green on its branch. */
export async function readWindow(
  database: Database,
  repo: HostedName,
  { sha, entries, findingsIn, definitions }: WindowFacts,
  { workflow, ref, runId, attempt }: ReportRun,
): Promise<ReportWindow> {
  const key = { host: repo.host, repoId: repo.id }
  const ofRun = entries.filter(
    ({ ci }) => ci?.run_id === runId && (ci.run_attempt ?? 1) === attempt,
  )
  const until = latestTime(ofRun)
  const run = { workflow, sha, before: until }
  const green = ref === undefined ? undefined : await lastGreenRun(database, key, { ...run, ref })
  const after = green?.occurred_at ?? daysBefore(until)
  const account = repo.name.split('/', 1)[0] ?? ''
  const pushes = ref === undefined ? [] : await pushesBetween(database, key, { ref, after, until })
  const told = new Set(pushes.map(({ seq }) => seq))
  const all = await changesBetween(database, key, { account, after, until })
  // A forced push to the branch itself is told with its pushes.
  const changes = all.filter(({ seq }) => !told.has(seq))
  return {
    workflow,
    ref,
    lastGreen: green && greenRun(green),
    opens: after,
    pushes: pushes.map(windowPush),
    changes: await readChanges(changes.slice(0, LISTED_CHANGES), { findingsIn, definitions }),
    more: Math.max(0, changes.length - LISTED_CHANGES),
  }
}

function greenRun(green: AuditEntry): ReportGreenRun {
  return {
    runNumber: green.ci?.run_number,
    headSha: green.ci?.head_sha ?? '',
    at: green.occurred_at,
    url: linkOf(green, 'run'),
  }
}

function daysBefore(until: string): string {
  return new Date(Date.parse(until) - DAYS_WITHOUT_GREEN * 86_400_000).toISOString()
}

function windowPush(push: AuditEntry): ReportWindowPush {
  const commits = push.labels?.['commits']
  const authors = push.targets.filter(({ type }) => type === 'commit_author')
  return {
    seq: push.seq,
    at: push.occurred_at,
    actor: personOf(push.actor),
    forced: push.labels?.['forced'] === true,
    commits: typeof commits === 'number' ? commits : 0,
    headSha: push.ci?.head_sha ?? '',
    // Without the address: who reads this needs no list of them.
    authors: authors.flatMap(({ name }) => (name ? [name.replace(/ ?<[^>]*>$/, '')] : [])),
    url: linkOf(push, 'compare') ?? linkOf(push, 'commit'),
  }
}

function latestTime(entries: readonly AuditEntry[]): string {
  let latest = ''
  for (const { occurred_at } of entries) if (occurred_at > latest) latest = occurred_at
  return latest || '9998-12-31T23:59:59.999Z'
}

/** Pipeline files of a window whose difference is looked at, nearest first. */
const COMPARED_CHANGES = 5

async function readChanges(
  entries: readonly AuditEntry[],
  { findingsIn, definitions }: Pick<WindowFacts, 'findingsIn' | 'definitions'>,
): Promise<ReportChange[]> {
  const changes: ReportChange[] = []
  let compared = 0
  for (const entry of entries) {
    const definition =
      compared < COMPARED_CHANGES ? await readDefinition(definitions, entry) : undefined
    if (definition) compared += 1
    changes.push({ ...changeOf(entry, findingsIn), ...(definition && { definition }) })
  }
  return changes
}

function changeOf(entry: AuditEntry, findingsIn: WindowFacts['findingsIn']): ReportChange {
  return {
    seq: entry.seq,
    at: entry.occurred_at,
    action: entry.action,
    category: entry.category,
    actor: personOf(entry.actor),
    target: targetOf(entry),
    url: entry.targets[0]?.url ?? entry.links?.[0]?.url,
    weakens: entry.labels?.['weakened'] === true,
    finding: findingsIn([entry])[0],
  }
}

export function targetOf({ targets: [target] }: AuditEntry): string | undefined {
  const name = target?.name ?? target?.id
  return name === undefined ? undefined : String(name)
}
