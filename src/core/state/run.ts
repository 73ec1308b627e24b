import type {
  Attribution,
  AuditEntry,
  CiContext,
  EntryPrincipal,
  HostedName,
  Outcome,
} from '../domain/index.js'
import { groupBy } from '../domain/index.js'
import { foldJobs, type JobState } from './jobs.js'
import { inOrder, lastSaid, linkOf } from './order.js'
import { jobsRunAgain, type JobsRunAgain } from './rerun.js'

/** States in the order in which runs and jobs go through them. */
const STATUSES = ['requested', 'queued', 'waiting', 'in_progress', 'completed'] as const
export type Status = (typeof STATUSES)[number]

/** A workflow run with all its attempts. The highest attempt is what the run is now. */
export interface RunState {
  readonly runId: number
  readonly repo?: HostedName | undefined
  readonly runNumber?: number | undefined
  readonly workflow: string
  readonly workflowPath?: string | undefined
  /** What triggered it: `push`, `pull_request`, `workflow_dispatch`, … */
  readonly event?: string | undefined
  readonly ref?: string | undefined
  readonly headSha?: string | undefined
  readonly headRepo?: HostedName | undefined
  /** `null` if it was erased. */
  readonly title?: string | null | undefined
  readonly pullRequests: readonly number[]
  readonly referencedWorkflows: readonly { readonly path: string; readonly sha: string }[]
  readonly url?: string | undefined
  /** By attempt, the first one first. Of one that no delivery told of there is nothing. */
  readonly attempts: readonly AttemptState[]
}

export interface AttemptState {
  readonly attempt: number
  readonly status: Status
  /** `pending` until it is completed. */
  readonly outcome: Outcome
  /** GitHub's own word for the outcome. */
  readonly conclusion?: string | undefined
  /** Who started this attempt. */
  readonly actor: EntryPrincipal
  /** With whose rights it runs, where that is somebody else. */
  readonly onBehalfOf: readonly EntryPrincipal[]
  readonly triggeringActor?: EntryPrincipal | undefined
  readonly attribution: Attribution
  /** Which jobs ran again; absent for a first attempt, and while the jobs do not tell. */
  readonly jobsRunAgain?: JobsRunAgain | undefined
  readonly startedAt?: string | undefined
  readonly completedAt?: string | undefined
  readonly url?: string | undefined
  /** In the order of their names. */
  readonly jobs: readonly JobState[]
}

const RUN_STATUSES: Readonly<Record<string, Status>> = {
  'workflow_run.requested': 'requested',
  'workflow_run.rerun': 'requested',
  'workflow_run.started': 'in_progress',
  'workflow_run.completed': 'completed',
}

function statusOf({ action }: AuditEntry): Status | undefined {
  return Object.hasOwn(RUN_STATUSES, action) ? RUN_STATUSES[action] : undefined
}

/** Every run that the entries tell of, by run id. Other entries are passed over. */
export function foldRuns(entries: readonly AuditEntry[]): RunState[] {
  const byRun = groupBy(entries.filter(isOfRun), ({ ci }) => ci?.run_id ?? 0)
  return [...byRun.entries()]
    .sort(([one], [other]) => one - other)
    .map(([runId, ofRun]) => foldRun(runId, ofRun))
}

/** Jobs alone tell that there is a run; deployments and reviews only point to one. */
function isOfRun(entry: AuditEntry): boolean {
  if (entry.ci?.run_id === undefined) return false
  return statusOf(entry) !== undefined || entry.action.startsWith('workflow_job.')
}

type Ci = CiContext<string | null>

function foldRun(runId: number, entries: readonly AuditEntry[]): RunState {
  const ordered = inOrder(entries, (entry) => attemptOf(entry) * 10 + rankOf(entry))
  const said = <Name extends keyof Ci>(name: Name): Ci[Name] | undefined =>
    lastSaid(ordered, ({ ci }) => ci?.[name])
  return {
    runId,
    repo: lastSaid(ordered, ({ repo }) => repo),
    runNumber: said('run_number'),
    workflow: said('workflow') ?? said('workflow_path') ?? 'a workflow without a name',
    workflowPath: said('workflow_path'),
    event: said('event'),
    ref: said('ref'),
    headSha: said('head_sha'),
    headRepo: said('head_repo'),
    title: said('title'),
    pullRequests: said('pull_requests') ?? [],
    referencedWorkflows: said('referenced_workflows') ?? [],
    url: lastSaid(ordered, (entry) => linkOf(entry, 'run')),
    attempts: foldAttempts(ordered),
  }
}

function foldAttempts(ordered: readonly AuditEntry[]): AttemptState[] {
  const attempts: AttemptState[] = []
  for (const [attempt, entries] of groupBy(ordered, attemptOf)) {
    const jobs = foldJobs(entries)
    const before = attempts.at(-1)
    const again = before?.attempt === attempt - 1 ? jobsRunAgain(before.jobs, jobs) : undefined
    attempts.push({ ...foldAttempt(attempt, entries), jobsRunAgain: again, jobs })
  }
  return attempts
}

/** What the run's own events say; before the first of them arrived, its jobs tell only that it is there. */
function foldAttempt(attempt: number, ordered: readonly AuditEntry[]): Omit<AttemptState, 'jobs'> {
  const own = ordered.filter((entry) => statusOf(entry) !== undefined)
  const newest = own.at(-1)
  if (!newest) return { attempt, ...UNSEEN }
  const status = statusOf(newest) ?? 'requested'
  return {
    attempt,
    status,
    outcome: newest.outcome,
    conclusion: conclusionOf(newest),
    actor: newest.actor,
    onBehalfOf: lastSaid(own, ({ on_behalf_of }) => on_behalf_of) ?? [],
    triggeringActor: lastSaid(own, ({ triggering_actor }) => triggering_actor),
    attribution: newest.attribution,
    startedAt: lastSaid(own, ({ ci }) => ci?.started_at),
    completedAt: status === 'completed' ? lastSaid(own, ({ ci }) => ci?.completed_at) : undefined,
    url: lastSaid(own, (entry) => linkOf(entry, 'run')),
  }
}

const UNSEEN: Omit<AttemptState, 'attempt' | 'jobs'> = {
  status: 'requested',
  outcome: 'pending',
  actor: { type: 'unknown' },
  onBehalfOf: [],
  attribution: {
    confidence: 'unknown',
    method: 'no delivery of the run itself has arrived, only of its jobs',
  },
}

function conclusionOf({ labels }: AuditEntry): string | undefined {
  const conclusion = labels?.['conclusion']
  return typeof conclusion === 'string' ? conclusion : undefined
}

function attemptOf({ ci }: AuditEntry): number {
  return ci?.run_attempt ?? 1
}

function rankOf(entry: AuditEntry): number {
  const status = statusOf(entry)
  // Jobs say less about their run than any of its own events.
  return status === undefined ? -1 : STATUSES.indexOf(status)
}
