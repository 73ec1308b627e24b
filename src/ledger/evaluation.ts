import type { Database } from '../platform/index.js'

/** Entries from ≤ seq < to. */
export interface Evaluation {
  readonly from: number
  readonly to: number
}

/**
 * The next entries that nobody evaluated, at most `limit`; from and to are equal when there are none. Waits for an append
 * under way: if it saw this evaluation still wait in the queue, it queued none of its own (`log_append`).
 */
export async function nextEvaluation(
  { prisma }: Pick<Database, 'prisma'>,
  limit: number,
): Promise<Evaluation> {
  const [row] = await prisma.$queryRaw<{ evaluated: bigint; size: bigint }[]>`
    SELECT e.size AS evaluated, s.size FROM log_evaluation e, log_state s FOR SHARE OF s`
  const from = Number(row?.evaluated ?? 0)
  return { from, to: Math.min(Number(row?.size ?? 0), from + limit) }
}

/** Remembers that these entries are done, unless another process was there first. */
export async function endEvaluation(
  { prisma }: Pick<Database, 'prisma'>,
  { from, to }: Evaluation,
): Promise<void> {
  await prisma.$executeRaw`UPDATE log_evaluation SET size = ${to} WHERE size = ${from}`
}
