import type { Account } from './accounts.js'
import type { GitHubState } from './model.js'
import type { Repository } from './repositories.js'

export interface Workflow {
  readonly id: number
  name: string
  /** `.github/workflows/ci.yml` */
  readonly path: string
  state: 'active' | 'disabled_manually' | 'disabled_inactivity' | 'disabled_fork' | 'deleted'
  readonly createdAt: Date
  updatedAt: Date
}

export type RunStatus = 'requested' | 'queued' | 'pending' | 'waiting' | 'in_progress' | 'completed'
export type Conclusion =
  | 'success'
  | 'failure'
  | 'neutral'
  | 'cancelled'
  | 'skipped'
  | 'timed_out'
  | 'action_required'
  | 'stale'
  | 'startup_failure'

/** A workflow run; what differs between its executions stands in `attempts`. */
export interface WorkflowRun {
  readonly id: number
  readonly checkSuiteId: number
  readonly workflow: Workflow
  readonly runNumber: number
  readonly event: string
  readonly displayTitle: string
  readonly headBranch: string | null
  readonly headSha: string
  /** Where the commit comes from: the fork, for a fork's pull request. */
  readonly headRepository: Repository
  /** Who made it run first. */
  readonly actor: Account
  readonly createdAt: Date
  readonly referencedWorkflows: readonly { path: string; sha: string; ref?: string }[]
  /** Numbers of open pull requests with this head; empty for forks. */
  readonly pulls: readonly number[]
  /** Attempt n stands at index n-1. */
  readonly attempts: RunAttempt[]
  readonly artifacts: Artifact[]
  readonly approvals: Approval[]
}

export interface RunAttempt {
  readonly number: number
  status: RunStatus
  conclusion: Conclusion | null
  readonly triggeringActor: Account
  readonly startedAt: Date
  updatedAt: Date
  readonly jobs: Job[]
}

export interface Job {
  readonly id: number
  readonly name: string
  readonly attempt: number
  readonly labels: readonly string[]
  readonly createdAt: Date
  status: RunStatus
  conclusion: Exclude<Conclusion, 'stale' | 'startup_failure'> | null
  startedAt: Date
  completedAt: Date | null
  runnerId: number | null
  runnerName: string | null
  runnerGroupId: number | null
  runnerGroupName: string | null
  steps: readonly Step[]
}

export interface Step {
  readonly name: string
  readonly number: number
  readonly status: 'queued' | 'in_progress' | 'completed'
  readonly conclusion: Job['conclusion']
  readonly startedAt: Date | null
  readonly completedAt: Date | null
}

export interface Artifact {
  readonly id: number
  readonly name: string
  readonly sizeInBytes: number
  /** `sha256:` and hex; null for uploads by old actions. */
  readonly digest: string | null
  readonly createdAt: Date
  readonly expiresAt: Date
}

export interface Approval {
  readonly state: 'approved' | 'rejected' | 'pending'
  readonly user: Account
  readonly comment: string
  readonly environments: readonly string[]
}

export function addWorkflow(
  state: GitHubState,
  repository: Repository,
  wanted: { readonly name: string; readonly path: string; readonly at: Date; readonly id?: number },
): Workflow {
  const workflow: Workflow = {
    id: wanted.id ?? state.nextId(),
    name: wanted.name,
    path: wanted.path,
    state: 'active',
    createdAt: wanted.at,
    updatedAt: wanted.at,
  }
  repository.workflows.set(workflow.id, workflow)
  return workflow
}

export interface NewRun {
  readonly workflow: Workflow
  readonly event: string
  readonly headSha: string
  readonly headBranch: string | null
  readonly actor: Account
  readonly at: Date
  readonly id?: number
  readonly checkSuiteId?: number
  /** The first line of the commit's message when left out. */
  readonly displayTitle?: string
  /** The repository itself when left out. */
  readonly headRepository?: Repository
  readonly pulls?: readonly number[]
  readonly referencedWorkflows?: WorkflowRun['referencedWorkflows']
}

