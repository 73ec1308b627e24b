import type { Account, Commit, PullRequest } from '../../github/index.js'
import type { Place } from '../places.js'
import type { Stage } from '../stage.js'
import { MINUTE, SECOND } from '../time.js'
import type { Act, Steps } from '../world.js'
import { foreignCheck } from './checking.js'
import { failing, LINT, PLAN, TEST } from './job-plans.js'
import { emitPull, mergePull, movePull, openPull, reviewPull } from './proposing.js'
import { deleteBranch, pushChange } from './pushing.js'
import { requestRun, playAttempt, runAgain, runWorkflow, type RunPlan } from './running.js'

/** One piece of ordinary work, from a branch to the default branch. */
export interface Feature {
  readonly place: Place
  readonly author: Account
  readonly reviewer: Account
  readonly branch: string
  readonly title: string
  readonly body?: string
  readonly files: Readonly<Record<string, string>>
  /** `broken`: tests fail until a second push; `flaky`: until somebody runs them again; `rebased`: pushed by force. */
  readonly trouble?: 'broken' | 'flaky' | 'rebased' | 'late'
}

const CI: RunPlan = [[LINT, TEST]]
const RED_CI: RunPlan = [[LINT, failing(TEST, 'Run npm test')]]
const LATE_CI: RunPlan = [[{ ...LINT, late: true }, TEST]]

export function* workOn(stage: Stage, feature: Feature): Act {
  const { dice } = stage.world
  const { repository } = feature.place
  const commit = pushChange(stage, changeOf(feature, feature.title))
  yield dice.between(2, 9) * MINUTE
  const { author: user, branch, title, body } = feature
  const proposal = { title, user, branch, sha: commit.sha, ...(body === undefined ? {} : { body }) }
  const pull = openPull(stage, repository, proposal)
  yield* makeGreen(stage, feature, pull)
  const { reviewer } = feature
  emitPull(stage, repository, pull, {
    action: 'review_requested',
    sender: feature.author,
    reviewers: [reviewer],
  })
  yield dice.between(15, 70) * MINUTE
  reviewPull(stage, repository, pull, { by: reviewer, state: 'approved', body: 'Looks good.' })
  yield dice.between(1, 6) * MINUTE
  yield* land(stage, feature, pull, reviewer)
}

/** Merges, tidies up, and runs the pipeline on the default branch. */
export function* land(
  stage: Stage,
  { place, branch }: Pick<Feature, 'place' | 'branch'>,
  pull: PullRequest,
  by: Account,
): Steps<Commit> {
  const merged = mergePull(stage, place.repository, pull, by)
  yield 2 * SECOND
  deleteBranch(stage, place.repository, { branch, by })
  const request = { event: 'push', sha: merged.sha, branch: 'main', actor: by }
  yield* runWorkflow(stage, { place, workflow: pipelineOf(place), ...request }, planOf(place))
  return merged
}

function changeOf(feature: Feature, message: string) {
  const { branch, author: by, files } = feature
  return { repository: feature.place.repository, branch, by, message, files }
}

/** Runs the pipeline for a pull request until it passes. */
function* makeGreen(stage: Stage, feature: Feature, pull: PullRequest): Steps<void> {
  if (feature.trouble === 'broken') return yield* breakAndMend(stage, feature, pull)
  if (feature.trouble === 'rebased') yield* rebase(stage, feature, pull)
  const plan = feature.trouble === 'late' ? LATE_CI : planOf(feature.place)
  const first = feature.trouble === 'flaky' ? RED_CI : plan
  const at = requestRun(stage, requestFor(feature, pull))
  yield* playAttempt(stage, at, first)
  yield* foreignCheck(stage, feature.place.repository, pull)
  if (feature.trouble !== 'flaky') return
  yield 14 * MINUTE
  // Not the author: who runs a failed build again is a fact of its own.
  yield* runAgain(stage, at, stage.cast.samuel, CI)
}

function* breakAndMend(stage: Stage, feature: Feature, pull: PullRequest): Steps<void> {
  yield* runWorkflow(stage, requestFor(feature, pull), RED_CI)
  yield 25 * MINUTE
  const [path = 'README.md', content = ''] = Object.entries(feature.files)[0] ?? []
  const mended = pushChange(stage, {
    ...changeOf(feature, 'Fix the failing test'),
    files: { [path]: `${content}// mended\n` },
  })
  movePull(stage, feature.place.repository, pull, mended)
  yield 5 * SECOND
  yield* runWorkflow(stage, requestFor(feature, pull), CI)
}

/** The author rewrites the branch: nothing to worry about here, and recorded all the same. */
function* rebase(stage: Stage, feature: Feature, pull: PullRequest): Steps<void> {
  yield 6 * MINUTE
  const { repository } = feature.place
  const rewritten = pushChange(stage, {
    ...changeOf(feature, `${feature.title}\n\nRebased onto main.`),
    onto: repository.commits.get(pull.headSha)?.parents[0] ?? pull.baseSha,
  })
  movePull(stage, repository, pull, rewritten)
  yield 5 * SECOND
}

function requestFor(feature: Feature, pull: PullRequest) {
  return {
    place: feature.place,
    workflow: pipelineOf(feature.place),
    event: 'pull_request',
    sha: pull.headSha,
    branch: pull.headRef,
    actor: feature.author,
    pulls: [pull.number],
    title: pull.title,
  }
}

export function pipelineOf(place: Place): 'ci' | 'plan' {
  return place.workflows.ci ? 'ci' : 'plan'
}

export function planOf(place: Place): RunPlan {
  return place.workflows.ci ? CI : [[PLAN]]
}
