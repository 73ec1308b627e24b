import { EventEmitter } from 'node:events'

import {
  Logger as WorkerLogger,
  run,
  type Runner,
  type WorkerEvents,
} from 'graphile-worker'

import type { Database } from './database.js'
import type { Logger } from './logger.js'
import { PoolPresence } from './pool-presence.js'

/** A job's handler: throws to be retried later with backoff, at most `MAX_ATTEMPTS` times. */
export type JobHandler = (payload: unknown) => Promise<void>

export interface QueueOptions {
  readonly handlers: Readonly<Record<string, JobHandler>>
  /** Jobs at once in this process. */
  readonly concurrency: number
  /** Cron lines of graphile-worker: `minute hour day month weekday handler`. */
  readonly schedule?: readonly string[]
}

export interface Queue {
  /** Finishes the jobs under way (or gives them back after a few seconds) and stops taking new ones. */
  stop(): Promise<void>
}

export interface JobOptions {
  /** A job with the same key that still waits is replaced, and keeps its time: this is how writes are coalesced. */
  readonly key?: string
  /** Jobs of one queue are worked off one after the other. */
  readonly queue?: string
  /** Milliseconds from now. */
  readonly delayMs?: number
}

/** Tries before a job is put on the dead-letter list, over about three days (e^attempt seconds apart). */
const MAX_ATTEMPTS = 13

/** How long a stop waits for jobs under way before it gives them back, in ms. */
const STOP_AFTER_MS = 5_000

/** Works jobs off in this process; any number of processes share one queue. */
export async function startQueue(
  database: Database,
  log: Logger,
  options: QueueOptions,
): Promise<Queue> {
  const presence = new PoolPresence(database, log)
  const events: WorkerEvents = new EventEmitter()
  events.on('pool:create', ({ workerPool }) => {
    void presence.announce(workerPool.id)
  })
  const runner = await run({
    pgPool: database.pool,
    concurrency: options.concurrency,
    noHandleSignals: true,
    events,
    logger: workerLogger(log),
    preset: { worker: { gracefulShutdownAbortTimeout: STOP_AFTER_MS } },
    taskList: Object.fromEntries(
      Object.entries(options.handlers).map(([name, handler]) => [name, handler]),
    ),
    crontab: (options.schedule ?? []).join('\n'),
  })
  return { stop: () => stopQueue(runner, presence) }
}

async function stopQueue(runner: Runner, presence: PoolPresence): Promise<void> {
  await runner.stop()
  await presence.leave()
}

/** Adds a job outside an append; inside one, log_append does it in the append's own transaction. */
export async function addJob(
  database: Pick<Database, 'prisma'>,
  handler: string,
  payload: Readonly<Record<string, unknown>>,
  { key, queue, delayMs = 0 }: JobOptions = {},
): Promise<void> {
  await database.prisma.$queryRaw`
    SELECT (graphile_worker.add_job(
      identifier := ${handler},
      payload := ${JSON.stringify(payload)}::json,
      queue_name := ${queue ?? null}::text,
      run_at := now() + ${delayMs}::integer * interval '1 millisecond',
      max_attempts := ${MAX_ATTEMPTS}::integer,
      job_key := ${key ?? null}::text,
      job_key_mode := 'preserve_run_at')).id::text`
}

/** graphile-worker's log lines in ours. Its job errors may quote payloads, so only messages pass. */
function workerLogger(log: Logger): WorkerLogger {
  const child = log.child({ name: 'queue' })
  return new WorkerLogger(() => (level, message) => {
    const name: string = level
    if (name === 'error') child.error(message)
    else if (name === 'warning') child.warn(message)
    else child.debug(message)
  })
}
