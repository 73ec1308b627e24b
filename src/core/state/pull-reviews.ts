import { groupBy, type AuditEntry, type EntryPrincipal } from '../domain/index.js'
import { inTime, labelText, lastSaid, linkOf, targetId } from './order.js'

/** What somebody said of a pull request, and what became of it. */
export interface PullReview {
  readonly id: number | string
  readonly verdict: 'approved' | 'changes_requested' | 'commented' | 'dismissed'
  readonly reviewer: EntryPrincipal
  readonly at: string
  /** The commit that was looked at. */
  readonly sha?: string | undefined
  /** The reviewer's words; `null` if they were erased. */
  readonly comment?: string | null | undefined
  readonly dismissedBy?: EntryPrincipal | undefined
  readonly url?: string | undefined
}

const PREFIX = 'pull_request_review.'
const RANKS = ['commented', 'changes_requested', 'approved', 'edited', 'dismissed']
const VERDICTS = ['approved', 'changes_requested', 'commented'] as const

/** Reviews of one pull request, in the order of time. */
export function foldPullReviews(entries: readonly AuditEntry[]): PullReview[] {
  const ordered = inTime(entries.filter(isOfReview), ({ action }) =>
    RANKS.indexOf(action.slice(PREFIX.length)),
  )
  const byReview = groupBy(ordered, (entry) => targetId(entry, 'review') ?? entry.id)
  return [...byReview].map(([id, ofReview]) => foldReview(id, ofReview))
}

function isOfReview(entry: AuditEntry): boolean {
  return entry.action.startsWith(PREFIX) && targetId(entry, 'review') !== undefined
}

function foldReview(id: number | string, ordered: readonly AuditEntry[]): PullReview {
  const submitted = ordered.find(isSubmitted)
  const dismissed = ordered.findLast(({ action }) => action === `${PREFIX}dismissed`)
  return {
    id,
    verdict: dismissed ? 'dismissed' : verdictOf(submitted ?? ordered[0]),
    reviewer: submitted?.actor ?? lastSaid(ordered, reviewerIn) ?? { type: 'unknown' },
    at: (submitted ?? ordered[0])?.occurred_at ?? '',
    sha: lastSaid(ordered, ({ ci }) => ci?.head_sha),
    comment: commentIn(ordered),
    dismissedBy: dismissed?.actor,
    url: lastSaid(ordered, (entry) => linkOf(entry, 'review')),
  }
}

function isSubmitted({ action }: AuditEntry): boolean {
  return VERDICTS.some((verdict) => action === PREFIX + verdict)
}

function verdictOf(entry: AuditEntry | undefined): PullReview['verdict'] {
  const said =
    entry && (isSubmitted(entry) ? entry.action.slice(PREFIX.length) : labelText(entry, 'state'))
  return VERDICTS.find((verdict) => verdict === said) ?? 'commented'
}

/** Named as a target where somebody else acted on the review. */
function reviewerIn({ targets }: AuditEntry): EntryPrincipal | undefined {
  const one = targets.find(({ type }) => type === 'reviewer')
  return (
    one && {
      type: 'user',
      subject: one.id === undefined ? undefined : String(one.id),
      login: one.name,
    }
  )
}

/** As last edited. */
function commentIn(ordered: readonly AuditEntry[]): string | null | undefined {
  const edited = lastSaid(ordered, ({ changes }) => changes?.find(({ path }) => path === 'body'))
  if (!edited) return lastSaid(ordered, ({ reason }) => reason)
  return typeof edited.after === 'string' ? edited.after : edited.after === null ? null : undefined
}
