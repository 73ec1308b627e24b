import { groupBy, type AuditEntry, type EntryPrincipal, type HostedName } from '../domain/index.js'
import { mergeOf, type MergeState } from './merge.js'
import { hostOf, inTime, labelText, lastSaid, linkOf, targetId } from './order.js'
import { foldPullReviews, type PullReview } from './pull-reviews.js'

/** A pull request: what it is now, who looked at it, and how it came in. */
export interface PullRequestState {
  readonly repo: HostedName
  readonly number: number
  readonly state: 'open' | 'closed' | 'merged'
  readonly draft: boolean
  /** `null` if it was erased. */
  readonly title?: string | null | undefined
  readonly author: EntryPrincipal
  readonly openedAt?: string | undefined
  /** Whoever closed it without merging. */
  readonly closedBy?: EntryPrincipal | undefined
  readonly base?: string | undefined
  readonly head?: string | undefined
  readonly headSha?: string | undefined
  /** Where the head is, if that is another repository. */
  readonly headRepo?: HostedName | undefined
  readonly inQueue: boolean
  readonly reviews: readonly PullReview[]
  readonly merge?: MergeState | undefined
  readonly url?: string | undefined
}

const PREFIX = 'pull_request.'

/** Events of one moment in the order in which they can follow each other; all others lie between the first and the last. */
const RANKS: Readonly<Record<string, number>> = {
  opened: 0,
  enqueued: 3,
  dequeued: 4,
  reopened: 5,
  closed: 6,
  merged: 7,
}

/** Every pull request that the entries tell of. */
export function foldPullRequests(entries: readonly AuditEntry[]): PullRequestState[] {
  const ofPulls = entries.filter(isOfPull)
  const byPull = groupBy(ofPulls, (entry) =>
    [hostOf(entry), entry.repo?.id, numberOf(entry)].join(' '),
  )
  return [...byPull.values()]
    .flatMap(foldPull)
    .sort(
      (one, other) =>
        one.repo.id - other.repo.id ||
        one.number - other.number ||
        (one.repo.host < other.repo.host ? -1 : 1),
    )
}

function isOfPull(entry: AuditEntry): boolean {
  const { action, repo } = entry
  if (!action.startsWith(PREFIX) && !action.startsWith('pull_request_review.')) return false
  return repo !== undefined && typeof numberOf(entry) === 'number'
}

function numberOf(entry: AuditEntry): number | string | undefined {
  return targetId(entry, 'pull_request')
}

function foldPull(entries: readonly AuditEntry[]): PullRequestState[] {
  const ordered = inTime(entries, rankOf)
  const [first] = ordered
  const repo = lastSaid(ordered, (entry) => entry.repo)
  if (!first || !repo) return []
  const own = ordered.filter(({ action }) => action.startsWith(PREFIX))
  return [
    {
      repo,
      number: Number(numberOf(first)),
      ...turnsOf(own),
      draft: own.at(-1)?.labels?.['draft'] === true,
      title: lastSaid(own, titleIn) ?? lastSaid(ordered, titleIn),
      author: lastSaid(ordered, authorIn) ?? { type: 'unknown' },
      openedAt: own.find(({ action }) => action === 'pull_request.opened')?.occurred_at,
      ...branchesOf(own, ordered),
      reviews: foldPullReviews(ordered),
      url: lastSaid(ordered, (entry) => linkOf(entry, 'pull_request')),
    },
  ]
}

/** A merge is final; before it the last turn holds. */
function turnsOf(
  own: readonly AuditEntry[],
): Pick<PullRequestState, 'state' | 'closedBy' | 'inQueue' | 'merge'> {
  const merge = mergeOf(own)
  if (merge) return { state: 'merged', inQueue: false, merge }
  const turn = own.findLast(({ action }) => TURNS.has(action.slice(PREFIX.length)))
  if (turn?.action !== 'pull_request.closed') return { state: 'open', inQueue: isInQueue(own) }
  return { state: 'closed', closedBy: turn.actor, inQueue: false }
}

const TURNS = new Set(['opened', 'closed', 'reopened'])

/** A review names the commit that it looked at, which need not be the head. */
function branchesOf(
  own: readonly AuditEntry[],
  all: readonly AuditEntry[],
): Pick<PullRequestState, 'base' | 'head' | 'headSha' | 'headRepo'> {
  return {
    base: lastSaid(all, (entry) => labelText(entry, 'base')),
    head: lastSaid(all, ({ ci }) => ci?.ref),
    headSha: lastSaid(own, ({ ci }) => ci?.head_sha),
    headRepo: lastSaid(all, ({ ci }) => ci?.head_repo),
  }
}

function isInQueue(own: readonly AuditEntry[]): boolean {
  const last = own.findLast(({ action }) => /[.](?:en|de)queued$/.test(action))
  return last?.action === 'pull_request.enqueued'
}

function titleIn({ ci }: AuditEntry): string | null | undefined {
  return ci?.title
}

/** A target, so that the entry's actor may be somebody else. */
function authorIn({ targets }: AuditEntry): EntryPrincipal | undefined {
  const author = targets.find(({ type }) => type === 'author')
  return (
    author && {
      type: 'user',
      subject: author.id === undefined ? undefined : String(author.id),
      login: author.name,
    }
  )
}

function rankOf({ action }: AuditEntry): number {
  return RANKS[action.slice(PREFIX.length)] ?? 2
}
