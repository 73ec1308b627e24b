import type { JsonObject } from '../../../core/domain/index.js'
import type { Account } from '../../github/index.js'
import { userJson } from '../payloads/accounts.js'
import {
  deploymentJson,
  deploymentStatusJson,
  jobCheckJson,
  waitingJobJson,
  type Deployment,
} from '../payloads/deployments.js'
import { envelope } from '../payloads/repositories.js'
import { runJson, shortRunJson, workflowJson } from '../payloads/runs.js'
import type { Stage } from '../stage.js'
import { isoTime } from '../time.js'

export function announceDeployment(stage: Stage, deployment: Deployment): void {
  const { links, emit } = stage.world
  emit('deployment', {
    deployment: deploymentJson(links, deployment),
    action: 'created',
    ...cause(stage, deployment),
  })
}

export function announceStatus(stage: Stage, deployment: Deployment, state: string): void {
  const { links, emit, id, now } = stage.world
  const status = { id: id('status'), state, at: now() }
  emit('deployment_status', {
    deployment_status: deploymentStatusJson(links, deployment, status),
    deployment: deploymentJson(links, deployment),
    action: 'created',
    check_run: jobCheckJson(links, deployment),
    ...cause(stage, deployment),
  })
}

function cause({ world }: Stage, { place, creator }: Deployment): JsonObject {
  const { repository, run } = place
  return {
    workflow: workflowJson(world.links, repository, run.workflow),
    workflow_run: shortRunJson(world.links, repository, run),
    ...envelope(world, repository, creator),
  }
}

export interface ReviewNews {
  readonly action: 'requested' | 'approved'
  readonly since: number
  readonly requestor: Account
  readonly approver: Account
  readonly comment?: string
}

export function announceReview({ world }: Stage, deployment: Deployment, news: ReviewNews): void {
  const { links } = world
  const { repository, run } = deployment.place
  const reviewer = { type: 'User', reviewer: userJson(links, news.approver) }
  const approved = news.action === 'approved'
  const job = waitingJobJson(links, deployment)
  const decision = approved
    ? { workflow_job_runs: [job], approver: userJson(links, news.approver), comment: news.comment }
    : { workflow_job_run: job, environment: deployment.environment }
  const asked = approved ? {} : { requestor: userJson(links, news.requestor) }
  world.emit('deployment_review', {
    action: news.action,
    workflow_run: runJson(links, repository, run),
    since: isoTime(news.since),
    ...decision,
    reviewers: [reviewer],
    ...asked,
    ...envelope(world, repository, approved ? news.approver : news.requestor),
  })
}
