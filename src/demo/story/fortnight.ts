import type { Account } from '../github/index.js'
import { updateDependency, dependencyAlert, nightly, type Update } from './acts/bots.js'
import { attack, MOVED_TAG } from './acts/attack.js'
import { deploy, rollBack, type DeployOrder } from './acts/deploying.js'
import { workOn, type Feature } from './acts/feature.js'
import { forkPull } from './acts/fork.js'
import { echo, eventOfTomorrow, install, skipPipeline } from './acts/oddities.js'
import { hireRaj, openTheDocs, welcomeLena } from './acts/people.js'
import { release } from './acts/releasing.js'
import { rotateKeys } from './acts/rotation.js'
import type { Appointment } from './schedule.js'
import type { Stage } from './stage.js'
import { DAY, HOUR, MINUTE } from './time.js'
import type { Act } from './world.js'

/** @param start midnight before the first of the fourteen days */
export function planFortnight(stage: Stage, start: number): Appointment[] {
  const on = (day: number, time: string, act: () => Act): Appointment => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number)
    return { at: start + (day - 1) * DAY + hours * HOUR + minutes * MINUTE, act }
  }
  return [...weekOne(stage, on), ...weekTwo(stage, on), ...refunds(stage, on), ...nights(stage, on)]
}

type On = (day: number, time: string, act: () => Act) => Appointment

function weekOne(stage: Stage, on: On): Appointment[] {
  const { timetable, shop, docs } = stage.places
  const { mira, jonas, aiko, samuel } = stage.cast
  const feature = featureOn(stage)
  return [
    on(1, '08:30', () => install(stage)),
    on(1, '09:05', () =>
      feature('timetable', 'Cache timetables for a minute', {
        author: jonas,
        reviewer: aiko,
        slug: 'cache-headers',
      }),
    ),
    on(1, '10:40', () =>
      feature('shop', 'Show the seat map', {
        author: aiko,
        reviewer: mira,
        slug: 'seat-map',
        trouble: 'broken',
      }),
    ),
    on(2, '09:15', () => openTheDocs(stage, docs.repository)),
    on(2, '11:00', () =>
      feature('infra', 'A bigger runner', {
        author: samuel,
        reviewer: jonas,
        slug: 'bigger-runner',
      }),
    ),
    on(2, '14:10', () => skipPipeline(stage)),
    on(3, '09:00', () => welcomeLena(stage)),
    on(3, '10:30', () => hireRaj(stage)),
    on(3, '13:45', () =>
      feature('timetable', 'Night trains', {
        author: aiko,
        reviewer: jonas,
        slug: 'night-trains',
        trouble: 'flaky',
      }),
    ),
    on(4, '10:00', () => rotateKeys(stage)),
    on(4, '15:30', () => deploy(stage, orderOf(stage, '2026.11.1', 'Release notes read. Go.'))),
    on(5, '09:20', () => dependencyAlert(stage, shop, 2)),
    on(5, '09:30', () => bump(stage, 'timetable', '7.5.2')),
    on(6, '16:00', () => eventOfTomorrow(stage, timetable)),
  ]
}

function weekTwo(stage: Stage, on: On): Appointment[] {
  const { timetable } = stage.places
  const { mira, jonas, aiko, lena, samuel, raj, renovate } = stage.cast
  const feature = featureOn(stage)
  const nodeUpdate = updateOf(stage, 'shop', '7.6.0', { bot: renovate })
  return [
    on(7, '09:30', () => bump(stage, 'shop', '7.5.2')),
    on(8, '09:10', () =>
      feature('timetable', 'Sort stations by name', {
        author: lena,
        reviewer: mira,
        slug: 'first-steps',
        trouble: 'rebased',
      }),
    ),
    on(8, '11:20', () => forkPull(stage)),
    on(9, '10:00', () =>
      release(stage, { place: timetable, tag: MOVED_TAG, notes: 'Night trains.', by: jonas }),
    ),
    on(9, '13:00', () =>
      feature('shop', 'Refunds in one step', {
        author: raj,
        reviewer: aiko,
        slug: 'refunds',
        trouble: 'late',
      }),
    ),
    on(10, '09:40', () => updateDependency(stage, nodeUpdate)),
    on(11, '10:05', () => echo(stage, timetable)),
    on(12, '09:30', () =>
      feature('timetable', 'Announce platform changes', {
        author: jonas,
        reviewer: lena,
        slug: 'platform-changes',
      }),
    ),
    on(14, '02:10', () => attack(stage)),
    on(14, '11:30', () =>
      feature('shop', 'Winter fares', { author: aiko, reviewer: samuel, slug: 'winter-fares' }),
    ),
  ]
}

/** Deployed at the second try, and taken back the day after. */
function refunds(stage: Stage, on: On): Appointment[] {
  const { shop } = stage.places
  const { jonas, samuel } = stage.cast
  const comment = 'Refunds are paid twice. Back to 2026.11.1.'
  return [
    on(10, '14:00', () =>
      deploy(stage, { ...orderOf(stage, '2026.11.2', 'Refunds.'), fails: true }),
    ),
    on(10, '15:10', () =>
      deploy(stage, orderOf(stage, '2026.11.3', 'Second try, disk is free again.')),
    ),
    on(11, '16:20', () => rollBack(stage, { place: shop, by: jonas, approver: samuel, comment })),
  ]
}

/** Which nights the end-to-end tests ran, and when they failed. */
const NIGHTS: readonly (readonly [day: number, passes: boolean])[] = [
  [2, true],
  [5, false],
  [9, true],
  [13, true],
]

function nights(stage: Stage, on: On): Appointment[] {
  const { timetable } = stage.places
  return NIGHTS.map(([day, passes]) => on(day, '03:17', () => nightly(stage, timetable, passes)))
}

type PlaceName = keyof Stage['places']

interface Work {
  readonly author: Account
  readonly reviewer: Account
  readonly slug: string
  readonly trouble?: Feature['trouble']
}

function featureOn(stage: Stage) {
  return (place: PlaceName, title: string, { slug, trouble, ...who }: Work): Act => {
    const branch = `${who.author.login.replace(/-.*/, '')}/${slug}`
    const files = { [`src/${slug}.ts`]: `export const title = ${JSON.stringify(title)}\n` }
    const feature = { place: stage.places[place], branch, title, files, ...who }
    return workOn(stage, trouble === undefined ? feature : { ...feature, trouble })
  }
}

function orderOf(stage: Stage, version: string, comment: string): DeployOrder {
  const { jonas, samuel } = stage.cast
  const inputs = { version, dry_run: 'false' }
  return { place: stage.places.shop, by: jonas, approver: samuel, comment, inputs }
}

function updateOf(
  stage: Stage,
  place: PlaceName,
  version: string,
  more: Pick<Update, 'bot' | 'mergedBy'>,
): Update {
  const bot = more.bot.login.replace('[bot]', '')
  const title = `Bump semver to ${version}`
  return {
    place: stage.places[place],
    branch: `${bot}/npm/semver-${version}`,
    title,
    version,
    ...more,
  }
}

function bump(stage: Stage, place: PlaceName, version: string): Act {
  const { dependabot, mira } = stage.cast
  return updateDependency(
    stage,
    updateOf(stage, place, version, { bot: dependabot, mergedBy: mira }),
  )
}
