import type {
  AuditEntry,
  EntryPrincipal,
  ReportJob,
  ReportPerson,
  ReportRun,
} from '../../core/domain/index.js'
import { groupBy } from '../../core/domain/index.js'

/** States in the order in which a run goes through them: a late older event never overwrites a newer state. */
const RUN_RANKS: Readonly<Record<string, number>> = {
  'workflow_run.requested': 0,
  'workflow_run.rerun': 0,
  'workflow_run.started': 1,
  'workflow_run.completed': 2,
}

const JOB_RANKS: Readonly<Record<string, number>> = {
  'workflow_job.queued': 0,
  'workflow_job.waiting': 1,
  'workflow_job.started': 2,
  'workflow_job.completed': 3,
}

const RUN_STATES = ['waiting', 'in_progress', 'completed'] as const

/** Every run attempt that the entries tell of: state is a fold over facts, in whichever order they came. */
export function deriveRuns(entries: readonly AuditEntry[]): ReportRun[] {
  const jobs = groupBy(latestPer(entries, JOB_RANKS, jobKey), attemptKey)
  return latestPer(entries, RUN_RANKS, attemptKey)
    .map((entry) => runOf(entry, jobs.get(attemptKey(entry)) ?? []))
    .sort((one, other) => one.runId - other.runId || one.attempt - other.attempt)
}

/** Of each thing the entry of the highest state; of equal states the newest. */
function latestPer(
  entries: readonly AuditEntry[],
  ranks: Readonly<Record<string, number>>,
  keyOf: (entry: AuditEntry) => string,
): AuditEntry[] {
  const latest = new Map<string, AuditEntry>()
  for (const entry of entries) {
    const rank = ranks[entry.action]
    if (rank === undefined || entry.ci?.run_id === undefined) continue
    const known = latest.get(keyOf(entry))
    if (!known || rank >= (ranks[known.action] ?? 0)) latest.set(keyOf(entry), entry)
  }
  return [...latest.values()]
}

function attemptKey({ ci }: AuditEntry): string {
  return `${String(ci?.run_id)}/${String(ci?.run_attempt ?? 1)}`
}

function jobKey(entry: AuditEntry): string {
  return `${attemptKey(entry)}/${String(entry.ci?.job_id ?? entry.ci?.job)}`
}

function runOf(entry: AuditEntry, jobs: readonly AuditEntry[]): ReportRun {
  const { ci = {}, triggering_actor, attribution, outcome } = entry
  return {
    runId: ci.run_id ?? 0,
    attempt: ci.run_attempt ?? 1,
    runNumber: ci.run_number,
    workflow: workflowOf(entry),
    workflowPath: ci.workflow_path,
    event: ci.event,
    ref: ci.ref,
    state: stateOf(entry),
    outcome,
    actor: personOf(starterOf(entry)),
    triggeringActor: triggering_actor && personOf(triggering_actor),
    attribution,
    startedAt: ci.started_at,
    completedAt: ci.completed_at,
    url: linkOf(entry, 'run'),
    jobs: jobs.map(jobOf),
  }
}

function workflowOf({ ci }: AuditEntry): string {
  return ci?.workflow ?? ci?.workflow_path ?? 'a workflow without a name'
}

function stateOf({ action }: AuditEntry): ReportRun['state'] {
  return RUN_STATES[RUN_RANKS[action] ?? 0] ?? 'waiting'
}

/** Who started the first attempt: a re-run's entry has whoever re-ran it as actor, and the first one in the chain. */
function starterOf({ on_behalf_of, actor }: AuditEntry): EntryPrincipal {
  return on_behalf_of?.[0] ?? actor
}

function jobOf(entry: AuditEntry): ReportJob {
  return {
    name: entry.ci?.job ?? 'a job without a name',
    outcome: entry.outcome,
    url: linkOf(entry, 'job'),
    steps: entry.ci?.steps ?? [],
  }
}

export function personOf({ type, login }: EntryPrincipal): ReportPerson {
  return { type, login }
}

export function linkOf({ links }: AuditEntry, rel: string): string | undefined {
  return links?.find((link) => link.rel === rel)?.url
}
