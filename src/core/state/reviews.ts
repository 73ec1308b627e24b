import type { AuditEntry, EntryPrincipal } from '../domain/index.js'
import { inTime, labelText } from './order.js'

/** What somebody who may let a job deploy said. */
export interface DeploymentReview {
  readonly verdict: 'requested' | 'approved' | 'rejected'
  /** Who approved or rejected; of a request, who asked. */
  readonly actor: EntryPrincipal
  /** RFC 3339. GitHub says when a review was asked for; of a verdict it is when its delivery came. */
  readonly at: string
  readonly runId: number
  readonly attempt: number
  readonly environments: readonly string[]
  /** `null` if it was erased. */
  readonly comment?: string | null | undefined
  /** Whether whoever started the run decided on it. */
  readonly ownRun: boolean
  /** Of a request: people (`null` if erased) and teams that may decide. */
  readonly reviewers: readonly (string | null)[]
}

const VERDICTS: Readonly<Record<string, DeploymentReview['verdict']>> = {
  'deployment.review_requested': 'requested',
  'deployment.approved': 'approved',
  'deployment.rejected': 'rejected',
}

function verdictOf({ action }: AuditEntry): DeploymentReview['verdict'] | undefined {
  return Object.hasOwn(VERDICTS, action) ? VERDICTS[action] : undefined
}

/** Requests and verdicts, in the order of time; one that was told twice is there once. */
export function foldReviews(entries: readonly AuditEntry[]): DeploymentReview[] {
  const told = new Set<string>()
  return inTime(entries, ({ action }) =>
    action === 'deployment.review_requested' ? 0 : 1,
  ).flatMap((entry) => {
    const review = reviewOf(entry)
    if (!review) return []
    const key = JSON.stringify([entry.repo, review.verdict, entry.actor.subject, jobsOf(entry)])
    const isNew = !told.has(key)
    told.add(key)
    return isNew ? [review] : []
  })
}

function reviewOf(entry: AuditEntry): DeploymentReview | undefined {
  const verdict = verdictOf(entry)
  const { run_id: runId, run_attempt: attempt = 1 } = entry.ci ?? {}
  if (verdict === undefined || runId === undefined) return undefined
  return {
    verdict,
    actor: entry.actor,
    at: entry.occurred_at,
    runId,
    attempt,
    environments: environmentsOf(entry),
    comment: entry.reason,
    ownRun: entry.labels?.['own_run'] === true,
    reviewers: entry.targets
      .filter(({ type }) => type === 'reviewer' || type === 'reviewing_team')
      .map(({ name }) => name ?? null),
  }
}

function environmentsOf(entry: AuditEntry): string[] {
  const named = entry.targets.flatMap(({ type, name }) =>
    type === 'environment' && name ? [name] : [],
  )
  const environment = entry.ci?.environment ?? labelText(entry, 'environments')
  return named.length > 0 || environment === undefined ? named : [environment]
}

/** What was decided on: a job waits once in an attempt. */
function jobsOf({ ci, targets }: AuditEntry): unknown {
  const jobs = targets.filter(({ type }) => type === 'workflow_job' || type === 'environment')
  return [ci?.run_id, ci?.run_attempt, jobs.map(({ id, name }) => id ?? name)]
}
