import type { AuditEntry, CiContext, Outcome } from '../domain/index.js'
import { groupBy } from '../domain/index.js'
import { inOrder, lastSaid, linkOf } from './order.js'

/** One job of one attempt. */
export interface JobState {
  readonly jobId?: number | undefined
  readonly name: string
  readonly status: 'queued' | 'waiting' | 'in_progress' | 'completed'
  readonly outcome: Outcome
  readonly environment?: string | undefined
  readonly runner?: CiContext['runner']
  readonly startedAt?: string | undefined
  readonly completedAt?: string | undefined
  readonly url?: string | undefined
  /** In order; `conclusion` as GitHub says it. */
  readonly steps: readonly { readonly name: string; readonly conclusion: string }[]
}

const JOB_STATUSES = ['queued', 'waiting', 'in_progress', 'completed'] as const

const RANKS: Readonly<Record<string, number>> = {
  'workflow_job.queued': 0,
  'workflow_job.waiting': 1,
  'workflow_job.started': 2,
  'workflow_job.completed': 3,
}

/** The jobs that the entries of one attempt tell of, by name. */
export function foldJobs(entries: readonly AuditEntry[]): JobState[] {
  const known = entries.filter(({ action }) => Object.hasOwn(RANKS, action))
  const byJob = groupBy(known, ({ ci }) => ci?.job_id ?? ci?.job)
  return [...byJob.values()].map(foldJob).sort(byNameAndId)
}

function foldJob(entries: readonly AuditEntry[]): JobState {
  const ordered = inOrder(entries, rankOf)
  const newest = ordered.at(-1)
  const status = newest ? JOB_STATUSES[rankOf(newest)] : undefined
  return {
    jobId: lastSaid(ordered, ({ ci }) => ci?.job_id),
    name: lastSaid(ordered, ({ ci }) => ci?.job) ?? 'a job without a name',
    status: status ?? 'queued',
    outcome: newest?.outcome ?? 'unknown',
    environment: lastSaid(ordered, ({ ci }) => ci?.environment),
    runner: lastSaid(ordered, ({ ci }) => ci?.runner),
    startedAt: lastSaid(ordered, ({ ci }) => ci?.started_at),
    completedAt:
      status === 'completed' ? lastSaid(ordered, ({ ci }) => ci?.completed_at) : undefined,
    url: lastSaid(ordered, (entry) => linkOf(entry, 'job')),
    steps: newest?.ci?.steps ?? [],
  }
}

function rankOf({ action }: AuditEntry): number {
  return RANKS[action] ?? 0
}

function byNameAndId(one: JobState, other: JobState): number {
  if (one.name !== other.name) return one.name < other.name ? -1 : 1
  return (one.jobId ?? 0) - (other.jobId ?? 0)
}
