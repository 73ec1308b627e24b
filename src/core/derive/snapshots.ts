import {
  Personal,
  type AuditEntry,
  type DraftChange,
  type DraftValue,
  type EntryDraft,
} from '../domain/index.js'
import { entryTarget, settingOf, withdrawn, type DerivedFact, type PrincipalOf } from './fact.js'

/** The events whose entries may carry a snapshot. */
export const SNAPSHOT_ACTIONS: ReadonlySet<string> = new Set([
  'ruleset.created',
  'ruleset.edited',
  'branch_protection.created',
  'branch_protection.edited',
  'security_feature.changed',
])

/** An entry, and its snapshot with people sealed again. */
export interface Snapshotted {
  readonly entry: AuditEntry
  readonly value: DraftValue
}

/**
 * What an edit changed and GitHub did not list: the difference of two snapshots, without what `changes` says. Nothing if
 * GitHub's account was whole. An edit without a snapshot before it says that there was nothing to compare with.
 */
export function compareSnapshots(
  now: Snapshotted,
  before: Snapshotted | undefined,
  principalOf: PrincipalOf,
): DerivedFact | undefined {
  const { entry } = now
  // A new thing is all in its own entry.
  if (!before && entry.action.endsWith('.created')) return undefined
  const key = `snapshot:${entry.id}`
  if (!before) return { key, verdict: 'first', draft: baseline(entry, principalOf) }
  const said = (entry.changes ?? []).map(({ path }) => path)
  const unsaid = differences('', before.value, now.value).filter(
    ({ path }) => !said.some((one) => isWithin(path, one) || isWithin(one, path)),
  )
  if (unsaid.length === 0) return withdrawn(key, entry, LISTED)
  return {
    key,
    verdict: before.entry.id,
    draft: differing(entry, before.entry, unsaid, principalOf),
  }
}

const LISTED = 'a snapshot that came late shows that the edit lists all that it changed'

/** Changes in one entry at most; the rest is counted. */
const MOST_CHANGES = 100

function baseline(entry: AuditEntry, principalOf: PrincipalOf): EntryDraft {
  return {
    ...about(entry, principalOf),
    action: 'setting.baselined',
    attribution: {
      confidence: 'derived',
      method: 'no snapshot before this edit: what GitHub did not list cannot be told',
    },
    labels: { of_seq: entry.seq, snapshot: entry.snapshot?.type ?? '' },
  }
}

function differing(
  entry: AuditEntry,
  before: AuditEntry,
  unsaid: readonly DraftChange[],
  principalOf: PrincipalOf,
): EntryDraft {
  return {
    ...about(entry, principalOf),
    action: 'setting.differed',
    attribution: {
      confidence: 'derived',
      method: 'the snapshots before and after this edit differ in what it does not list',
    },
    changes: unsaid.slice(0, MOST_CHANGES),
    labels: {
      of_seq: entry.seq,
      compared_with_seq: before.seq,
      unsaid: unsaid.length,
      snapshot: entry.snapshot?.type ?? '',
    },
  }
}

function about(
  entry: AuditEntry,
  principalOf: PrincipalOf,
): Pick<
  EntryDraft,
  'occurred_at' | 'outcome' | 'actor' | 'targets' | 'links' | 'account' | 'repo' | 'correlation_id'
> {
  const [thing] = entry.targets
  return {
    ...settingOf(entry),
    occurred_at: entry.occurred_at,
    outcome: 'success',
    actor: principalOf(entry.actor),
    targets: [
      {
        type: thing?.type ?? 'setting',
        id: thing?.id,
        name: thing?.name ?? undefined,
        url: thing?.url,
      },
      entryTarget(entry),
    ],
    links: entry.links,
  }
}

function isWithin(path: string, parent: string): boolean {
  return path === parent || path.startsWith(`${parent}/`)
}

/** Every part that differs. Lists are compared as sets: what left, what joined. */
function differences(path: string, before: DraftValue, after: DraftValue): DraftChange[] {
  if (same(before, after)) return []
  if (isList(before) && isList(after)) return listDifferences(path, before, after)
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
    return names.flatMap((name) => memberDifferences(below(path, name), before[name], after[name]))
  }
  return [{ path, before, after }]
}

function memberDifferences(
  path: string,
  before: DraftValue | undefined,
  after: DraftValue | undefined,
): DraftChange[] {
  if (before !== undefined && after !== undefined) return differences(path, before, after)
  return before === undefined && after === undefined ? [] : [{ path, before, after }]
}

function listDifferences(
  path: string,
  before: readonly DraftValue[],
  after: readonly DraftValue[],
): DraftChange[] {
  const [earlier, later] = [byName(before), byName(after)]
  const changed: DraftChange[] = []
  for (const [name, value] of earlier) {
    const now = later.get(name)
    const at = nameOf(value) === undefined ? path : below(path, name)
    if (now === undefined) changed.push({ path: at, before: value })
    else changed.push(...differences(at, value, now))
  }
  for (const [name, value] of later) {
    if (earlier.has(name)) continue
    changed.push({ path: nameOf(value) === undefined ? path : below(path, name), after: value })
  }
  return changed
}

function byName(values: readonly DraftValue[]): Map<string, DraftValue> {
  return new Map(values.map((value) => [nameOf(value) ?? text(value), value]))
}

/** Rules are told apart by their type, as in GitHub's own changes; everything else by what it is. */
function nameOf(value: DraftValue): string | undefined {
  if (!isObject(value)) return undefined
  const { type } = value
  return typeof type === 'string' && !('actor_type' in value) ? type : undefined
}

function below(path: string, name: string): string {
  return path === '' ? name : `${path}/${name}`
}

function same(one: DraftValue, other: DraftValue): boolean {
  return one === other || text(one) === text(other)
}

function text(value: DraftValue): string {
  return JSON.stringify(value, (_, member: unknown) =>
    isPlain(member) ? Object.fromEntries(Object.entries(member).sort(byKey)) : member,
  )
}

function byKey([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : 1
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isList(value: DraftValue): value is readonly DraftValue[] {
  return Array.isArray(value)
}

function isObject(
  value: DraftValue,
): value is { readonly [member: string]: DraftValue | undefined } {
  return isPlain(value) && !(value instanceof Personal)
}
