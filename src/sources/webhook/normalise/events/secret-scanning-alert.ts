import {
  personal,
  type DraftChange,
  type DraftTarget,
  type EntryDraft,
  type JsonObject,
  type Personal,
  type Severity,
} from '../../../../core/domain/index.js'
import { actionName } from '../action-names.js'
import { bySender, correlation, draft } from '../draft.js'
import type { Normaliser, WebhookEvent } from '../event.js'
import { htmlUrl, links } from '../links.js'
import { identifier, LIMITS, object, text } from '../payload.js'
import { bySystem, firstWho, principal, type Who } from '../who.js'

const NAMES = {
  created: 'secret_alert.opened',
  resolved: 'secret_alert.resolved',
  reopened: 'secret_alert.reopened',
  publicly_leaked: 'secret_alert.publicly_leaked',
  validated: 'secret_alert.validated',
  assigned: 'secret_alert.assigned',
  unassigned: 'secret_alert.unassigned',
  metadata_created: 'secret_alert.metadata_added',
  metadata_removed: 'secret_alert.metadata_removed',
}

/** What secret scanning does by itself: no person stands behind it. */
const BY_THE_SCANNER = new Set(['created', 'publicly_leaked', 'validated', 'metadata_created'])
/** Resolutions after which the secret still works. */
const STILL_THERE = new Set(['false_positive', 'wont_fix', 'used_in_tests'])

/** An alert's life; an alert that opened because somebody bypassed push protection says that as well. */
export const secretScanningAlert: Normaliser = {
  event: 'secret_scanning_alert',
  normalise(event) {
    const alert = object(event.payload.alert)
    const entry = alertEntry(event, alert)
    const bypassed = event.action === 'created' && alert.push_protection_bypassed === true
    return bypassed ? [bypassEntry(event, alert), entry] : [entry]
  },
}

function alertEntry(event: WebhookEvent, alert: JsonObject): EntryDraft {
  const who = whoActed(event, alert)
  const comment =
    event.action === 'resolved' ? text(alert.resolution_comment, LIMITS.comment) : undefined
  return draft(event, {
    action: actionName(event, NAMES),
    at: times(event, alert),
    who,
    severity: severity(event, alert),
    targets: [alertTarget(alert), ...assignee(event)],
    changes: changes(event, alert),
    reason: comment === undefined ? undefined : personal(comment),
    links: alertLinks(event, alert),
    correlation: alertCorrelation(event, alert),
    labels: alertLabels(alert),
  })
}

function whoActed(event: WebhookEvent, alert: JsonObject): Who {
  const { sender } = event.payload
  if (event.action === 'resolved') {
    return firstWho([
      ['alert.resolved_by', alert.resolved_by],
      ['sender', sender],
    ])
  }
  if (principal(sender) || !BY_THE_SCANNER.has(event.action)) return bySender(event)
  return bySystem('secret scanning does this itself; no sender in the payload')
}

function times(event: WebhookEvent, alert: JsonObject): unknown[] {
  if (event.action === 'created') return [alert.created_at]
  return event.action === 'resolved' ? [alert.resolved_at, alert.updated_at] : [alert.updated_at]
}

function severity({ action }: WebhookEvent, alert: JsonObject): Severity | undefined {
  if (action === 'validated') return alert.validity === 'active' ? 4 : undefined
  if (action === 'resolved') return STILL_THERE.has(text(alert.resolution) ?? '') ? 2 : undefined
  return action === 'created' && alert.publicly_leaked === true ? 4 : undefined
}

function changes({ action }: WebhookEvent, alert: JsonObject): DraftChange[] {
  if (action === 'resolved') {
    return [{ path: 'resolution', before: null, after: text(alert.resolution) ?? null }]
  }
  if (action === 'validated') return [{ path: 'validity', after: text(alert.validity) ?? null }]
  return action === 'publicly_leaked' ? [{ path: 'publicly_leaked', after: true }] : []
}

function assignee({ payload }: WebhookEvent): DraftTarget[] {
  const assigned = principal(payload.assignee)
  return assigned ? [{ type: 'assignee', principal: assigned }] : []
}

function bypassEntry(event: WebhookEvent, alert: JsonObject): EntryDraft {
  const reviewer = principal(alert.push_protection_bypass_request_reviewer)
  return draft(event, {
    action: 'push_protection.bypassed',
    at: [alert.push_protection_bypassed_at, alert.created_at],
    who: firstWho([['alert.push_protection_bypassed_by', alert.push_protection_bypassed_by]]),
    targets: [alertTarget(alert), ...(reviewer ? [{ type: 'reviewer', principal: reviewer }] : [])],
    reason: bypassReason(alert),
    links: [
      ...alertLinks(event, alert),
      ...links([['bypass_request', alert.push_protection_bypass_request_html_url]]),
    ],
    correlation: alertCorrelation(event, alert),
    labels: alertLabels(alert),
  })
}

function bypassReason(alert: JsonObject): Personal | undefined {
  const comment = text(alert.push_protection_bypass_request_comment, LIMITS.comment)
  return comment === undefined ? undefined : personal(comment)
}

/** The alert by number and kind of secret. The secret itself is in no payload and would not be read. */
export function alertTarget(alert: JsonObject): DraftTarget {
  return {
    type: 'secret_scanning_alert',
    id: identifier(alert.number),
    name: text(alert.secret_type_display_name) ?? text(alert.secret_type),
    url: htmlUrl(alert),
  }
}

export function alertLinks(event: WebhookEvent, alert: JsonObject): ReturnType<typeof links> {
  return links([
    ['alert', htmlUrl(alert)],
    ['repository', event.repoUrl],
  ])
}

export function alertCorrelation(event: WebhookEvent, alert: JsonObject): string | undefined {
  return correlation('secret_alert', event.repo, identifier(alert.number))
}

export function alertLabels(alert: JsonObject): Record<string, string | boolean | undefined> {
  return {
    secret_type: text(alert.secret_type),
    validity: text(alert.validity, 40),
    resolution: text(alert.resolution, 40),
    push_protection_bypassed: alert.push_protection_bypassed === true,
    publicly_leaked: alert.publicly_leaked === true,
    multi_repo: alert.multi_repo === true,
  }
}
