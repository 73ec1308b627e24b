import { canonicalJson, type AuditEntry, type Json } from '../domain/index.js'

/** How far along something is: a late older event never overwrites a newer state. */
export type RankOf = (entry: AuditEntry) => number

/**
 * The entries in the order in which a fold reads them: by rank, then time, then what they say. It depends on what the entries
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
    order(one.action, other.action) ||
    // The same fact told twice comes under two ids: what it says goes first, so that neither telling moves the other facts.
    order(content(one), content(other)) ||
    order(one.source.delivery_id, other.source.delivery_id)
  )
}

function order(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}

/** Rare, and worth the price then: two facts of one kind at one moment. */
function content(entry: AuditEntry): string {
  const { targets, ci, changes, outcome, labels, actor, reason } = entry
  return canonicalJson({ targets, ci, changes, outcome, labels, actor, reason } as unknown as Json)
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

/** By time, and by rank what happened at one moment: GitHub's times are whole seconds. */
export function inTime(entries: readonly AuditEntry[], rankOf: RankOf): AuditEntry[] {
  return inOrder(entries, (entry) => Date.parse(entry.occurred_at) * RANKS + rankOf(entry))
}

/** Ranks are below it; a moment times it is still exact. */
const RANKS = 100

/** The id of the first target of a type. */
export function targetId({ targets }: AuditEntry, type: string): number | string | undefined {
  return targets.find((target) => target.type === type)?.id
}

export function labelText({ labels }: AuditEntry, name: string): string | undefined {
  const value = labels?.[name]
  return typeof value === 'string' ? value : undefined
}

/** The host that an entry's ids belong to. */
export function hostOf({ repo, account }: AuditEntry): string {
  return repo?.host ?? account?.host ?? ''
}

/** For sorting: by host, then id. */
export function byKey(
  one: { readonly host: string; readonly id: number | string },
  other: { readonly host: string; readonly id: number | string },
): number {
  return order(one.host, other.host) || Number(one.id) - Number(other.id)
}
