import type { PullRequest, Repository } from '../../github/index.js'
import { appJson, checkJson, type AppIdentity } from '../payloads/checks.js'
import { envelope } from '../payloads/repositories.js'
import type { Stage } from '../stage.js'
import { SECOND } from '../time.js'
import type { Steps } from '../world.js'

/** Another App's check on a pull request: noise to us, and recorded. */
export function* foreignCheck(
  stage: Stage,
  repository: Repository,
  pull: PullRequest,
): Steps<void> {
  const linter: AppIdentity = {
    id: 311_204,
    slug: 'timber-lint',
    name: 'Timber Lint',
    owner: stage.cast.linter,
  }
  const output = { title: '0 problems', summary: 'No problems in **1** changed file.' }
  yield* checkBy(stage, { app: linter, name: 'timber-lint', repository, pull, ...output })
}

/** Our own check run, as GitHub tells us of it: it must cause nothing. */
export function* ownCheckEcho(
  stage: Stage,
  repository: Repository,
  pull: PullRequest,
): Steps<void> {
  const { world } = stage
  const own: AppIdentity = {
    id: world.app.id,
    slug: world.app.slug,
    name: 'Hooktrail',
    owner: world.organization,
  }
  const output = { title: 'Nothing unusual', summary: 'An echo of our own check run.' }
  yield* checkBy(stage, { app: own, name: 'Hooktrail', repository, pull, ...output })
}

interface Checking {
  readonly app: AppIdentity
  readonly name: string
  readonly repository: Repository
  readonly pull: PullRequest
  readonly title: string
  readonly summary: string
}

function* checkBy(stage: Stage, checking: Checking): Steps<void> {
  const { world } = stage
  const ids = { suite: world.id('suite'), check: world.id('check'), startedAt: world.now() }
  emitCheck(stage, checking, ids, false)
  yield world.dice.between(9, 40) * SECOND
  emitCheck(stage, checking, ids, true)
}

interface CheckIds {
  readonly suite: number
  readonly check: number
  readonly startedAt: number
}

function emitCheck({ world }: Stage, checking: Checking, ids: CheckIds, done: boolean): void {
  const { repository, pull, app } = checking
  const commit = repository.commits.get(pull.headSha)
  if (!commit) return
  const state = done
    ? { status: 'completed', conclusion: 'success' }
    : { status: 'queued', conclusion: null }
  const suite = {
    id: ids.suite,
    app: appJson(world, app),
    commit,
    branch: pull.headRef,
    ...state,
    pulls: [pull.number],
    startedAt: ids.startedAt,
    updatedAt: world.now(),
  }
  const check = checkJson(world.links, repository, suite, {
    id: ids.check,
    name: checking.name,
    ...state,
    title: done ? checking.title : null,
    summary: done ? checking.summary : null,
    detailsUrl: `${world.links.web}/apps/${app.slug}`,
  })
  const sender = app.owner.type === 'Bot' ? app.owner : world.app.account
  world.emit('check_run', {
    action: done ? 'completed' : 'created',
    check_run: check,
    ...envelope(world, repository, sender),
  })
}
