import { Logger as WorkerLogger } from 'graphile-worker'

import type { Database } from './database.js'
import type { Logger } from './logger.js'
import { keepRunner } from './queue-runner.js'

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

/** A job to be queued. */
export interface NewJob {
  /** As JSON. */
  readonly payload: unknown
  /** A job with the same key that still waits is replaced, and keeps its time: this is how writes are coalesced. */
  readonly key: string
  /** Milliseconds from now. */
  readonly delayMs: number
}

/** Tries before a job is put on the dead-letter list, over about three days: e^attempt seconds apart, e^10 at most. */
const MAX_ATTEMPTS = 21

/** How late a job with a time of its own may start, in ms: nothing announces that a time has come. */
const POLL_MS = 500

/** How long a stop waits for jobs under way before it gives them back, in ms. */
const STOP_AFTER_MS = 5_000

/** Works jobs off in this process; any number of processes share one queue. */
export async function startQueue(
  database: Database,
  log: Logger,
  options: QueueOptions,
): Promise<Queue> {
  return keepRunner(database, log, {
    pgPool: database.pool,
    concurrency: options.concurrency,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    logger: workerLogger(log),
    preset: {
      worker: {
        gracefulShutdownAbortTimeout: STOP_AFTER_MS,
        // Not for speed: a job's end that cannot be written is an unhandled rejection without them.
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
      },
    },
    taskList: Object.fromEntries(
      Object.entries(options.handlers).map(([name, handler]) => [name, handler]),
    ),
    crontab: (options.schedule ?? []).join('\n'),
  })
}

/** Adds jobs outside an append, in one statement; inside one, log_append does it in the append's own transaction. */
export async function addJobs(
  { prisma }: Pick<Database, 'prisma'>,
  handler: string,
  jobs: readonly NewJob[],
): Promise<void> {
  if (jobs.length === 0) return
  // In the order of their keys, so that two processes that add the same jobs wait for each other, not crosswise.
  await prisma.$queryRaw`
    SELECT count(*) FROM graphile_worker.add_jobs(
      ARRAY(
        SELECT ROW(
          ${handler}::text, payload, NULL, now() + "delayMs" * interval '1 millisecond',
          ${MAX_ATTEMPTS}::integer, key, NULL, NULL)::graphile_worker.job_spec
        FROM json_to_recordset(${JSON.stringify(jobs)}::json) AS j(payload json, "delayMs" integer, key text)
        ORDER BY key),
      job_key_preserve_run_at := true)`
}

/** Does something while nobody else, in any process, does something under the same key. */
export async function oneAtATime(
  { pool }: Pick<Database, 'pool'>,
  key: string,
  work: () => Promise<void>,
): Promise<void> {
  const client = await pool.connect()
  let isLost = true
  try {
    await client.query('SELECT pg_advisory_lock(hashtextextended($1, 1))', [key])
    await work()
    await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 1))', [key])
    isLost = false
  } finally {
    // The lock goes with the connection, whatever became of it.
    client.release(isLost)
  }
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
