import { setTimeout as wait } from 'node:timers/promises'

import type { Deliverer } from './github/index.js'
import type { StoryDelivery } from './story/index.js'

/** A delivery that was sent, and what came back. */
export interface Sent {
  readonly delivery: StoryDelivery
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  readonly durationMs: number
  /** By `performance.now()`. */
  readonly sentAt: number
}

export interface Performance {
  readonly story: Iterable<StoryDelivery>
  readonly deliverer: Deliverer
  /** How many deliveries are under way at most. */
  readonly inFlight: number
  /** Deliveries a second; absent: as fast as they are taken. */
  readonly speed?: number | undefined
  /** @param count how many were sent so far, this one included */
  readonly onSent: (sent: Sent, count: number) => void
  readonly stopped: AbortSignal
}

/**
 * Plays the story over HTTP. The next delivery is taken (and with it the next change of GitHub's state) when one
 * under way is answered, so that order is kept to within the number of those under way: as on GitHub, roughly.
 */
export async function perform(performance: Performance): Promise<Sent[]> {
  const sent: Sent[] = []
  const next = performance.story[Symbol.iterator]()
  const beat = createBeat(performance.speed)
  const lanes = Array.from({ length: performance.inFlight }, () =>
    playLane(performance, { next, beat, sent }),
  )
  await Promise.all(lanes)
  return sent
}

interface Lane {
  readonly next: Iterator<StoryDelivery>
  readonly beat: () => Promise<void>
  readonly sent: Sent[]
}

async function playLane(play: Performance, { next, beat, sent }: Lane): Promise<void> {
  for (;;) {
    await beat()
    if (play.stopped.aborted) return
    const step = next.next()
    if (step.done === true) return
    const delivery = step.value
    const sentAt = performance.now()
    const { status, durationMs } = await play.deliverer.deliver(delivery)
    const one = { delivery, status, durationMs, sentAt }
    sent.push(one)
    play.onSent(one, sent.length)
  }
}

/** Waits until the next delivery is due. */
function createBeat(speed: number | undefined): () => Promise<void> {
  if (speed === undefined) return () => Promise.resolve()
  let due = performance.now()
  return async () => {
    due = Math.max(due + 1000 / speed, performance.now())
    await wait(due - performance.now())
  }
}
