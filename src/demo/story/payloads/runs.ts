import type { JsonObject } from '../../../core/domain/index.js'
import {
  latestAttempt,
  type Commit,
  type Job,
  type Repository,
  type Step,
  type Workflow,
  type WorkflowRun,
} from '../../github/index.js'
import { nodeId } from '../random.js'
import { fill } from '../template.js'
import { isoOrNull, isoTime } from '../time.js'
import type { Links } from '../world.js'
import { userJson } from './accounts.js'
import { headCommitJson } from './commits.js'
import { tinyPullsJson } from './pulls.js'
import { repositoryBlanks, shortRepositoryJson } from './repositories.js'

export function workflowJson(links: Links, repository: Repository, workflow: Workflow): JsonObject {
  return fill('workflow', {
    ...repositoryBlanks(links, repository),
    id: workflow.id,
    node_id: nodeId('W', workflow.id),
    name: workflow.name,
    slug: encodeURIComponent(workflow.name),
    path: workflow.path,
    branch: repository.defaultBranch,
    created_at: workflow.createdAt.toISOString(),
  })
}

export function runJson(links: Links, repository: Repository, run: WorkflowRun): JsonObject {
  const attempt = latestAttempt(run)
  const base = repositoryBlanks(links, repository)
  return fill('workflow-run', {
    ...base,
    ...runNames(run),
    status: attempt.status,
    conclusion: attempt.conclusion,
    pull_requests: tinyPullsJson(links, repository, run.pulls),
    created_at: isoTime(run.createdAt),
    updated_at: isoTime(attempt.updatedAt),
    actor: userJson(links, run.actor),
    run_attempt: attempt.number,
    run_started_at: isoTime(attempt.startedAt),
    triggering_actor: userJson(links, attempt.triggeringActor),
    previous_attempt_url: previousAttempt(`${base.api}/repos/${base.repo}`, run),
    head_commit: headCommitJson(commitOf(repository, run)),
    repository: shortRepositoryJson(links, repository),
    head_repository: shortRepositoryJson(links, run.headRepository),
  })
}

function runNames(run: WorkflowRun) {
  return {
    id: run.id,
    node_id: nodeId('WFR', run.id),
    name: run.workflow.name,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: run.workflow.path,
    display_title: run.displayTitle,
    run_number: run.runNumber,
    event: run.event,
    workflow_id: run.workflow.id,
    suite: run.checkSuiteId,
    suite_node_id: nodeId('CS', run.checkSuiteId),
  }
}

function previousAttempt(repositoryUrl: string, run: WorkflowRun): string | null {
  const { number } = latestAttempt(run)
  if (number === 1) return null
  return `${repositoryUrl}/actions/runs/${String(run.id)}/attempts/${String(number - 1)}`
}

export function commitOf(repository: Repository, run: WorkflowRun): Commit {
  const commit = repository.commits.get(run.headSha)
  if (!commit) throw new Error(`Run ${String(run.id)} is for ${run.headSha}, which does not exist.`)
  return commit
}

const SHORT_RUN = [
  'id',
  'name',
  'node_id',
  'head_branch',
  'head_sha',
  'run_number',
  'event',
  'status',
  'conclusion',
  'workflow_id',
  'check_suite_id',
  'check_suite_node_id',
  'url',
  'html_url',
  'pull_requests',
  'created_at',
  'updated_at',
  'run_attempt',
  'run_started_at',
  'actor',
  'triggering_actor',
] as const

/** The form inside a deployment. */
export function shortRunJson(links: Links, repository: Repository, run: WorkflowRun): JsonObject {
  const whole = runJson(links, repository, run)
  return Object.fromEntries(SHORT_RUN.map((name) => [name, whole[name]]))
}

export interface JobPlace {
  readonly repository: Repository
  readonly run: WorkflowRun
}

export function jobJson(links: Links, { repository, run }: JobPlace, job: Job): JsonObject {
  return fill('workflow-job', {
    ...repositoryBlanks(links, repository),
    id: job.id,
    node_id: nodeId('CR', job.id),
    name: job.name,
    run_id: run.id,
    run_attempt: job.attempt,
    workflow_name: run.workflow.name,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    status: job.status,
    conclusion: job.conclusion,
    created_at: isoTime(job.createdAt),
    started_at: isoTime(job.startedAt),
    completed_at: isoOrNull(job.completedAt),
    steps: job.steps.map(stepJson),
    labels: job.labels,
    runner_id: job.runnerId,
    runner_name: job.runnerName,
    runner_group_id: job.runnerGroupId,
    runner_group_name: job.runnerGroupName,
  })
}

function stepJson(step: Step): JsonObject {
  return {
    name: step.name,
    status: step.status,
    conclusion: step.conclusion,
    number: step.number,
    started_at: isoOrNull(step.startedAt),
    completed_at: isoOrNull(step.completedAt),
  }
}
