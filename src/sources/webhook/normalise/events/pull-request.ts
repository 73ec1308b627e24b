import {
  personal,
  type DraftTarget,
  type EntryDraft,
  type JsonObject,
} from '../../../../core/domain/index.js'
import { actionName } from '../action-names.js'
import { bySender, draft, type Facts } from '../draft.js'
import type { Normaliser, WebhookEvent } from '../event.js'
import { page } from '../links.js'
import { mergeOf } from '../merging.js'
import { firstLine, integer, isObject, LIMITS, object, text } from '../payload.js'
import { changesOfPull } from '../pull-request-changes.js'
import {
  authorOf,
  isFromFork,
  pullContext,
  pullCorrelation,
  pullLinks,
  pullTargets,
} from '../pull-request.js'
import { outcomeOfDequeuing } from '../queue-outcome.js'
import { isSame, principal } from '../who.js'

const SAME_NAME = [
  ['opened', 'closed', 'reopened', 'edited', 'converted_to_draft', 'enqueued', 'dequeued'],
  ['review_requested', 'review_request_removed', 'auto_merge_enabled', 'auto_merge_disabled'],
  ['assigned', 'unassigned', 'labeled', 'unlabeled', 'milestoned', 'demilestoned'],
  ['locked', 'unlocked', 'stacked'],
].flat()

const NAMES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(SAME_NAME.map((name) => [name, `pull_request.${name}`])),
  synchronize: 'pull_request.synchronized',
  ready_for_review: 'pull_request.readied',
}

/** A pull request's life. A merge is told apart from closing, and another base from an edit. */
export const pullRequest: Normaliser = {
  event: 'pull_request',
  normalise(event) {
    const pull = object(event.payload.pull_request)
    return [isMerge(event, pull) ? merged(event, pull) : changed(event, pull)]
  },
}

function isMerge({ action }: WebhookEvent, pull: JsonObject): boolean {
  return action === 'closed' && pull.merged === true
}

function merged(event: WebhookEvent, pull: JsonObject): EntryDraft {
  const merge = mergeOf(event, pull)
  return draft(event, {
    ...shared(event, pull),
    action: 'pull_request.merged',
    at: [pull.merged_at, pull.closed_at],
    who: merge.who,
    onBehalfOf: merge.onBehalfOf,
    targets: [...pullTargets(pull), ...merge.targets],
    labels: {
      ...labels(event, pull),
      merge: merge.way,
      by_author: isSame(merge.who.actor, authorOf(pull)),
    },
  })
}

function changed(event: WebhookEvent, pull: JsonObject): EntryDraft {
  const { action, payload } = event
  const isRetargeted = action === 'edited' && object(payload.changes).base !== undefined
  return draft(event, {
    ...shared(event, pull),
    action: isRetargeted ? 'pull_request.retargeted' : actionName(event, NAMES),
    at: times(event, pull),
    who: bySender(event),
    outcome: action === 'dequeued' ? outcomeOfDequeuing(payload.reason) : undefined,
    targets: [...pullTargets(pull), ...affected(event)],
    changes: changesOfPull(event, pull),
    labels: {
      ...labels(event, pull),
      dequeue_reason: action === 'dequeued' ? text(payload.reason, 40) : undefined,
      lock_reason: action === 'locked' ? text(pull.active_lock_reason, 40) : undefined,
    },
  })
}

function times({ action }: WebhookEvent, pull: JsonObject): unknown[] {
  if (action === 'opened') return [pull.created_at]
  return action === 'closed' ? [pull.closed_at, pull.updated_at] : [pull.updated_at]
}

function shared(
  event: WebhookEvent,
  pull: JsonObject,
): Pick<Facts, 'ci' | 'links' | 'correlation'> {
  const before = text(event.payload.before, LIMITS.sha)
  return {
    ci: { ...pullContext(event, pull), before_sha: before },
    links: pullLinks(event, pull),
    correlation: pullCorrelation(event, pull),
  }
}

/** Who or what was put to the pull request or taken from it. */
function affected({ payload }: WebhookEvent): DraftTarget[] {
  const { assignee, label, milestone, requested_reviewer: reviewer, requested_team: team } = payload
  const people: DraftTarget[] = [
    { type: 'assignee', principal: principal(assignee) },
    { type: 'reviewer', principal: principal(reviewer) },
  ].filter(({ principal: one }) => one !== undefined)
  return [
    ...people,
    ...named('team', team),
    ...named('label', label),
    ...(isObject(milestone) ? [milestoneTarget(milestone)] : []),
  ]
}

function named(type: string, value: unknown): DraftTarget[] {
  const { id, name } = object(value)
  const about = { type, id: integer(id), name: text(name) }
  return about.id === undefined && about.name === undefined ? [] : [about]
}

/** Titles are prose, as those of pull requests. */
function milestoneTarget({ number, title, html_url: url }: JsonObject): DraftTarget {
  const name = firstLine(title)
  return {
    type: 'milestone',
    id: integer(number),
    name: name === undefined ? undefined : personal(name),
    url: page(url),
  }
}

function labels(event: WebhookEvent, pull: JsonObject): Facts['labels'] {
  return {
    base: text(object(pull.base).ref),
    draft: pull.draft === true,
    fork: isFromFork(event, pull),
    merge_method: text(object(pull.auto_merge).merge_method, 40),
    author_association: text(pull.author_association, 40),
  }
}
