import { sqltag as sql } from '@prisma/client/runtime/client'

import type { Ask } from './ask.js'

/** The first entry that is in no counted block. A number, so that the planner sees how few entries come after it. */
export async function countedUpTo(ask: Ask): Promise<bigint> {
  const [row] = await ask<{ size: string }>(sql`
    SELECT (coalesce(max(block), -1) + 1) << 14 AS size FROM log_block`)
  return BigInt(row?.size ?? 0)
}
