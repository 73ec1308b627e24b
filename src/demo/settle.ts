import { setTimeout as wait } from 'node:timers/promises'

import { z } from 'zod'

/** The queue as `hooktrail jobs --json` shows it. */
const jobs = z.object({
  queue: z.object({ ready: z.number(), waiting: z.number(), running: z.number() }),
  failed: z.array(z.unknown()),
})

export interface Settled {
  /** Jobs that are still to be done: 0 unless time ran out. */
  readonly open: number
  /** Jobs that failed for good. */
  readonly failed: number
}

export interface Settling {
  /** What `hooktrail jobs --json` prints. */
  readonly askJobs: () => Promise<string>
  /** Grows with each write to GitHub. */
  readonly writes: () => number
  readonly onWait: (open: number) => void
  readonly withinMs: number
  readonly stopped: AbortSignal
}

const QUIET_MS = 400

/** Waits until nothing more is written and the queue is empty, or until time is up. */
export async function untilSettled(settling: Settling): Promise<Settled> {
  const deadline = performance.now() + settling.withinMs
  for (;;) {
    await untilQuiet(settling, deadline)
    const { queue, failed } = jobs.parse(JSON.parse(await settling.askJobs()))
    const open = queue.ready + queue.waiting + queue.running
    settling.onWait(open)
    const over = open === 0 || settling.stopped.aborted || performance.now() > deadline
    if (over) return { open, failed: failed.length }
  }
}

async function untilQuiet({ writes, stopped }: Settling, deadline: number): Promise<void> {
  let before = -1
  while (writes() !== before && performance.now() < deadline && !stopped.aborted) {
    before = writes()
    await wait(QUIET_MS)
  }
}
