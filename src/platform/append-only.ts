import { z } from 'zod'

import type { Database } from './database.js'

/** The triggers that keep the log append-only, as prisma/migrations makes them. */
const GUARDS: Readonly<Record<string, readonly string[]>> = {
  log_entry: ['append_only', 'no_truncate'],
  log_node: ['append_only', 'no_truncate'],
  delivery: ['append_only', 'no_truncate'],
  log_opening: ['no_edit', 'no_truncate'],
  delivery_body: ['no_edit'],
  log_key: ['append_only', 'no_truncate'],
  log_checkpoint: ['append_only', 'no_truncate'],
  log_cosignature: ['append_only', 'no_truncate'],
  log_publication: ['append_only', 'no_truncate'],
  erasure: ['append_only', 'no_truncate'],
  erased_opening: ['append_only', 'no_truncate'],
  erased_body: ['append_only', 'no_truncate'],
  retention: ['append_only', 'no_truncate'],
  legal_hold: ['no_edit'],
  log_state: ['only_grows', 'no_removal', 'no_truncate'],
}

const triggerRow = z.object({ table: z.string(), name: z.string() })

/** Guards that somebody removed or switched off, as `append_only on log_entry`. Empty if all stand. */
export async function missingGuards({ prisma }: Pick<Database, 'prisma'>): Promise<string[]> {
  // tgenabled: O fires in ordinary sessions, A always; D (disabled) and R (replica only) are as good as none.
  const rows = await prisma.$queryRaw`
    SELECT tgrelid::regclass::text AS table, tgname::text AS name FROM pg_trigger
    WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')`
  const standing = new Set(
    z
      .array(triggerRow)
      .parse(rows)
      .map(({ table, name }) => `${name} on ${table}`),
  )
  return Object.entries(GUARDS)
    .flatMap(([table, names]) => names.map((name) => `${name} on ${table}`))
    .filter((guard) => !standing.has(guard))
}
