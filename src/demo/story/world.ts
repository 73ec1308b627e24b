import type { JsonObject } from '../../core/domain/index.js'
import type { Account, GitHubState, Installation } from '../github/index.js'
import { createDice, type Dice } from './random.js'

/** One signed POST of the story. */
export interface StoryDelivery {
  /** When GitHub would have sent it: milliseconds since 1970, in order except where `note` says otherwise. */
  readonly at: number
  readonly event: string
  readonly payload: JsonObject
  readonly guid: string
  /** Why this one is out of the ordinary. */
  readonly note?: string
}

export interface StoryOptions {
  /** The last moment that the story may know: milliseconds since 1970. It ends the evening before. */
  readonly endsAt: number
  /** The same seed tells the same story, byte for byte. */
  readonly seed?: number
  /** The App that Hooktrail runs as: its own check run comes back as an echo. */
  readonly app?: { readonly id: number; readonly slug: string }
  readonly installationId?: number
  /** What links begin with, without a slash at the end. */
  readonly webUrl?: string
  readonly apiUrl?: string
}

/** What somebody does, step by step: each `yield` says how many milliseconds pass until the next step. */
export type Steps<Result> = Generator<number, Result>
export type Act = Steps<void>

/** Where a link of a payload leads. */
export interface Links {
  readonly web: string
  readonly api: string
}

/** What acts are played in: GitHub's state, the time, and the deliveries that what they do sets off. */
export interface World {
  readonly state: GitHubState
  readonly dice: Dice
  readonly links: Links
  readonly app: { readonly id: number; readonly slug: string; readonly account: Account }
  readonly organization: Account
  readonly installation: Installation
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** An id of the size that GitHub's have by now, different for each call. */
  readonly id: (kind: IdKind) => number
  readonly emit: (event: string, payload: JsonObject, note?: string) => StoryDelivery
  /** Sends the very same delivery once more. */
  readonly repeat: (delivery: StoryDelivery) => void
}

const FIRST_IDS = {
  account: 204_118_003,
  repository: 716_204_118,
  workflow: 98_413_007,
  run: 19_482_113_057,
  suite: 47_201_550_318,
  job: 55_903_117_240,
  check: 58_113_904_027,
  pull: 2_604_118_733,
  review: 3_117_482_009,
  deployment: 2_901_447_016,
  status: 4_800_117_305,
  rule: 61_402_118,
  key: 104_550_913,
  team: 13_204_117,
  release: 231_904_118,
  ruleset: 6_104_227,
} as const
export type IdKind = keyof typeof FIRST_IDS

export function createIds(dice: Dice): (kind: IdKind) => number {
  const last: Record<IdKind, number> = { ...FIRST_IDS }
  return (kind) => (last[kind] += dice.between(1, 997))
}

/** Time and the letterbox: what acts share while they are played side by side. */
export interface Clock {
  now: number
  readonly outbox: StoryDelivery[]
}

export function createEmit(clock: Clock, dice: Dice): World['emit'] {
  return (event, payload, note) => {
    const delivery = {
      at: clock.now,
      event,
      payload,
      guid: dice.guid(),
      ...(note === undefined ? {} : { note }),
    }
    clock.outbox.push(delivery)
    return delivery
  }
}

const DEFAULT_SEED = 20_261_108

export function storyDice(options: StoryOptions): Dice {
  return createDice(options.seed ?? DEFAULT_SEED)
}
