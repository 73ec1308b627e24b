import type { JsonObject } from '../../../core/domain/index.js'
import {
  addAttempt,
  addJob,
  addRun,
  latestAttempt,
  updateJob,
  updateRun,
  type Account,
  type Conclusion,
  type Job,
  type Repository,
  type WorkflowRun,
} from '../../github/index.js'
import { actionsAppJson, suiteJson } from '../payloads/checks.js'
import { envelope } from '../payloads/repositories.js'
import { commitOf, jobJson, runJson, workflowJson, type JobPlace } from '../payloads/runs.js'
import { workflowOf, type Place, type WorkflowName } from '../places.js'
import type { Stage } from '../stage.js'
import { MINUTE, SECOND } from '../time.js'
import type { Steps } from '../world.js'
import { stepsOf, type JobPlan } from './job-plans.js'

export interface RunRequest {
  readonly place: Place
  readonly workflow: WorkflowName
  readonly event: string
  readonly sha: string
  /** Null for a tag. */
  readonly branch: string | null
  readonly actor: Account
  readonly pulls?: readonly number[]
  readonly headRepository?: Repository
  readonly title?: string
}

/** Jobs side by side in a row; rows one after the other. */
export type RunPlan = readonly (readonly JobPlan[])[]

/** A whole run: requested, its jobs, completed. */
export function* runWorkflow(stage: Stage, request: RunRequest, plan: RunPlan): Steps<WorkflowRun> {
  const at = requestRun(stage, request)
  yield* playAttempt(stage, at, plan)
  return at.run
}

/** The same run once more, started by somebody. */
export function* runAgain(stage: Stage, at: JobPlace, by: Account, plan: RunPlan): Steps<void> {
  requestAgain(stage, at, by)
  yield* playAttempt(stage, at, plan)
}

export function requestAgain(stage: Stage, at: JobPlace, by: Account): void {
  addAttempt(at.run, by, new Date(stage.world.now()))
  emitRun(stage, at, 'requested')
}

export function* playAttempt(stage: Stage, at: JobPlace, plan: RunPlan): Steps<void> {
  for (const row of plan) yield* playJobs(stage, at, row)
  completeRun(stage, at)
}

export function requestRun(stage: Stage, request: RunRequest): JobPlace {
  const { state, id, now } = stage.world
  const { repository } = request.place
  const run = addRun(state, repository, {
    workflow: workflowOf(request.place, request.workflow),
    event: request.event,
    headSha: request.sha,
    headBranch: request.branch,
    actor: request.actor,
    at: new Date(now()),
    id: id('run'),
    checkSuiteId: id('suite'),
    ...(request.title === undefined ? {} : { displayTitle: request.title }),
    ...(request.pulls ? { pulls: request.pulls } : {}),
    ...(request.headRepository ? { headRepository: request.headRepository } : {}),
  })
  emitRun(stage, { repository, run }, 'requested')
  return { repository, run }
}

export function emitRun(stage: Stage, { repository, run }: JobPlace, action: string): void {
  const { links, emit } = stage.world
  emit('workflow_run', {
    action,
    workflow_run: runJson(links, repository, run),
    workflow: workflowJson(links, repository, run.workflow),
    ...envelope(stage.world, repository, latestAttempt(run).triggeringActor),
  })
}

function* playJobs(stage: Stage, at: JobPlace, plans: readonly JobPlan[]): Steps<void> {
  const queued = plans.map((plan) => ({ plan, job: queueJob(stage, at, plan) }))
  const going = queued.filter(({ plan }) => plan.conclusion !== 'skipped')
  if (going.length === 0) return
  yield stage.world.dice.between(4, 20) * SECOND
  const late = going.filter(({ plan }) => plan.late)
  for (const { plan, job } of going) startJob(stage, at, plan, job)
  let passed = 0
  for (const { plan, job } of going.toSorted((a, b) => a.plan.minutes - b.plan.minutes)) {
    yield (plan.minutes - passed) * MINUTE
    passed = plan.minutes
    finishJob(stage, at, plan, job)
  }
  for (const { job } of late) emitStartLate(stage, at, job)
}

export function queueJob(stage: Stage, at: JobPlace, plan: JobPlan): Job {
  const job = createJob(stage, at, plan)
  if (plan.conclusion === 'skipped') skipJob(stage, at, job)
  else emitJob(stage, at, job, 'queued')
  return job
}

