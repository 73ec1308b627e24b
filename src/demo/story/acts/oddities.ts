import { userJson, installationJson } from '../payloads/accounts.js'
import { envelope } from '../payloads/repositories.js'
import { repositoriesOf, type Place } from '../places.js'
import { nodeId } from '../random.js'
import { fullName } from '../../github/index.js'
import type { Stage } from '../stage.js'
import { MINUTE, SECOND } from '../time.js'
import type { Act } from '../world.js'
import { openPull, closePull } from './proposing.js'
import { pushChange } from './pushing.js'
import { ownCheckEcho } from './checking.js'

/** The App comes to the organisation. */
export function* install(stage: Stage): Act {
  yield SECOND
  const { world, cast, places } = stage
  world.emit('installation', {
    action: 'created',
    installation: installationJson(world),
    repositories: repositoriesOf(places).map((repository) => ({
      id: repository.id,
      node_id: nodeId('R', repository.id),
      name: repository.name,
      full_name: fullName(repository),
      private: repository.visibility !== 'public',
    })),
    requester: null,
    sender: userJson(world.links, cast.mira),
  })
}

/** Straight to the default branch, and no pipeline runs: the message says so. */
export function* skipPipeline(stage: Stage): Act {
  const { repository } = stage.places.docs
  pushChange(stage, {
    repository,
    branch: 'main',
    by: stage.cast.aiko,
    message: 'Update opening hours [skip ci]',
    files: { 'hours.md': '# Hours\n\nAlways.\n' },
  })
  yield MINUTE
}

/** An event of tomorrow: no library of today knows it, and it is recorded all the same. */
export function* eventOfTomorrow(stage: Stage, place: Place): Act {
  const { world, cast } = stage
  world.emit(
    'workflow_insight',
    {
      action: 'computed',
      workflow_insight: {
        id: world.id('status'),
        carbon_grams: 41.5,
        labels: ['<b>new</b>', null],
      },
      ...envelope(world, place.repository, cast.github),
    },
    'no library knows this event',
  )
  yield SECOND
}

/** A pull request that only serves to bring our own check run back to us. */
export function* echo(stage: Stage, place: Place): Act {
  const { lena } = stage.cast
  const { repository } = place
  const branch = 'lena/hello'
  const change = {
    repository,
    branch,
    by: lena,
    message: 'Say hello',
    files: { 'hello.md': 'Hi!\n' },
  }
  const commit = pushChange(stage, change)
  yield 2 * MINUTE
  const title = 'Say hello'
  const pull = openPull(stage, repository, { title, user: lena, branch, sha: commit.sha })
  yield 30 * SECOND
  yield* ownCheckEcho(stage, repository, pull)
  yield 10 * MINUTE
  closePull(stage, repository, pull, lena)
}
