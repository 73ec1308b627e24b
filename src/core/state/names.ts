import { groupBy, type AuditEntry, type EntryPrincipal } from '../domain/index.js'

/** A name that something had, as far as entries tell. */
export interface NameSpan {
  readonly name: string
  /** When the first and the last entry with this name happened. */
  readonly firstSeen: string
  readonly lastSeen: string
}

/** That something got another name, as its host said; `null` where the name was erased. */
export interface Renaming {
  readonly at: string
  readonly kind: 'renamed' | 'transferred'
  readonly before?: string | null | undefined
  readonly after?: string | null | undefined
  readonly actor: EntryPrincipal
}

export interface Names {
  /** As of the latest entry; absent where every name was erased. */
  readonly name?: string | undefined
  /** The oldest first, each name once. */
  readonly names: readonly NameSpan[]
  /** In the order of time. */
  readonly renamings: readonly Renaming[]
}

interface Sighting {
  readonly name: string
  readonly at: string
}

/**
 * Names as history. What carries a name was made at its time or after it, so that of the latest entry is the current one.
 * @param sightings the name of each entry, at the time of it
 */
export function foldNames(
  sightings: readonly Sighting[],
  renamings: readonly Renaming[] = [],
): Names {
  const once = onlyOnce(renamings)
  const all = [...sightings, ...once.flatMap(namesIn)]
  const names = [...groupBy(all, ({ name }) => name)].map(([name, seen]) => spanOf(name, seen))
  names.sort(byTime)
  return { name: currentOf(names, once), names, renamings: once }
}

/** Two events may tell of one renaming (of an account and of its installation), with different times of receipt. */
function onlyOnce(renamings: readonly Renaming[]): Renaming[] {
  const ordered = [...renamings].sort(
    (one, other) => order(one.at, other.at) || order(changeOf(one), changeOf(other)),
  )
  return ordered.filter((one, index) => {
    const before = ordered[index - 1]
    return !before || changeOf(before) !== changeOf(one)
  })
}

function changeOf({ before, after }: Renaming): string {
  return JSON.stringify([before, after])
}

/** The old name held until then, the new one from then on. */
function namesIn({ at, before, after }: Renaming): Sighting[] {
  return [before, after].flatMap((name) => (name ? [{ name, at }] : []))
}

function spanOf(name: string, seen: readonly Sighting[]): NameSpan {
  const times = seen.map(({ at }) => at).sort(order)
  return { name, firstSeen: times[0] ?? '', lastSeen: times.at(-1) ?? '' }
}

function byTime(one: NameSpan, other: NameSpan): number {
  return (
    order(one.firstSeen, other.firstSeen) ||
    order(one.lastSeen, other.lastSeen) ||
    order(one.name, other.name)
  )
}

/** At the moment of a renaming both names are seen; then the new one holds. */
function currentOf(names: readonly NameSpan[], renamings: readonly Renaming[]): string | undefined {
  const last = names
    .map(({ lastSeen }) => lastSeen)
    .sort(order)
    .at(-1)
  const newest = renamings.at(-1)
  if (newest?.after && newest.at === last) return newest.after
  return names.findLast(({ lastSeen }) => lastSeen === last)?.name
}

function order(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}

/** Text of a change; `null` where it was erased. */
export function changedText(
  { changes = [] }: AuditEntry,
  path: string,
): { readonly before?: string | null | undefined; readonly after?: string | null | undefined } {
  const change = changes.find((one) => one.path === path)
  const text = (value: unknown): string | null | undefined =>
    typeof value === 'string' || value === null ? value : undefined
  return { before: text(change?.before), after: text(change?.after) }
}
