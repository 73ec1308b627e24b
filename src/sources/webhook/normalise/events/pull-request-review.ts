import {
  personal,
  type DraftChange,
  type JsonObject,
  type Personal,
} from '../../../../core/domain/index.js'
import { fallbackAction } from '../action-names.js'
import { bySender, draft } from '../draft.js'
import type { Normaliser, WebhookEvent } from '../event.js'
import { htmlUrl, links } from '../links.js'
import { integer, LIMITS, object, text } from '../payload.js'
import {
  authorOf,
  isFromFork,
  pullContext,
  pullCorrelation,
  pullLinks,
  pullTargets,
} from '../pull-request.js'
import { firstWho, isSame, principal, type Who } from '../who.js'

const VERDICTS: Readonly<Record<string, string>> = {
  approved: 'pull_request_review.approved',
  changes_requested: 'pull_request_review.changes_requested',
  commented: 'pull_request_review.commented',
}

/** Who looked at a change before it was merged, and what became of their word. */
export const pullRequestReview: Normaliser = {
  event: 'pull_request_review',
  normalise(event) {
    const review = object(event.payload.review)
    const pull = object(event.payload.pull_request)
    const reviewed = text(review.commit_id, LIMITS.sha)
    const reviewer = principal(review.user)
    const head = text(object(pull.head).sha, LIMITS.sha)
    const entry = draft(event, {
      action: actionOf(event, review),
      at: event.action === 'submitted' ? [review.submitted_at] : [review.updated_at],
      who: whoActed(event, review),
      targets: [
        { type: 'review', id: integer(review.id), url: htmlUrl(review) },
        ...pullTargets(pull),
        ...(event.action === 'submitted' || !reviewer
          ? []
          : [{ type: 'reviewer', principal: reviewer }]),
      ],
      ci: { ...pullContext(event, pull), head_sha: reviewed ?? head },
      changes: changes(event, review),
      reason: event.action === 'submitted' ? textOf(review.body, review) : undefined,
      links: [...links([['review', htmlUrl(review)]]), ...pullLinks(event, pull)],
      correlation: pullCorrelation(event, pull),
      labels: {
        state: text(review.state, 40)?.toLowerCase(),
        base: text(object(pull.base).ref),
        // Said of a commit that the head has left behind.
        outdated: reviewed !== undefined && head !== undefined && reviewed !== head,
        by_author: isSame(reviewer, authorOf(pull)),
        fork: isFromFork(event, pull),
        author_association: text(review.author_association, 40),
      },
    })
    return [entry]
  },
}

function actionOf(event: WebhookEvent, review: JsonObject): string {
  if (event.action === 'edited') return 'pull_request_review.edited'
  if (event.action === 'dismissed') return 'pull_request_review.dismissed'
  if (event.action !== 'submitted') return fallbackAction(event)
  const state = (text(review.state, 40) ?? '').toLowerCase()
  // A verdict that GitHub adds later is no approval.
  const known = Object.hasOwn(VERDICTS, state) ? VERDICTS[state] : undefined
  return known ?? 'pull_request_review.commented'
}

function whoActed(event: WebhookEvent, review: JsonObject): Who {
  if (event.action !== 'submitted') return bySender(event)
  return firstWho([
    ['review.user', review.user],
    ['sender', event.payload.sender],
  ])
}

function changes({ action, payload }: WebhookEvent, review: JsonObject): DraftChange[] {
  if (action === 'dismissed') return [{ path: 'state', after: 'dismissed' }]
  const body = object(object(payload.changes).body)
  if (body.from === undefined) return []
  const before = textOf(body.from, review)
  return [{ path: 'body', before, after: textOf(review.body, review) }]
}

function textOf(value: unknown, review: JsonObject): Personal | undefined {
  const found = text(value, LIMITS.comment)
  return found === undefined ? undefined : personal(found, principal(review.user))
}
