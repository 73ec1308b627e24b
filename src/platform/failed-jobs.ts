import { z } from 'zod'

import type { Database } from './database.js'

/** A job that was tried as often as it may be: it stays where it is until somebody retries it. */
export interface FailedJob {
  readonly id: string
  /** Name of its handler. */
  readonly task: string
  /** What it is about, where it has a key. */
  readonly key: string | null
  readonly attempts: number
  /** What the last try threw; written by whoever answered it. */
  readonly lastError: string | null
  readonly createdAt: Date
  readonly failedAt: Date
}

export interface QueueDepth {
  /** Could run now. */
  readonly ready: number
  /** Will run later: coalesced, or tried and waiting to be tried again. */
  readonly waiting: number
  readonly running: number
  /** On the dead-letter list. */
  readonly failed: number
}

type Connection = Pick<Database, 'prisma'>

const failedRow = z.object({
  id: z.string(),
  task: z.string(),
  key: z.string().nullable(),
  attempts: z.number(),
  lastError: z.string().nullable(),
  createdAt: z.date(),
  failedAt: z.date(),
})

const depthRow = z.object({
  ready: z.number(),
  waiting: z.number(),
  running: z.number(),
  failed: z.number(),
})

/** The dead-letter list, the latest failure first. */
export async function failedJobs({ prisma }: Connection): Promise<FailedJob[]> {
  const rows = await prisma.$queryRaw`
    SELECT id::text, task_identifier AS task, key, attempts::integer, last_error AS "lastError",
      created_at AS "createdAt", updated_at AS "failedAt"
    FROM graphile_worker.jobs
    WHERE attempts >= max_attempts AND locked_at IS NULL
    ORDER BY updated_at DESC, id DESC`
  return z.array(failedRow).parse(rows)
}

/**
 * Gives failed jobs all their tries again, from now on; workers see them within seconds.
 * @param ids jobs that are not on the dead-letter list are left alone
 * @returns how many there were
 */
export async function retryJobs({ prisma }: Connection, ids: readonly string[]): Promise<number> {
  const rows = await prisma.$queryRaw`
    SELECT job.id::text FROM graphile_worker.reschedule_jobs(
      ARRAY(
        SELECT id FROM graphile_worker.jobs
        WHERE id = ANY(${[...ids]}::text[]::bigint[]) AND attempts >= max_attempts AND locked_at IS NULL
      ),
      run_at := now(),
      attempts := 0
    ) AS job`
  return z.array(z.unknown()).parse(rows).length
}

export async function queueDepth({ prisma }: Connection): Promise<QueueDepth> {
  const rows = await prisma.$queryRaw`
    SELECT
      count(*) FILTER (WHERE locked_at IS NULL AND attempts < max_attempts AND run_at <= now())::integer AS ready,
      count(*) FILTER (WHERE locked_at IS NULL AND attempts < max_attempts AND run_at > now())::integer AS waiting,
      count(*) FILTER (WHERE locked_at IS NOT NULL)::integer AS running,
      count(*) FILTER (WHERE locked_at IS NULL AND attempts >= max_attempts)::integer AS failed
    FROM graphile_worker.jobs`
  const [depth] = z.tuple([depthRow]).parse(rows)
  return depth
}
