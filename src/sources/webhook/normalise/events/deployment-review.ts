import {
  personal,
  type DraftTarget,
  type JsonObject,
  type Outcome,
  type Personal,
} from '../../../../core/domain/index.js'
import { actionName } from '../action-names.js'
import { correlation, draft } from '../draft.js'
import type { Normaliser, WebhookEvent } from '../event.js'
import { below, htmlUrl, links } from '../links.js'
import { integer, LIMITS, list, object, text } from '../payload.js'
import { peopleBehind, runContext, workflowName } from '../run.js'
import { firstWho, isSame, principal, type Candidate, type Who } from '../who.js'

const NAMES = {
  requested: 'deployment.review_requested',
  approved: 'deployment.approved',
  rejected: 'deployment.rejected',
}
const OUTCOMES: Readonly<Record<string, Outcome>> = {
  requested: 'pending',
  approved: 'success',
  rejected: 'failure',
}
const MOST_REVIEWERS = 50
const MOST_JOBS = 50

/** Whether somebody let a job deploy, and what they wrote: the only webhook that says so. */
export const deploymentReview: Normaliser = {
  event: 'deployment_review',
  normalise(event) {
    const run = object(event.payload.workflow_run)
    const who = firstWho(candidates(event))
    const jobs = waitingJobs(event)
    const environments = environmentsOf(event, jobs)
    const isOwn = isOwnRun(event, who, run)
    const entry = draft(event, {
      action: actionName(event, NAMES),
      at: event.action === 'requested' ? [event.payload.since] : [],
      who,
      outcome: OUTCOMES[event.action] ?? 'unknown',
      severity: isOwn && event.action === 'approved' ? 2 : undefined,
      targets: targets(event, run, { jobs, environments }),
      ci: { ...runContext(event, run), environment: environments[0] },
      reason: comment(event),
      links: reviewLinks(event, run, jobs),
      correlation: correlation('run', event.repo, integer(run.id)),
      labels: {
        environments:
          environments.length > 1 ? environments.join(' ').slice(0, LIMITS.line) : undefined,
        // Who started the run let it deploy.
        own_run: isOwn,
        reviewers: list(event.payload.reviewers).length || undefined,
      },
    })
    return [entry]
  },
}

function candidates({ action, payload }: WebhookEvent): Candidate[] {
  const sender: Candidate = ['sender', payload.sender]
  return action === 'requested'
    ? [['requestor', payload.requestor], sender]
    : [['approver', payload.approver], sender]
}

/** One job, or several that a person decided on at once. */
function waitingJobs({ payload }: WebhookEvent): JsonObject[] {
  const several = list(payload.workflow_job_runs).map(object)
  const jobs = several.length > 0 ? several : [object(payload.workflow_job_run)]
  return jobs.filter(({ id }) => id !== undefined).slice(0, MOST_JOBS)
}

function environmentsOf({ payload }: WebhookEvent, jobs: readonly JsonObject[]): string[] {
  const names = [payload.environment, ...jobs.map(({ environment }) => environment)]
  return [...new Set(names.map((name) => text(name)).filter((name) => name !== undefined))]
}

function isOwnRun({ action }: WebhookEvent, { actor }: Who, run: JsonObject): boolean {
  return action !== 'requested' && peopleBehind(run).some((one) => isSame(one, actor))
}

interface Waiting {
  readonly jobs: readonly JsonObject[]
  readonly environments: readonly string[]
}

function targets(event: WebhookEvent, run: JsonObject, waiting: Waiting): DraftTarget[] {
  const { jobs, environments } = waiting
  return [
    ...environments.map((name) => ({ type: 'environment', name })),
    {
      type: 'workflow_run',
      id: integer(run.id),
      name: workflowName(event, run),
      url: htmlUrl(run),
    },
    ...jobs.map((job) => ({
      type: 'workflow_job',
      id: integer(job.id),
      name: text(job.name),
      url: htmlUrl(job),
    })),
    ...list(event.payload.reviewers).slice(0, MOST_REVIEWERS).flatMap(reviewer),
  ]
}

/** Who may decide: people, and teams by name. */
function reviewer(value: unknown): DraftTarget[] {
  const { type, reviewer: one } = object(value)
  if (type === 'Team') {
    const { id, name, slug } = object(one)
    return [{ type: 'reviewing_team', id: integer(id), name: text(slug) ?? text(name) }]
  }
  const somebody = principal(one)
  return somebody ? [{ type: 'reviewer', principal: somebody }] : []
}

function comment({ payload }: WebhookEvent): Personal | undefined {
  const found = text(payload.comment, LIMITS.comment)
  return found === undefined ? undefined : personal(found)
}

function reviewLinks(
  event: WebhookEvent,
  run: JsonObject,
  jobs: readonly JsonObject[],
): ReturnType<typeof links> {
  const sha = text(run.head_sha, LIMITS.sha)
  return links([
    ['run', htmlUrl(run)],
    ['job', htmlUrl(jobs[0])],
    ['commit', sha && below(event.repoUrl, 'commit', sha)],
    ['repository', event.repoUrl],
  ])
}
