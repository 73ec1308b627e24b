import type { JsonObject } from '../../../core/domain/index.js'
import { fullName, type Account, type Job } from '../../github/index.js'
import { nodeId } from '../random.js'
import { fill } from '../template.js'
import { isoTime } from '../time.js'
import type { Links } from '../world.js'
import { userJson } from './accounts.js'
import { repositoryBlanks } from './repositories.js'
import type { JobPlace } from './runs.js'

export interface Deployment {
  readonly id: number
  readonly environment: string
  readonly creator: Account
  readonly app: JsonObject
  readonly place: JobPlace
  readonly job: Job
  readonly at: number
}

export function deploymentJson(links: Links, deployment: Deployment): JsonObject {
  const { repository, run } = deployment.place
  return fill('deployment', {
    ...repositoryBlanks(links, repository),
    id: deployment.id,
    node_id: nodeId('DE', deployment.id),
    environment: deployment.environment,
    production: deployment.environment === 'production',
    creator: userJson(links, deployment.creator),
    app: deployment.app,
    sha: run.headSha,
    ref: run.headBranch,
    created_at: isoTime(deployment.at),
  })
}

export interface DeploymentStatus {
  readonly id: number
  readonly state: string
  readonly at: number
}

export function deploymentStatusJson(
  links: Links,
  deployment: Deployment,
  status: DeploymentStatus,
): JsonObject {
  const { repository, run } = deployment.place
  return fill('deployment-status', {
    ...repositoryBlanks(links, repository),
    id: status.id,
    node_id: nodeId('DES', status.id),
    state: status.state,
    deployment_id: deployment.id,
    environment: deployment.environment,
    creator: userJson(links, deployment.creator),
    app: deployment.app,
    job_url: jobUrl(links, deployment.place, run.id, deployment.job.id),
    created_at: isoTime(status.at),
  })
}

/** The check run of a job, as a deployment status names it. */
export function jobCheckJson(links: Links, { place, job }: Deployment): JsonObject {
  const url = jobUrl(links, place, place.run.id, job.id)
  return {
    id: job.id,
    name: job.name,
    node_id: nodeId('CR', job.id),
    head_sha: place.run.headSha,
    external_id: '',
    url: `${links.api}/repos/${fullName(place.repository)}/check-runs/${String(job.id)}`,
    html_url: url,
    details_url: url,
    status: job.status,
    conclusion: job.conclusion,
    started_at: isoTime(job.startedAt),
    completed_at: job.completedAt && isoTime(job.completedAt),
  }
}

/** The job that waits, as a review of it names it. */
export function waitingJobJson(links: Links, { place, job, environment }: Deployment): JsonObject {
  return {
    id: job.id,
    name: job.name,
    status: job.status,
    conclusion: null,
    html_url: jobUrl(links, place, place.run.id, job.id),
    created_at: isoTime(job.createdAt),
    updated_at: isoTime(job.startedAt),
    environment,
  }
}

function jobUrl(links: Links, place: JobPlace, runId: number, jobId: number): string {
  const run = `${links.web}/${fullName(place.repository)}/actions/runs/${String(runId)}`
  return `${run}/job/${String(jobId)}`
}
