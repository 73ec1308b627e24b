import type {
  CiContext,
  DraftTarget,
  EntryDraft,
  JsonObject,
} from '../../../../core/domain/index.js'
import { actionName } from '../action-names.js'
import { correlation, draft } from '../draft.js'
import type { Normaliser, WebhookEvent } from '../event.js'
import { below, htmlUrl, links } from '../links.js'
import { outcomeOf, severityOf } from '../outcome.js'
import { count, integer, LIMITS, list, object, text, texts } from '../payload.js'
import { instant } from '../time.js'
import { refOf } from '../workflow.js'

const NAMES = {
  queued: 'workflow_job.queued',
  waiting: 'workflow_job.waiting',
  in_progress: 'workflow_job.started',
  completed: 'workflow_job.completed',
}
const MOST_STEPS = 100
const MOST_LABELS = 20
const LONGEST_STEP = 200

/** The life of a job. Only the sender is named: who started the attempt stands in the run's entries. */
export const workflowJob: Normaliser = {
  event: 'workflow_job',
  normalise: (event) => [jobEntry(event, object(event.payload.workflow_job))],
}

type Step = NonNullable<CiContext['steps']>[number]

function jobEntry(event: WebhookEvent, job: JsonObject): EntryDraft {
  const steps = stepsOf(job)
  const runId = integer(job.run_id)
  const outcome = outcomeOf(job.conclusion, event.action)
  const sha = text(job.head_sha, LIMITS.sha)
  return draft(event, {
    action: actionName(event, NAMES),
    at: times(event, job),
    outcome,
    severity: severityOf(outcome),
    targets: targets(event, job),
    ci: ci(event, job, steps),
    links: links([
      ['job', htmlUrl(job)],
      ['run', runId === undefined ? undefined : below(event.repoUrl, 'actions', 'runs', runId)],
      ['commit', sha === undefined ? undefined : below(event.repoUrl, 'commit', sha)],
    ]),
    correlation: correlation('run', event.repo, runId),
    labels: labels(event, job, steps),
  })
}

function times(event: WebhookEvent, job: JsonObject): unknown[] {
  if (event.action === 'completed') return [job.completed_at, job.started_at, job.created_at]
  if (event.action === 'in_progress') return [job.started_at, job.created_at]
  return [job.created_at, job.started_at]
}

function targets(event: WebhookEvent, job: JsonObject): DraftTarget[] {
  const found: DraftTarget[] = [
    { type: 'workflow_job', id: integer(job.id), name: text(job.name), url: htmlUrl(job) },
  ]
  const deployment = object(event.payload.deployment)
  const id = integer(deployment.id)
  if (id !== undefined) found.push({ type: 'deployment', id, name: text(deployment.environment) })
  return found
}

function ci(event: WebhookEvent, job: JsonObject, steps: readonly Step[]): CiContext {
  return {
    workflow: text(job.workflow_name),
    run_id: integer(job.run_id),
    run_attempt: count(job.run_attempt),
    job_id: integer(job.id),
    job: text(job.name),
    ref: refOf(job),
    head_sha: text(job.head_sha, LIMITS.sha),
    environment: text(object(event.payload.deployment).environment),
    runner: runner(job),
    started_at: instant(job.started_at),
    completed_at: instant(job.completed_at),
    steps: kept(steps),
  }
}

/** Which machine did it; a job that waits has none, and asks for these labels. */
function runner(job: JsonObject): CiContext['runner'] {
  return {
    name: text(job.runner_name),
    group: text(job.runner_group_name),
    labels: texts(job.labels, MOST_LABELS),
  }
}

function stepsOf(job: JsonObject): Step[] {
  return list(job.steps).map((step) => {
    const { name, conclusion, status } = object(step)
    return {
      name: text(name, LONGEST_STEP) ?? '',
      conclusion: text(conclusion, 40) ?? text(status, 40) ?? 'unknown',
    }
  })
}

/** All steps; of a job with very many those that did not simply succeed. */
function kept(steps: readonly Step[]): readonly Step[] | undefined {
  if (steps.length === 0) return undefined
  if (steps.length <= MOST_STEPS) return steps
  return steps.filter(({ conclusion }) => conclusion !== 'success').slice(0, MOST_STEPS)
}

function labels(
  event: WebhookEvent,
  job: JsonObject,
  steps: readonly Step[],
): Record<string, string | number | boolean | undefined> {
  const attempt = count(job.run_attempt) ?? 1
  return {
    rerun: attempt > 1,
    conclusion: event.action === 'completed' ? text(job.conclusion, 40) : undefined,
    steps: steps.length > 0 ? steps.length : undefined,
    steps_failed: endedAs(steps, 'failure'),
    steps_skipped: endedAs(steps, 'skipped'),
    carried_over: attempt > 1 && endedBeforeItBegan(job),
    production: object(event.payload.deployment).production_environment === true,
  }
}

/**
 * A re-run of the failed jobs takes over those that succeeded: with a new id and `created_at`, and the old times.
 * Where there is such a job, not all were run again.
 */
function endedBeforeItBegan(job: JsonObject): boolean {
  const [created, completed] = [instant(job.created_at), instant(job.completed_at)]
  return created !== undefined && completed !== undefined && completed < created
}

function endedAs(steps: readonly Step[], wanted: string): number | undefined {
  const ended = steps.filter(({ conclusion }) => conclusion === wanted).length
  return ended > 0 ? ended : undefined
}
