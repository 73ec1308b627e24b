import type { Attribution, AuditEntry, EntryPrincipal } from '../domain/index.js'
import { labelText, targetId } from './order.js'

/** How a pull request came to be merged. */
export interface MergeState {
  readonly way: 'direct' | 'auto_merge' | 'merge_queue'
  /** How we know the way: from the merge's own delivery, or from what went before and after it. */
  readonly attribution: Attribution
  readonly at: string
  /** Who merged: a person, or the queue's own account. */
  readonly actor: EntryPrincipal
  /** Who asked for it beforehand: put it into the queue, or switched auto-merge on. */
  readonly requestedBy?: EntryPrincipal | undefined
  readonly commit?: string | undefined
  /** Whether its author merged it. */
  readonly byAuthor: boolean
}

/** @param ordered a pull request's own entries, in the order of time */
export function mergeOf(ordered: readonly AuditEntry[]): MergeState | undefined {
  const merged = ordered.find(({ action }) => action === 'pull_request.merged')
  if (!merged) return undefined
  const before = ordered.filter(({ occurred_at }) => occurred_at <= merged.occurred_at)
  const queued = lastOf(before, 'enqueued', 'dequeued', isOfMerge)
  const auto = lastOf(before, 'auto_merge_enabled', 'auto_merge_disabled')
  const { way, attribution } = wayOf(merged, ordered, { queued, auto })
  const request = { direct: undefined, merge_queue: queued, auto_merge: auto }[way]
  const commit = targetId(merged, 'merge_commit')
  return {
    way,
    attribution,
    at: merged.occurred_at,
    actor: merged.actor,
    requestedBy: way === 'direct' ? undefined : (request?.actor ?? merged.on_behalf_of?.[0]),
    commit: commit === undefined ? undefined : String(commit),
    byAuthor: merged.labels?.['by_author'] === true,
  }
}

interface Requests {
  readonly queued: AuditEntry | undefined
  readonly auto: AuditEntry | undefined
}

/** The queue's own word first, then what the merge says of itself, then what was asked for and not taken back. */
function wayOf(
  merged: AuditEntry,
  ordered: readonly AuditEntry[],
  { queued, auto }: Requests,
): Pick<MergeState, 'way' | 'attribution'> {
  const reasons = ordered.map((entry) => labelText(entry, 'dequeue_reason'))
  if (reasons.includes('MERGE')) return told('merge_queue', 'pull_request.dequeued: MERGE')
  const said = labelText(merged, 'merge')
  if (said === 'merge_queue' || said === 'auto_merge') return told(said, 'pull_request.merged')
  if (queued && !reasons.includes('ALREADY_MERGED')) {
    return inferred('merge_queue', 'it was in the merge queue when it was merged')
  }
  if (auto) return inferred('auto_merge', 'auto-merge was on when it was merged')
  return told('direct', 'pull_request.merged: neither queue nor auto-merge')
}

function told(way: MergeState['way'], method: string): Pick<MergeState, 'way' | 'attribution'> {
  return { way, attribution: { confidence: 'verified', method } }
}

function inferred(way: MergeState['way'], method: string): Pick<MergeState, 'way' | 'attribution'> {
  return { way, attribution: { confidence: 'derived', method } }
}

/** Leaving the queue because of the merge takes nothing back. */
function isOfMerge(entry: AuditEntry): boolean {
  return ['MERGE', 'ALREADY_MERGED'].includes(labelText(entry, 'dequeue_reason') ?? '')
}

/** What was switched on and not off again. */
function lastOf(
  entries: readonly AuditEntry[],
  on: string,
  off: string,
  isNothing: (entry: AuditEntry) => boolean = () => false,
): AuditEntry | undefined {
  const last = entries.findLast(
    (entry) =>
      [`pull_request.${on}`, `pull_request.${off}`].includes(entry.action) && !isNothing(entry),
  )
  return last?.action === `pull_request.${on}` ? last : undefined
}
