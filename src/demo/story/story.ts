import { readAppManifest } from '../../platform/index.js'
import { addInstallation, addUser, type GitHubState } from '../github/index.js'
import { castStory, grantAccess, type Cast } from './cast.js'
import { planFortnight } from './fortnight.js'
import { foundPlaces, repositoriesOf, type Places } from './places.js'
import { playSchedule } from './schedule.js'
import { DAY } from './time.js'
import {
  createEmit,
  createIds,
  storyDice,
  type Clock,
  type StoryDelivery,
  type StoryOptions,
  type World,
} from './world.js'

export const FORTNIGHT_MS = 14 * DAY

/**
 * Tells a small organisation's fortnight: founds the organisation in the state at once, then, delivery by
 * delivery, changes the state and yields what GitHub would send. Whoever asks the stand-in between two
 * deliveries is answered from the state as it then is.
 *
 * The same options on a new state tell the same story, byte for byte.
 */
export function playStory(state: GitHubState, options: StoryOptions): Iterable<StoryDelivery> {
  const start = startOf(options.endsAt)
  const clock: Clock = { now: start, outbox: [] }
  const dice = storyDice(options)
  const id = createIds(dice)
  const at = new Date(start)
  const cast = castStory(state, new Date(start - 900 * DAY))
  const places = foundPlaces({ state, id, cast, at })
  grantAccess(cast, repositoriesOf(places))
  const world = {
    ...createWorld({ state, clock, cast, places }, options),
    dice,
    id,
    emit: createEmit(clock, dice),
  }
  return playSchedule(clock, planFortnight({ world, cast, places }, start))
}

/** Midnight before a fortnight that ends the evening before the given moment; milliseconds since 1970. */
export function startOf(endsAt: number): number {
  return Math.floor(endsAt / DAY) * DAY - FORTNIGHT_MS
}

/** What the organisation lets the App do: what app.yml asks for, and issues, which it leaves to the organisation. */
export function storyPermissions(): Readonly<Record<string, string>> {
  return { ...readAppManifest().default_permissions, issues: 'write' }
}

interface Founded {
  readonly state: GitHubState
  readonly clock: Clock
  readonly cast: Cast
  readonly places: Places
}

function createWorld(
  { state, clock, cast, places }: Founded,
  options: StoryOptions,
): Omit<World, 'dice' | 'id' | 'emit'> {
  const app = options.app ?? { id: 1_204_118, slug: 'hooktrail' }
  const account = addUser(state, { login: `${app.slug}[bot]`, id: app.id + 100_000_000 })
  const installation = addInstallation(state, {
    account: cast.organization,

    permissions: storyPermissions(),
    events: readAppManifest().default_events,
    repositories: repositoriesOf(places),
    id: options.installationId ?? 58_204_117,
    at: new Date(clock.now),
  })
  return {
    state,
    links: {
      web: options.webUrl ?? 'https://github.com',
      api: options.apiUrl ?? 'https://api.github.com',
    },
    app: { ...app, account },
    organization: cast.organization,
    installation,
    now: () => clock.now,
    repeat: (delivery) => {
      clock.outbox.push({ ...delivery, at: clock.now, note: 'came before' })
    },
  }
}
