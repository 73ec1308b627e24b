import { sqltag as sql, type Sql } from '@prisma/client/runtime/client'

import type { Place } from './cursor.js'

/** The condition on a row of log_entry, named `e`, that it comes after a place, if there is one. */
export function afterSql(place: Place | undefined): Sql {
  if (!place) return sql`TRUE`
  const { occurredAt, seq } = place
  return sql`(e.occurred_at, e.seq) < (${new Date(occurredAt)}::timestamptz, ${seq}::bigint)`
}
