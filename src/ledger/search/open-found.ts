import { sqltag as sql } from '@prisma/client/runtime/client'

import type { AuditEntry } from '../../core/domain/index.js'
import { openLeaves } from '../open-entries.js'
import type { Ask } from './ask.js'

/** The entries of a page, in its order. */
export async function openFound(
  ask: Ask,
  rows: readonly { readonly seq: string }[],
): Promise<AuditEntry[]> {
  if (rows.length === 0) return []
  const seqs = rows.map(({ seq }) => seq)
  const leaves = await ask<{ seq: string; leaf: Uint8Array }>(sql`
    SELECT e.seq, e.leaf FROM unnest(${seqs}::bigint[]) WITH ORDINALITY AS f(seq, place) JOIN log_entry e USING (seq)
    ORDER BY f.place`)
  const openings = await ask<{ seq: string; openings: Uint8Array }>(sql`
    SELECT seq, openings FROM log_opening WHERE seq = ANY(${seqs}::bigint[])`)
  return openLeaves(leaves, openings)
}
