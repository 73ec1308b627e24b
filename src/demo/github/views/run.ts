import {
  latestAttempt,
  type Artifact,
  type GitHubState,
  type Job,
  type Repository,
  type RunAttempt,
  type Workflow,
  type WorkflowRun,
} from '../state.js'
import { accountView } from './account.js'
import { simpleCommitView } from './commit.js'
import { nodeId, repositoryApi, repositoryPage, time, timeOrNull, type View } from './links.js'
import { minimalPullView } from './pull.js'
import { minimalRepositoryView } from './repository.js'

/** `workflow`. */
export function workflowView(state: GitHubState, repository: Repository, workflow: Workflow): View {
  const page = repositoryPage(state, repository)
  return {
    id: workflow.id,
    node_id: nodeId('Workflow', workflow.id),
    name: workflow.name,
    path: workflow.path,
    state: workflow.state,
    created_at: time(workflow.createdAt),
    updated_at: time(workflow.updatedAt),
    url: `${repositoryApi(state, repository)}/actions/workflows/${String(workflow.id)}`,
    html_url: `${page}/blob/${repository.defaultBranch}/${workflow.path}`,
    badge_url: `${page}/workflows/${encodeURIComponent(workflow.name)}/badge.svg`,
  }
}

/** `workflow-run` at one attempt, the latest unless said otherwise. */
export function runView(
  state: GitHubState,
  repository: Repository,
  run: WorkflowRun,
  attempt: RunAttempt = latestAttempt(run),
): View {
  const head = repository.commits.get(run.headSha)
  return {
    id: run.id,
    node_id: nodeId('WorkflowRun', run.id),
    name: run.workflow.name,
    path: run.workflow.path,
    display_title: run.displayTitle,
    run_number: run.runNumber,
    run_attempt: attempt.number,
    event: run.event,
    status: attempt.status,
    conclusion: attempt.conclusion,
    workflow_id: run.workflow.id,
    check_suite_id: run.checkSuiteId,
    check_suite_node_id: nodeId('CheckSuite', run.checkSuiteId),
    head_branch: run.headBranch,
    head_sha: run.headSha,
    head_commit: head ? simpleCommitView(head) : null,
    repository: minimalRepositoryView(state, repository),
    head_repository: minimalRepositoryView(state, run.headRepository),
    referenced_workflows: run.referencedWorkflows,
    pull_requests: runPulls(state, repository, run),
    actor: accountView(state, run.actor),
    triggering_actor: accountView(state, attempt.triggeringActor),
    created_at: time(run.createdAt),
    updated_at: time(attempt.updatedAt),
    run_started_at: time(attempt.startedAt),
    ...runLinks(state, repository, run, attempt),
  }
}

function runPulls(state: GitHubState, repository: Repository, run: WorkflowRun): object[] {
  const pulls: object[] = []
  for (const number of run.pulls) {
    const pull = repository.pulls.get(number)
    if (pull) pulls.push(minimalPullView(state, repository, pull))
  }
  return pulls
}

function runLinks(
  state: GitHubState,
  repository: Repository,
  run: WorkflowRun,
  attempt: RunAttempt,
) {
  const api = repositoryApi(state, repository)
  const self = `${api}/actions/runs/${String(run.id)}`
  const before = `${self}/attempts/${String(attempt.number - 1)}`
  return {
    url: self,
    html_url: `${repositoryPage(state, repository)}/actions/runs/${String(run.id)}`,
    jobs_url: `${self}/jobs`,
    logs_url: `${self}/logs`,
    check_suite_url: `${api}/check-suites/${String(run.checkSuiteId)}`,
    artifacts_url: `${self}/artifacts`,
    cancel_url: `${self}/cancel`,
    rerun_url: `${self}/rerun`,
    previous_attempt_url: attempt.number > 1 ? before : null,
    workflow_url: `${api}/actions/workflows/${String(run.workflow.id)}`,
  }
}

/** `job`. */
export function jobView(
  state: GitHubState,
  repository: Repository,
  run: WorkflowRun,
  job: Job,
): View {
  const api = repositoryApi(state, repository)
  const runPage = `${repositoryPage(state, repository)}/actions/runs/${String(run.id)}`
  return {
    id: job.id,
    node_id: nodeId('CheckRun', job.id),
    run_id: run.id,
    run_url: `${api}/actions/runs/${String(run.id)}`,
    run_attempt: job.attempt,
    workflow_name: run.workflow.name,
    name: job.name,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    status: job.status,
    conclusion: job.conclusion,
    created_at: time(job.createdAt),
    started_at: time(job.startedAt),
    completed_at: timeOrNull(job.completedAt),
    labels: job.labels,
    runner_id: job.runnerId,
    runner_name: job.runnerName,
    runner_group_id: job.runnerGroupId,
    runner_group_name: job.runnerGroupName,
    url: `${api}/actions/jobs/${String(job.id)}`,
    html_url: `${runPage}/job/${String(job.id)}`,
    check_run_url: `${api}/check-runs/${String(job.id)}`,
    steps: job.steps.map(stepView),
  }
}

function stepView(step: Job['steps'][number]) {
  return {
    name: step.name,
    number: step.number,
    status: step.status,
    conclusion: step.conclusion,
    started_at: timeOrNull(step.startedAt),
    completed_at: timeOrNull(step.completedAt),
  }
}

/** `artifact`. @param now decides whether it is still there */
export function artifactView(
  state: GitHubState,
  repository: Repository,
  run: WorkflowRun,
  { artifact, now }: { readonly artifact: Artifact; readonly now: Date },
): View {
  const self = `${repositoryApi(state, repository)}/actions/artifacts/${String(artifact.id)}`
  return {
    id: artifact.id,
    node_id: nodeId('Artifact', artifact.id),
    name: artifact.name,
    size_in_bytes: artifact.sizeInBytes,
    digest: artifact.digest,
    url: self,
    archive_download_url: `${self}/zip`,
    expired: artifact.expiresAt <= now,
    created_at: time(artifact.createdAt),
    updated_at: time(artifact.createdAt),
    expires_at: time(artifact.expiresAt),
    workflow_run: {
      id: run.id,
      repository_id: repository.id,
      head_repository_id: run.headRepository.id,
      head_branch: run.headBranch,
      head_sha: run.headSha,
    },
  }
}
