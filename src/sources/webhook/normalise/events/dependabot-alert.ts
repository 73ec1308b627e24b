import {
  personal,
  type DraftChange,
  type DraftTarget,
  type EntryDraft,
  type JsonObject,
  type Severity,
} from '../../../../core/domain/index.js'
import { actionName } from '../action-names.js'
import { correlation, draft } from '../draft.js'
import type { Normaliser, WebhookEvent } from '../event.js'
import { htmlUrl, links } from '../links.js'
import { identifier, LIMITS, object, text } from '../payload.js'
import { assignees } from '../people.js'
import { firstWho, type Who } from '../who.js'

const NAMES = {
  created: 'dependency_alert.opened',
  dismissed: 'dependency_alert.dismissed',
  auto_dismissed: 'dependency_alert.auto_dismissed',
  fixed: 'dependency_alert.fixed',
  reopened: 'dependency_alert.reopened',
  auto_reopened: 'dependency_alert.auto_reopened',
  reintroduced: 'dependency_alert.reintroduced',
  assignees_changed: 'dependency_alert.assigned',
}
/** What the alert was before, as far as the action itself says. */
const BEFORE: Readonly<Record<string, string | null>> = {
  created: null,
  dismissed: 'open',
  auto_dismissed: 'open',
  fixed: 'open',
  reopened: 'dismissed',
  auto_reopened: 'auto_dismissed',
  reintroduced: 'fixed',
}
const SEVERITIES: Readonly<Record<string, Severity>> = { critical: 3, high: 2 }

/** A dependency with a known vulnerability: who dismissed the alert and why, which package in which file. */
export const dependabotAlert: Normaliser = {
  event: 'dependabot_alert',
  normalise: (event) => [alertEntry(event, object(event.payload.alert))],
}

function alertEntry(event: WebhookEvent, alert: JsonObject): EntryDraft {
  const isDismissed = event.action === 'dismissed'
  const comment = isDismissed ? text(alert.dismissed_comment, LIMITS.comment) : undefined
  const advisory = object(alert.security_advisory)
  const found = text(object(alert.security_vulnerability).severity, 40)
  const level = found ?? text(advisory.severity, 40)
  return draft(event, {
    action: actionName(event, NAMES),
    at: times(event, alert),
    who: whoActed(event, alert),
    severity: event.action === 'created' ? SEVERITIES[level ?? ''] : undefined,
    targets: [alertTarget(alert, advisory), ...dependency(alert), ...assignees(alert)],
    changes: changes(event, alert),
    reason: comment === undefined ? undefined : personal(comment),
    links: links([
      ['alert', htmlUrl(alert)],
      ['repository', event.repoUrl],
    ]),
    correlation: correlation('dependency_alert', event.repo, identifier(alert.number)),
    labels: {
      ghsa_id: text(advisory.ghsa_id, 40),
      cve_id: text(advisory.cve_id, 40),
      advisory_severity: level,
      dismissed_reason: text(alert.dismissed_reason, 60),
    },
  })
}

/** What Dependabot does by itself has the organization `github` as its sender. */
function whoActed({ action, payload }: WebhookEvent, alert: JsonObject): Who {
  const sender = ['sender', payload.sender] as const
  return action === 'dismissed'
    ? firstWho([['alert.dismissed_by', alert.dismissed_by], sender])
    : firstWho([sender])
}

function times({ action }: WebhookEvent, alert: JsonObject): unknown[] {
  if (action === 'created') return [alert.created_at]
  if (action === 'dismissed') return [alert.dismissed_at]
  if (action === 'auto_dismissed') return [alert.auto_dismissed_at, alert.updated_at]
  return action === 'fixed' ? [alert.fixed_at] : [alert.updated_at]
}

function alertTarget(alert: JsonObject, advisory: JsonObject): DraftTarget {
  return {
    type: 'dependabot_alert',
    id: identifier(alert.number),
    name: text(advisory.summary),
    url: htmlUrl(alert),
  }
}

function dependency(alert: JsonObject): DraftTarget[] {
  const { package: known, manifest_path: manifest } = object(alert.dependency)
  const { ecosystem, name } = object(known)
  const [file, dependent] = [text(manifest, LIMITS.path), text(name)]
  return [
    ...(dependent === undefined
      ? []
      : [{ type: 'dependency', id: text(ecosystem, 40), name: dependent }]),
    ...(file === undefined ? [] : [{ type: 'file', name: file }]),
  ]
}

function changes({ action }: WebhookEvent, alert: JsonObject): DraftChange[] {
  const before = Object.hasOwn(BEFORE, action) ? BEFORE[action] : undefined
  const found: DraftChange[] =
    before === undefined ? [] : [{ path: 'state', before, after: text(alert.state, 40) }]
  if (action !== 'dismissed') return found
  const after = text(alert.dismissed_reason, 60)
  return [...found, { path: 'dismissed_reason', before: null, after }]
}
