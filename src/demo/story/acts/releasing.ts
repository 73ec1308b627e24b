import { addRuleset, type Account, type Repository } from '../../github/index.js'
import { envelope } from '../payloads/repositories.js'
import { releaseJson, rulesetJson, type Release } from '../payloads/settings.js'
import { tipOf, type Place } from '../places.js'
import type { Stage } from '../stage.js'
import { MINUTE, SECOND } from '../time.js'
import type { Act } from '../world.js'
import { PUBLISH } from './job-plans.js'
import { pushTag } from './pushing.js'
import { completeRun, finishJob, queueJob, requestRun, startJob } from './running.js'

export interface ReleaseOrder {
  readonly place: Place
  readonly tag: string
  readonly notes: string
  readonly by: Account
}

/** A tag is pushed, the release workflow publishes it and writes the notes, as GitHub Actions' own account. */
export function* release(stage: Stage, { place, tag, notes, by }: ReleaseOrder): Act {
  const { repository } = place
  const sha = tipOf(repository)
  pushTag(stage, repository, { tag, to: sha, by })
  yield 4 * SECOND
  const request = { event: 'push', sha, branch: tag, actor: by }
  const at = requestRun(stage, { place, workflow: 'release', ...request })
  const job = queueJob(stage, at, PUBLISH)
  yield 9 * SECOND
  startJob(stage, at, PUBLISH, job)
  yield PUBLISH.minutes * MINUTE
  publishRelease(stage, repository, { tag, notes, by: stage.cast.actions })
  yield 6 * SECOND
  finishJob(stage, at, PUBLISH, job)
  completeRun(stage, at)
}

function publishRelease(
  { world }: Stage,
  repository: Repository,
  { tag, notes, by }: Omit<ReleaseOrder, 'place'>,
): void {
  const id = world.id('release')
  const made: Release = { id, tag, name: tag, body: notes, author: by, at: world.now() }
  for (const action of ['created', 'published', 'released']) {
    world.emit('release', {
      action,
      release: releaseJson(world.links, repository, made),
      ...envelope(world, repository, by),
    })
  }
}

/** After the attack: from now on nobody moves a version's tag. */
export function protectTags({ world }: Stage, repository: Repository, by: Account): void {
  const ruleset = addRuleset(world.state, repository, {
    name: 'Versions stay where they are',
    target: 'tag',
    include: ['refs/tags/v*'],
    rules: [{ type: 'deletion' }, { type: 'non_fast_forward' }],
    at: new Date(world.now()),
    id: world.id('ruleset'),
  })
  world.emit('repository_ruleset', {
    action: 'created',
    repository_ruleset: rulesetJson(world.links, repository, ruleset),
    ...envelope(world, repository, by),
  })
}
