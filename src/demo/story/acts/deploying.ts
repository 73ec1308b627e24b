import type { JsonObject } from '../../../core/domain/index.js'
import { addApproval, addArtifact, updateJob, updateRun, type Account } from '../../github/index.js'
import { actionsAppJson } from '../payloads/checks.js'
import { tipOf, workflowOf, type Place } from '../places.js'
import { objectId } from '../random.js'
import type { Deployment } from '../payloads/deployments.js'
import { envelope } from '../payloads/repositories.js'
import type { JobPlace } from '../payloads/runs.js'
import type { Stage } from '../stage.js'
import { MINUTE, SECOND } from '../time.js'
import type { Act, Steps } from '../world.js'
import { announceDeployment, announceReview, announceStatus } from './deployment-news.js'
import { BUILD, DEPLOY, failing } from './job-plans.js'
import {
  completeRun,
  createJob,
  emitJob,
  finishJob,
  queueJob,
  requestAgain,
  requestRun,
  startJob,
} from './running.js'

export interface DeployOrder {
  readonly place: Place
  readonly by: Account
  readonly approver: Account
  readonly comment: string
  readonly inputs: JsonObject
  readonly fails?: boolean
}

type Carried = Omit<DeployOrder, 'inputs'>

/** Somebody starts the workflow by hand with inputs, somebody else approves, it deploys. */
export function* deploy(stage: Stage, order: DeployOrder): Act {
  const { repository } = order.place
  stage.world.emit('workflow_dispatch', {
    inputs: order.inputs,
    ref: 'refs/heads/main',
    workflow: '.github/workflows/deploy.yml',
    ...envelope(stage.world, repository, order.by),
  })
  yield 2 * SECOND
  const at = requestRun(stage, {
    place: order.place,
    workflow: 'deploy',
    event: 'workflow_dispatch',
    sha: tipOf(repository),
    branch: 'main',
    actor: order.by,
    title: 'Deploy',
  })
  yield* deployRun(stage, at, order)
}

export type RollbackOrder = Omit<Carried, 'fails'>

/** The way back that people know: the run of the first deployment once more, with the commit of then. */
export function* rollBack(stage: Stage, order: RollbackOrder): Act {
  const { repository } = order.place
  const run = [...repository.runs.values()].find(
    ({ workflow, attempts }) =>
      workflow === workflowOf(order.place, 'deploy') && attempts.at(-1)?.conclusion === 'success',
  )
  if (!run) throw new Error(`${repository.name} was never deployed.`)
  const at = { repository, run }
  requestAgain(stage, at, order.by)
  yield* deployRun(stage, at, order)
}

function* deployRun(stage: Stage, at: JobPlace, order: Carried): Steps<void> {
  yield* build(stage, at)
  const deployment = openDeployment(stage, at, order)
  yield* waitForApproval(stage, deployment, order)
  yield* carryOut(stage, deployment, order)
  completeRun(stage, at)
}

function* build(stage: Stage, at: JobPlace): Steps<void> {
  const { world } = stage
  const job = queueJob(stage, at, BUILD)
  yield 7 * SECOND
  startJob(stage, at, BUILD, job)
  yield BUILD.minutes * MINUTE
  addArtifact(world.state, at.run, {
    name: 'site',
    sizeInBytes: 4_181_204,
    digest: `sha256:${objectId(at.run.id, 'site')}${objectId(at.run.id).slice(0, 24)}`,
    at: new Date(world.now()),
    id: world.id('job'),
  })
  finishJob(stage, at, BUILD, job)
}

/** The job targets an environment with required reviewers: it and its run wait. */
function openDeployment(stage: Stage, place: JobPlace, order: Carried): Deployment {
  const { world, cast } = stage
  const job = createJob(stage, place, DEPLOY)
  updateJob(job, { status: 'waiting' })
  updateRun(place.run, { status: 'waiting', at: new Date(world.now()) })
  return {
    id: world.id('deployment'),
    environment: 'production',
    creator: order.by,
    app: actionsAppJson(world.links, cast.github),
    place,
    job,
    at: world.now(),
  }
}

function* waitForApproval(
  stage: Stage,
  deployment: Deployment,
  { by, approver, comment }: Carried,
): Steps<void> {
  const since = stage.world.now()
  emitJob(stage, deployment.place, deployment.job, 'waiting')
  announceDeployment(stage, deployment)
  announceStatus(stage, deployment, 'waiting')
  announceReview(stage, deployment, { action: 'requested', since, requestor: by, approver })
  yield stage.world.dice.between(4, 25) * MINUTE
  const environments = [deployment.environment]
  addApproval(deployment.place.run, { state: 'approved', user: approver, comment, environments })
  announceReview(stage, deployment, {
    action: 'approved',
    since,
    requestor: by,
    approver,
    comment,
  })
}

function* carryOut(stage: Stage, deployment: Deployment, order: Carried): Steps<void> {
  const { place, job } = deployment
  const plan = order.fails ? failing(DEPLOY, 'Run ./deploy.sh') : DEPLOY
  updateJob(job, { status: 'queued' })
  emitJob(stage, place, job, 'queued')
  yield 11 * SECOND
  startJob(stage, place, plan, job)
  announceStatus(stage, deployment, 'in_progress')
  yield plan.minutes * MINUTE
  finishJob(stage, place, plan, job)
  announceStatus(stage, deployment, order.fails ? 'failure' : 'success')
}
