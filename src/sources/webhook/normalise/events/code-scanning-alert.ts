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
import { below, htmlUrl, links } from '../links.js'
import { count, identifier, LIMITS, list, object, text } from '../payload.js'
import { assignees } from '../people.js'
import { firstWho, type Who } from '../who.js'

const NAMES = {
  created: 'code_alert.opened',
  appeared_in_branch: 'code_alert.appeared',
  closed_by_user: 'code_alert.dismissed',
  fixed: 'code_alert.fixed',
  reopened: 'code_alert.reopened',
  reopened_by_user: 'code_alert.reopened',
  updated_assignment: 'code_alert.assigned',
}
const FOUND = new Set(['created', 'appeared_in_branch', 'reopened'])
const SEVERITIES: Readonly<Record<string, Severity>> = { critical: 3, high: 2, error: 2 }

/** A flaw that a scanner found: who dismissed it and why, on which branch and commit it is. */
export const codeScanningAlert: Normaliser = {
  event: 'code_scanning_alert',
  normalise: (event) => [alertEntry(event, object(event.payload.alert))],
}

function alertEntry(event: WebhookEvent, alert: JsonObject): EntryDraft {
  const isDismissed = event.action === 'closed_by_user'
  const comment = isDismissed ? text(alert.dismissed_comment, LIMITS.comment) : undefined
  const rule = object(alert.rule)
  const level = text(rule.security_severity_level, 40) ?? text(rule.severity, 40)
  const sha = text(event.payload.commit_oid, LIMITS.sha)
  const ref = text(event.payload.ref, LIMITS.path)
  return draft(event, {
    action: actionName(event, NAMES),
    at: times(event, alert),
    who: whoActed(event, alert),
    severity: FOUND.has(event.action) ? SEVERITIES[level ?? ''] : undefined,
    targets: [alertTarget(alert, rule), ...place(alert), ...assignees(alert)],
    ci: sha === undefined && ref === undefined ? undefined : { head_sha: sha, ref },
    changes: changes(event, alert),
    reason: comment === undefined ? undefined : personal(comment),
    links: links([
      ['alert', htmlUrl(alert)],
      ['commit', sha === undefined ? undefined : below(event.repoUrl, 'commit', sha)],
      ['repository', event.repoUrl],
    ]),
    correlation: correlation('code_alert', event.repo, identifier(alert.number)),
    labels: {
      rule: text(rule.id),
      rule_severity: level,
      tool: text(object(alert.tool).name),
      dismissed_reason: text(alert.dismissed_reason, 60),
    },
  })
}

/** The sender is a person for what people do, and the organization `github` for what scans find. */
function whoActed({ action, payload }: WebhookEvent, alert: JsonObject): Who {
  const sender = ['sender', payload.sender] as const
  return action === 'closed_by_user'
    ? firstWho([['alert.dismissed_by', alert.dismissed_by], sender])
    : firstWho([sender])
}

function times({ action }: WebhookEvent, alert: JsonObject): unknown[] {
  if (action === 'created') return [alert.created_at]
  if (action === 'closed_by_user') return [alert.dismissed_at]
  return action === 'fixed' ? [alert.fixed_at, alert.updated_at] : [alert.updated_at]
}

function alertTarget(alert: JsonObject, rule: JsonObject): DraftTarget {
  return {
    type: 'code_scanning_alert',
    id: identifier(alert.number),
    name: text(rule.description) ?? text(rule.name) ?? text(rule.id),
    url: htmlUrl(alert),
  }
}

/** The file, where the newest finding is. */
function place(alert: JsonObject): DraftTarget[] {
  const instance = object(alert.most_recent_instance ?? list(alert.instances)[0])
  const { path, start_line: line } = object(instance.location)
  const name = text(path, LIMITS.path)
  return name === undefined ? [] : [{ type: 'file', id: count(line), name }]
}

/** GitHub says what state the alert is in; before it was open, unless it was opened now. */
function changes({ action }: WebhookEvent, alert: JsonObject): DraftChange[] {
  const after = text(alert.state, 40)
  if (action === 'closed_by_user') {
    const reason = { path: 'dismissed_reason', before: null, after: text(alert.dismissed_reason) }
    return [{ path: 'state', before: 'open', after: after ?? 'dismissed' }, reason]
  }
  if (action === 'fixed') return [{ path: 'state', before: 'open', after: after ?? 'fixed' }]
  if (action === 'reopened_by_user') return [{ path: 'state', before: 'dismissed', after: 'open' }]
  return action === 'reopened' ? [{ path: 'state', before: 'fixed', after: 'open' }] : []
}