/** Adds a run with its first attempt, which waits in the queue. */
export function addRun(state: GitHubState, repository: Repository, wanted: NewRun): WorkflowRun {
  const title = repository.commits.get(wanted.headSha)?.message.split('\n')[0]
  const before = [...repository.runs.values()].filter((one) => one.workflow === wanted.workflow)
  const run: WorkflowRun = {
    id: wanted.id ?? state.nextId(),
    checkSuiteId: wanted.checkSuiteId ?? state.nextId(),
    workflow: wanted.workflow,
    runNumber: before.length + 1,
    event: wanted.event,
    displayTitle: wanted.displayTitle ?? title ?? wanted.workflow.name,
    headBranch: wanted.headBranch,
    headSha: wanted.headSha,
    headRepository: wanted.headRepository ?? repository,
    actor: wanted.actor,
    createdAt: wanted.at,
    referencedWorkflows: wanted.referencedWorkflows ?? [],
    pulls: wanted.pulls ?? [],
    attempts: [],
    artifacts: [],
    approvals: [],
  }
  addAttempt(run, wanted.actor, wanted.at)
  repository.runs.set(run.id, run)
  return run
}

/** Starts the run anew. */
export function addAttempt(run: WorkflowRun, triggeringActor: Account, at: Date): RunAttempt {
  const attempt: RunAttempt = {
    number: run.attempts.length + 1,
    status: 'queued',
    conclusion: null,
    triggeringActor,
    startedAt: at,
    updatedAt: at,
    jobs: [],
  }
  run.attempts.push(attempt)
  return attempt
}

/** The attempt that is or was the last to run. */
export function latestAttempt(run: WorkflowRun): RunAttempt {
  const latest = run.attempts.at(-1)
  if (!latest) throw new RangeError(`Run ${String(run.id)} has no attempt; add runs with addRun.`)
  return latest
}

/** Changes the latest attempt. */
export function updateRun(
  run: WorkflowRun,
  change: { readonly status: RunStatus; readonly conclusion?: Conclusion; readonly at: Date },
): void {
  const { at, ...rest } = change
  Object.assign(latestAttempt(run), rest, { updatedAt: at })
}

export interface NewJob {
  readonly name: string
  readonly at: Date
  readonly id?: number
  readonly labels?: readonly string[]
}

/** Adds a waiting job to the latest attempt. */
export function addJob(state: GitHubState, run: WorkflowRun, wanted: NewJob): Job {
  const attempt = latestAttempt(run)
  const job: Job = {
    id: wanted.id ?? state.nextId(),
    name: wanted.name,
    attempt: attempt.number,
    labels: wanted.labels ?? ['ubuntu-latest'],
    createdAt: wanted.at,
    status: 'queued',
    conclusion: null,
    startedAt: wanted.at,
    completedAt: null,
    runnerId: null,
    runnerName: null,
    runnerGroupId: null,
    runnerGroupName: null,
    steps: [],
  }
  attempt.jobs.push(job)
  return job
}

export type JobChange = Partial<Omit<Job, 'id' | 'name' | 'attempt' | 'labels' | 'createdAt'>>

export function updateJob(job: Job, change: JobChange): void {
  Object.assign(job, change)
}

export interface NewArtifact {
  readonly name: string
  readonly sizeInBytes: number
  readonly digest?: string
  readonly at: Date
  readonly id?: number
}

/** Kept for 90 days, GitHub's default. */
export function addArtifact(state: GitHubState, run: WorkflowRun, wanted: NewArtifact): Artifact {
  const artifact: Artifact = {
    id: wanted.id ?? state.nextId(),
    name: wanted.name,
    sizeInBytes: wanted.sizeInBytes,
    digest: wanted.digest ?? null,
    createdAt: wanted.at,
    expiresAt: new Date(wanted.at.getTime() + 90 * 24 * 3600 * 1000),
  }
  run.artifacts.push(artifact)
  return artifact
}

export function addApproval(run: WorkflowRun, approval: Approval): void {
  run.approvals.push(approval)
}
