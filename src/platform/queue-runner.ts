import { EventEmitter } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'

import { run, type Runner, type RunnerOptions, type WorkerEvents } from 'graphile-worker'

import type { Database } from './database.js'
import type { Logger } from './logger.js'
import { PoolPresence } from './pool-presence.js'

const LONGEST_PAUSE_MS = 5_000

interface Running {
  readonly runner: Runner
  readonly presence: PoolPresence
}

/**
 * graphile-worker's runner, begun again whenever it gives up: it does where the database goes away while the end of
 * a job is written. What it held is given back by the next one.
 */
export async function keepRunner(
  database: Database,
  log: Logger,
  options: RunnerOptions,
): Promise<{ stop(): Promise<void> }> {
  const stopping = new AbortController()
  let current: Running | undefined = await begin(database, log, options)

  async function supervise(): Promise<void> {
    while (current) {
      if (stopping.signal.aborted) await current.runner.stop().catch(() => undefined)
      await current.runner.promise.catch(() => undefined)
      if (stopping.signal.aborted) return
      log.warn('the queue stopped by itself; starting it again')
      await current.presence.leave()
      current = await beginAgain()
    }
  }

  /** `undefined` if it is no longer wanted. */
  async function beginAgain(): Promise<Running | undefined> {
    for (let wait = 100; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
      await pause(wait, undefined, { signal: stopping.signal }).catch(() => undefined)
      if (stopping.signal.aborted) return undefined
      const begun = await begin(database, log, options).catch((error: unknown) => {
        log.warn({ err: error }, 'the queue does not start; trying again')
      })
      if (begun) return begun
    }
  }

  const supervised = supervise()
  return {
    stop: async () => {
      stopping.abort()
      // It may have stopped by itself a moment ago.
      await current?.runner.stop().catch(() => undefined)
      await supervised
      await current?.presence.leave()
    },
  }
}

async function begin(database: Database, log: Logger, options: RunnerOptions): Promise<Running> {
  const presence = new PoolPresence(database, log)
  const events: WorkerEvents = new EventEmitter()
  events.on('pool:create', ({ workerPool }) => {
    void presence.announce(workerPool.id)
  })
  try {
    return { runner: await run({ ...options, events }), presence }
  } catch (error) {
    await presence.leave()
    throw error
  }
}
