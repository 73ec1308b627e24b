import type { Account } from '../../github/index.js'
import { dependabotAlertJson } from '../payloads/settings.js'
import { envelope } from '../payloads/repositories.js'
import type { Place } from '../places.js'
import { tipOf } from '../places.js'
import type { Stage } from '../stage.js'
import { HOUR, MINUTE } from '../time.js'
import type { Act } from '../world.js'
import { land, pipelineOf, planOf } from './feature.js'
import { END_TO_END, failing } from './job-plans.js'
import { closePull, openPull } from './proposing.js'
import { pushChange } from './pushing.js'
import { runWorkflow } from './running.js'

export interface Update {
  readonly place: Place
  readonly bot: Account
  readonly branch: string
  readonly title: string
  readonly version: string
  /** Who merges it; without, it is closed as not wanted. */
  readonly mergedBy?: Account
}

/** A bot raises a dependency; a person merges it or does not. */
export function* updateDependency(stage: Stage, update: Update): Act {
  const { place, bot, branch, title } = update
  const { repository } = place
  const content = `{ "dependencies": { "semver": "${update.version}" } }\n`
  const commit = pushChange(stage, {
    repository,
    branch,
    by: bot,
    message: title,
    files: { 'package.json': content },
  })
  yield MINUTE
  const body = `Bumps semver to ${update.version}.`
  const pull = openPull(stage, repository, { title, body, user: bot, branch, sha: commit.sha })
  const request = { event: 'pull_request', sha: commit.sha, branch, actor: bot, title }
  yield* runWorkflow(
    stage,
    { place, workflow: pipelineOf(place), ...request, pulls: [pull.number] },
    planOf(place),
  )
  yield 2 * HOUR
  if (update.mergedBy) yield* land(stage, { place, branch }, pull, update.mergedBy)
  else closePull(stage, repository, pull, stage.cast.mira)
}

/** GitHub learns of a vulnerability, and sees later that it is gone. */
export function* dependencyAlert(stage: Stage, place: Place, days: number): Act {
  const createdAt = stage.world.now()
  emitAlert(stage, place, { state: 'open', createdAt })
  yield days * 24 * HOUR
  emitAlert(stage, place, { state: 'fixed', createdAt })
}

interface AlertNews {
  readonly state: 'open' | 'fixed'
  readonly createdAt: number
}

function emitAlert({ world, cast }: Stage, { repository }: Place, news: AlertNews): void {
  const alert = { number: 1, ...news, updatedAt: world.now() }
  world.emit('dependabot_alert', {
    action: news.state === 'open' ? 'created' : 'fixed',
    alert: dependabotAlertJson(world.links, repository, alert),
    ...envelope(world, repository, cast.github),
  })
}

/** What the clock starts, nobody did: GitHub names whoever last touched the schedule. */
export function* nightly(stage: Stage, place: Place, passes: boolean): Act {
  yield* runWorkflow(
    stage,
    {
      place,
      workflow: 'nightly',
      event: 'schedule',
      sha: tipOf(place.repository),
      branch: 'main',
      actor: stage.cast.mira,
      title: 'Nightly',
    },
    [[passes ? END_TO_END : failing(END_TO_END, 'Run npm run e2e')]],
  )
}
