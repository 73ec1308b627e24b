import type { Act, Clock, StoryDelivery } from './world.js'

/** An act and the moment at which it starts, in milliseconds since 1970. */
export interface Appointment {
  readonly at: number
  readonly act: () => Act
}

interface Waiting {
  readonly at: number
  /** Who came first goes first when two steps fall on one millisecond. */
  readonly order: number
  readonly steps: Act
}

/**
 * Plays acts side by side in the order of time: each step runs at its own moment, sees what others did before
 * it, and what it sets off is sent before the next step.
 */
export function* playSchedule(
  clock: Clock,
  appointments: readonly Appointment[],
): Generator<StoryDelivery> {
  const waiting = appointments.map(({ at, act }, order) => ({ at, order, steps: act() }))
  for (let next = takeFirst(waiting); next; next = takeFirst(waiting)) {
    clock.now = Math.max(clock.now, next.at)
    const step = next.steps.next()
    if (step.done !== true) waiting.push({ ...next, at: clock.now + step.value })
    yield* clock.outbox.splice(0)
  }
}

function takeFirst(waiting: Waiting[]): Waiting | undefined {
  let first = 0
  for (const [index, one] of waiting.entries()) {
    const best = waiting[first]
    if (best && (one.at < best.at || (one.at === best.at && one.order < best.order))) first = index
  }
  return waiting.splice(first, 1)[0]
}
