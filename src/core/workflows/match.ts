import { groupBy } from '../domain/index.js'
import type { Job, Step } from './facts.js'
import { usedThing } from './uses.js'

export interface Matching<Part> {
  readonly pairs: readonly (readonly [before: Part, after: Part])[]
  readonly removed: readonly Part[]
  readonly added: readonly Part[]
}

type Key<Part> = (part: Part) => string | undefined

/** What makes two steps the same one, surest first. */
const STEP_KEYS: readonly Key<Step>[] = [
  ({ id }) => id,
  stepContent,
  ({ name }) => name,
  ({ uses }) => uses && usedThing(uses),
  ({ run }) => run?.text.split('\n', 1)[0],
]

/** Pairs up the steps of two versions of a job. A lone command that stands where another one stood is that one, changed. */
export function matchSteps(before: readonly Step[], after: readonly Step[]): Matching<Step> {
  const pairs = new Map<Step, Step>()
  for (const key of STEP_KEYS) pairByKey(before, after, pairs, { key })
  const [old, now] = [[...pairs.keys()], [...pairs.values()]]
  pairByKey(before, after, pairs, { key: placeKey(before, old), keyAfter: placeKey(after, now) })
  return matchingOf(before, after, pairs)
}

interface Keys<Part> {
  readonly key: Key<Part>
  /** Where the other version has one of its own. */
  readonly keyAfter?: Key<Part>
}

/** Pairs, in order, the unpaired parts that have one key. */
function pairByKey<Part>(
  before: readonly Part[],
  after: readonly Part[],
  pairs: Map<Part, Part>,
  { key, keyAfter = key }: Keys<Part>,
): void {
  const taken = new Set(pairs.values())
  const free = groupBy(
    after.filter((part) => !taken.has(part) && keyAfter(part) !== undefined),
    (part) => keyAfter(part) ?? '',
  )
  for (const part of before) {
    const name = pairs.has(part) ? undefined : key(part)
    const other = name === undefined ? undefined : free.get(name)?.shift()
    if (other) pairs.set(part, other)
  }
}

/** For nameless commands: how many paired steps stand before it. */
function placeKey(steps: readonly Step[], paired: readonly Step[]): Key<Step> {
  const known = new Set(paired)
  return (step) => {
    if (!step.run || step.name !== undefined || step.id !== undefined) return undefined
    return String(steps.slice(0, step.index).filter((one) => known.has(one)).length)
  }
}

function stepContent({ id, name, uses, run, ...rest }: Step): string {
  const { condition, continueOnError, with: inputs, env, settings } = rest
  const texts = [inputs, env, settings].map((map) =>
    [...map].map(([key, { text }]) => [key, text]).sort(),
  )
  return JSON.stringify([
    id,
    name,
    uses?.text,
    run?.text,
    condition?.text,
    continueOnError?.text,
    texts,
  ])
}

function matchingOf<Part>(
  before: readonly Part[],
  after: readonly Part[],
  pairs: ReadonlyMap<Part, Part>,
): Matching<Part> {
  const taken = new Set(pairs.values())
  return {
    pairs: [...pairs],
    removed: before.filter((part) => !pairs.has(part)),
    added: after.filter((part) => !taken.has(part)),
  }
}

/** Jobs by id; those left that do mostly the same were renamed. */
export function matchJobs(before: readonly Job[], after: readonly Job[]): Matching<Job> {
  const pairs = new Map<Job, Job>()
  pairByKey(before, after, pairs, { key: ({ id }) => id })
  const left = matchingOf(before, after, pairs)
  for (const [one, other] of likeness(left)) {
    const taken = [...pairs.values()].includes(other)
    if (!pairs.has(one) && !taken) pairs.set(one, other)
  }
  return matchingOf(before, after, pairs)
}

/** Pairs that are alike by half or more, the most alike first; in one order, whichever version is called the old one. */
function likeness({ removed, added }: Matching<Job>): (readonly [Job, Job])[] {
  const found: { pair: readonly [Job, Job]; share: number; name: string }[] = []
  for (const one of removed) {
    for (const other of added) {
      const share = alike(one, other)
      const name = [one.id, other.id].sort().join(' ')
      if (share >= 0.5) found.push({ pair: [one, other], share, name })
    }
  }
  found.sort((a, b) => b.share - a.share || (a.name < b.name ? -1 : 1))
  return found.map(({ pair }) => pair)
}

/** The share of steps that both have; of jobs that call a workflow, whether it is the same. */
function alike(one: Job, other: Job): number {
  if (one.uses && other.uses) return usedThing(one.uses) === usedThing(other.uses) ? 1 : 0
  const most = Math.max(one.steps.length, other.steps.length)
  if (most === 0) return 0
  const theirs = other.steps.map(stepContent)
  let same = 0
  for (const content of one.steps.map(stepContent)) {
    const at = theirs.indexOf(content)
    if (at >= 0) theirs.splice(at, 1)
    if (at >= 0) same += 1
  }
  return same / most
}

interface Chain {
  readonly after: Step
  readonly length: number
  readonly previous: Chain | undefined
}

/** Of pairs in the old order, those that keep their order among each other: as many as can (the longest rising chain). */
export function inOrder(pairs: readonly (readonly [Step, Step])[]): ReadonlySet<Step> {
  const sorted = [...pairs].sort(([one], [other]) => one.index - other.index)
  const chains: Chain[] = []
  for (const [, after] of sorted) {
    const previous = longest(chains.filter((chain) => chain.after.index < after.index))
    chains.push({ after, length: (previous?.length ?? 0) + 1, previous })
  }
  const kept = new Set<Step>()
  for (let chain = longest(chains); chain; chain = chain.previous) kept.add(chain.after)
  return kept
}

function longest(chains: readonly Chain[]): Chain | undefined {
  let best: Chain | undefined
  for (const chain of chains) if (chain.length > (best?.length ?? 0)) best = chain
  return best
}
