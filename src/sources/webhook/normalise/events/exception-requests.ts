import {
  personal,
  type DraftChange,
  type DraftTarget,
  type EntryDraft,
  type JsonObject,
  type Personal,
} from '../../../../core/domain/index.js'
import { actionName } from '../action-names.js'
import { correlation, draft } from '../draft.js'
import type { Normaliser, WebhookEvent } from '../event.js'
import { htmlUrl } from '../links.js'
import { identifier, integer, LIMITS, list, object, text } from '../payload.js'
import { placeLinks } from '../place.js'
import { firstWho, isSame, principal, type Candidate } from '../who.js'

/** Our entity by GitHub's event. `@octokit/webhooks` has no types for these; all have one shape. */
const ENTITIES: Readonly<Record<string, string>> = {
  bypass_request_secret_scanning: 'push_protection_bypass',
  dismissal_request_secret_scanning: 'secret_alert_dismissal',
  dismissal_request_code_scanning: 'code_alert_dismissal',
  dismissal_request_dependabot: 'dependency_alert_dismissal',
  exemption_request_push_ruleset: 'push_ruleset_bypass',
}
const ANSWERS: Readonly<Record<string, string>> = {
  approved: 'approved',
  rejected: 'rejected',
  denied: 'rejected',
}
/** What an exception is asked from; the alerts of a dismissal are targets of these types. */
const ALERTS: Readonly<Record<string, string>> = {
  secret_alert_dismissal: 'secret_scanning_alert',
  code_alert_dismissal: 'code_scanning_alert',
  dependency_alert_dismissal: 'dependabot_alert',
}
const MOST_SUBJECTS = 20

/** Who asks for an exception from protection, who answers, and what becomes of it. */
export const exceptionRequests: readonly Normaliser[] = Object.entries(ENTITIES).map(
  ([event, entity]) => ({
    event,
    normalise: (delivery) => [requestEntry(delivery, entity)],
  }),
)

function requestEntry(event: WebhookEvent, entity: string): EntryDraft {
  const request = object(event.payload.exemption_request)
  const answer = object(event.payload.exemption_response)
  const number = identifier(request.number) ?? identifier(request.id)
  const url = htmlUrl(request)
  return draft(event, {
    action: nameOf(event, entity, answer),
    at: times(event, request, answer),
    who: firstWho(candidates(event, request, answer)),
    targets: [
      { type: entity, id: number, url },
      ...subjects(request, entity),
      ...people(event, request, answer),
    ],
    changes: changes(event, request, answer),
    reason: reason(event, request, answer),
    links: [...(url === undefined ? [] : [{ rel: 'request', url }]), ...placeLinks(event)],
    correlation: correlation(entity, event.repo, number),
    labels: {
      request_status: text(request.status, 40),
      request_type: text(request.request_type, 60),
      request_reason: text(object(request.metadata).reason, 60),
      expires_at: text(request.expires_at, 40),
    },
  })
}

function nameOf(event: WebhookEvent, entity: string, answer: JsonObject): string {
  const status = text(answer.status, 40) ?? ''
  const said = Object.hasOwn(ANSWERS, status) ? ANSWERS[status] : 'answered'
  return actionName(event, {
    created: `${entity}.requested`,
    cancelled: `${entity}.cancelled`,
    completed: `${entity}.completed`,
    response_submitted: `${entity}.${said ?? 'answered'}`,
    response_dismissed: `${entity}.answer_withdrawn`,
  })
}

function times({ action }: WebhookEvent, request: JsonObject, answer: JsonObject): unknown[] {
  if (action === 'created') return [request.created_at]
  return action === 'response_submitted' ? [answer.created_at] : []
}

/** Who asked is whoever the request names; who cancelled or took an answer back is the sender. */
function candidates(event: WebhookEvent, request: JsonObject, answer: JsonObject): Candidate[] {
  const sender: Candidate = ['sender', event.payload.sender]
  if (event.action === 'created') {
    return [['exemption_request.requester_login', requester(request)], sender]
  }
  return event.action === 'response_submitted'
    ? [['exemption_response.reviewer_login', reviewer(answer)], sender]
    : [sender]
}

function requester({ requester_id: id, requester_login: login }: JsonObject): JsonObject {
  return { id, login }
}

function reviewer({ reviewer_id: id, reviewer_login: login }: JsonObject): JsonObject {
  return { id, login }
}

/** Those who take part without having done this. */
function people(event: WebhookEvent, request: JsonObject, answer: JsonObject): DraftTarget[] {
  const { actor } = firstWho(candidates(event, request, answer))
  const taking = [
    ['requester', principal(requester(request))],
    ['reviewer', principal(reviewer(answer))],
  ] as const
  return taking.flatMap(([type, one]) =>
    one && !isSame(one, actor) ? [{ type, principal: one }] : [],
  )
}

/** The rulesets, alerts or secrets that the exception is about. */
function subjects(request: JsonObject, entity: string): DraftTarget[] {
  const { data } = object(request.exemption_request_data)
  return list(data)
    .slice(0, MOST_SUBJECTS)
    .flatMap((one) => subject(object(one), entity))
}

function subject(one: JsonObject, entity: string): DraftTarget[] {
  const { ruleset_id: ruleset, alert_number: alert, secret_type: secret } = one
  if (ruleset !== undefined) {
    return [{ type: 'ruleset', id: integer(ruleset), name: text(one.ruleset_name) }]
  }
  const type = ALERTS[entity]
  if (alert !== undefined && type !== undefined) {
    return [{ type, id: identifier(alert), name: text(secret) }]
  }
  return secret === undefined ? [] : [{ type: 'secret', name: text(secret) }]
}

function changes(event: WebhookEvent, request: JsonObject, answer: JsonObject): DraftChange[] {
  const status = { path: 'status', after: text(request.status, 40) }
  if (event.action === 'created') return [{ ...status, before: null }]
  if (event.action !== 'response_submitted') return [status]
  return [status, { path: 'response', before: null, after: text(answer.status, 40) }]
}

function reason(
  { action }: WebhookEvent,
  request: JsonObject,
  answer: JsonObject,
): Personal | undefined {
  const isAnswer = action.startsWith('response_')
  const said = isAnswer ? answer.reviewer_comment : request.requester_comment
  const comment = text(said, LIMITS.comment)
  if (comment === undefined) return undefined
  return personal(comment, principal(isAnswer ? reviewer(answer) : requester(request)))
}