/** Adds the job to the run; nobody is told yet. */
export function createJob({ world }: Stage, { run }: JobPlace, plan: JobPlan): Job {
  return addJob(world.state, run, {
    name: plan.name,
    at: new Date(world.now()),
    id: world.id('job'),
    labels: plan.labels,
  })
}

function skipJob(stage: Stage, at: JobPlace, job: Job): void {
  const now = new Date(stage.world.now())
  updateJob(job, { status: 'completed', conclusion: 'skipped', completedAt: now })
  emitJob(stage, at, job, 'completed')
}

export function startJob(stage: Stage, at: JobPlace, plan: JobPlan, job: Job): void {
  const now = stage.world.now()
  updateJob(job, { status: 'in_progress', startedAt: new Date(now), ...runnerOf(stage, plan) })
  if (latestAttempt(at.run).status === 'queued' || latestAttempt(at.run).status === 'waiting') {
    updateRun(at.run, { status: 'in_progress', at: new Date(now) })
    emitRun(stage, at, 'in_progress')
  }
  if (!plan.late) emitJob(stage, at, job, 'in_progress')
}

function runnerOf({ world }: Stage, plan: JobPlan) {
  if (plan.labels.includes('self-hosted')) {
    return {
      runnerId: 4,
      runnerName: 'rail-runner-1',
      runnerGroupId: 1,
      runnerGroupName: 'Default',
    }
  }
  const runnerId = world.dice.between(1000, 9999)
  return {
    runnerId,
    runnerName: `GitHub Actions ${String(runnerId)}`,
    runnerGroupId: 0,
    runnerGroupName: 'GitHub Actions',
  }
}

export function finishJob(stage: Stage, at: JobPlace, plan: JobPlan, job: Job): void {
  const end = stage.world.now()
  updateJob(job, {
    status: 'completed',
    conclusion: plan.conclusion,
    completedAt: new Date(end),
    steps: stepsOf(plan, job.startedAt.getTime(), end),
  })
  emitJob(stage, at, job, 'completed')
}

export function emitJob(stage: Stage, at: JobPlace, job: Job, action: string): void {
  stage.world.emit('workflow_job', jobPayload(stage, at, job, action))
}

function jobPayload({ world }: Stage, at: JobPlace, job: Job, action: string): JsonObject {
  const sender = latestAttempt(at.run).triggeringActor
  return {
    action,
    workflow_job: jobJson(world.links, at, job),
    ...envelope(world, at.repository, sender),
  }
}

/** GitHub promises no order: this start arrives after its own end. */
function emitStartLate(stage: Stage, at: JobPlace, job: Job): void {
  const early: Job = {
    ...job,
    status: 'in_progress',
    conclusion: null,
    completedAt: null,
    steps: [],
  }
  const payload = jobPayload(stage, at, early, 'in_progress')
  stage.world.emit('workflow_job', payload, 'arrives after its own end')
}

export function completeRun(stage: Stage, at: JobPlace, conclusion?: Conclusion): void {
  const failed = latestAttempt(at.run).jobs.some((job) => job.conclusion === 'failure')
  updateRun(at.run, {
    status: 'completed',
    conclusion: conclusion ?? (failed ? 'failure' : 'success'),
    at: new Date(stage.world.now()),
  })
  emitRun(stage, at, 'completed')
  emitSuite(stage, at)
}

/** The suite that GitHub Actions keeps for the run. */
function emitSuite(stage: Stage, { repository, run }: JobPlace): void {
  const { world, cast } = stage
  const attempt = latestAttempt(run)
  const suite = suiteJson(world.links, repository, {
    id: run.checkSuiteId,
    app: actionsAppJson(world.links, cast.github),
    commit: commitOf(repository, run),
    branch: run.headRepository === repository ? run.headBranch : null,
    status: 'completed',
    conclusion: attempt.conclusion,
    pulls: run.pulls,
    startedAt: run.createdAt.getTime(),
    updatedAt: attempt.updatedAt.getTime(),
  })
  world.emit('check_suite', {
    action: 'completed',
    check_suite: suite,
    ...envelope(world, repository, attempt.triggeringActor),
  })
}
