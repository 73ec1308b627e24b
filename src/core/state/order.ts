import { canonicalJson, type AuditEntry, type Json } from '../domain/index.js'

/** How far along something is: a late older event never overwrites a newer state. */
export type RankOf = (entry: AuditEntry) => number

/**
 * The entries in the order in which a fold reads them: by rank, then time, then delivery. It depends on what the entries
 * say and never on when they arrived, so that a fold over them is a function of the set.
 */
export function inOrder(entries: readonly AuditEntry[], rankOf: RankOf): AuditEntry[] {
  return entries
    .map((entry) => ({ entry, rank: rankOf(entry) }))
    .sort((one, other) => one.rank - other.rank || compare(one.entry, other.entry))
    .map(({ entry }) => entry)
}

function compare(one: AuditEntry, other: AuditEntry): number {
  return (
    order(one.occurred_at, other.occurred_at) ||
    order(one.source.delivery_id, other.source.delivery_id) ||
    order(one.action, other.action) ||
    // Two entries of one delivery that differ in neither: rare, and worth the price then.
    order(content(one), content(other))
  )
}

function order(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}

function content({ targets, ci, changes, outcome }: AuditEntry): string {
  return canonicalJson({ targets, ci, changes, outcome } as unknown as Json)
}

/** The last thing that ordered entries say about something; entries that say nothing are passed over. */
export function lastSaid<Value>(
  entries: readonly AuditEntry[],
  read: (entry: AuditEntry) => Value | undefined,
): Value | undefined {
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry = entries[index]
    const value = entry && read(entry)
    if (value !== undefined) return value
  }
  return undefined
}

export function linkOf({ links }: AuditEntry, rel: string): string | undefined {
  return links?.find((link) => link.rel === rel)?.url
}
