import type { MergeState, PullRequestState, PullReview } from '../../../core/state/index.js'
import { printable } from '../../../platform/index.js'
import { who } from '../entry.js'
import { moment, pair, remark, type Look, type Pair } from '../look.js'
import { pairs } from '../table.js'

const WAYS = {
  direct: 'by hand',
  auto_merge: 'by auto-merge',
  merge_queue: 'by the merge queue',
}

export function pullRequestText(one: PullRequestState, look: Look): string {
  const { bold, dim } = look.styles
  const title = one.title === null ? '(erased)' : printable(one.title ?? '')
  const state = [one.state, one.draft ? 'draft' : '', one.inQueue ? 'in the merge queue' : '']
  const name = bold(`${printable(one.repo.name)}#${String(one.number)}`)
  const rows: Pair[] = [
    ['Author', who(one.author)],
    ...pair('Opened', moment(one.openedAt, look)),
    ...pair(
      'Head',
      [one.head, one.headRepo && `of ${one.headRepo.name}`, one.headSha].filter(Boolean).join(' '),
    ),
    ...pair('Into', one.base),
    ...(one.closedBy ? [['Closed by', who(one.closedBy)] as const] : []),
    ...mergeOf(one.merge, look),
    ...reviewsOf(one, look),
    ...pair('Page', one.url),
  ]
  const head = [name, title, state.filter((text) => text !== '').join(', ')]
  return `${head.filter((text) => text !== '').join('  ')}\n\n${pairs(rows, dim)}`
}

function mergeOf(merge: MergeState | undefined, look: Look): Pair[] {
  if (!merge) return []
  const { way, attribution, actor, requestedBy, byAuthor, at } = merge
  const asked = requestedBy ? `, which ${who(requestedBy)} asked for` : ''
  const own = byAuthor ? ', its author' : ''
  const known = `${attribution.confidence}: ${printable(attribution.method)}`
  return [
    [
      'Merged',
      `${WAYS[way]}${asked}; by ${who(actor)}${own} (${known})  ${moment(at, look) ?? ''}`,
    ],
    ...pair('Merge commit', merge.commit),
  ]
}

function reviewsOf({ reviews, headSha }: PullRequestState, look: Look): Pair[] {
  const line = (review: PullReview): string => {
    const { verdict, reviewer, dismissedBy, sha, comment, at } = review
    const outdated = sha !== undefined && headSha !== undefined && sha !== headSha
    const by = dismissedBy ? ` by ${who(dismissedBy)}` : ''
    const of = outdated ? ` (of ${sha.slice(0, 12)}, not the last commit)` : ''
    return `${who(reviewer)}: ${verdict.replace('_', ' ')}${by}${of}${remark(comment)}  ${look.styles.dim(moment(at, look) ?? '')}`
  }
  return reviews.length === 0 ? [] : [['Reviews', reviews.map(line).join('\n')]]
}
