import type { DraftTarget, EntryDraft } from '../../../../core/domain/index.js'
import type { Normaliser, WebhookEvent } from '../event.js'
import { fallback } from '../fallback.js'
import { below, htmlUrl, links } from '../links.js'
import { object, text } from '../payload.js'

/** Events that say nothing about CI/CD, but may be asked for: one action for each kind of thing. */
const ACTIONS: readonly (readonly [action: string, ...events: string[]])[] = [
  ['issue.changed', 'issues'],
  ['issue_comment.changed', 'issue_comment'],
  ['issue_relation.changed', 'sub_issues', 'issue_dependencies'],
  ['label.changed', 'label'],
  ['milestone.changed', 'milestone'],
  ['commit_comment.changed', 'commit_comment'],
  ['review_comment.changed', 'pull_request_review_comment'],
  ['review_thread.changed', 'pull_request_review_thread'],
  ['discussion.changed', 'discussion'],
  ['discussion_comment.changed', 'discussion_comment'],
  ['wiki.changed', 'gollum'],
  ['project.changed', 'project', 'project_card', 'project_column'],
  ['project.changed', 'projects_v2', 'projects_v2_item', 'projects_v2_status_update'],
  ['repository.imported', 'repository_import'],
  ['vulnerability_alert.changed', 'repository_vulnerability_alert'],
  ['security_advisory.changed', 'security_advisory'],
  ['star.changed', 'star'],
  ['watch.started', 'watch'],
  ['sponsorship.changed', 'sponsorship'],
  ['marketplace_purchase.changed', 'marketplace_purchase'],
  ['custom_property_definition.changed', 'organization_custom_property'],
  ['custom_property_definition.changed', 'organization_custom_property_values'],
  ['enterprise.changed', 'enterprise', 'user', 'cache_sync'],
  ['webhook.pinged', 'ping'],
]

/** Read like an event that nobody knows (who, where, what it was about, what changed), under a name. */
export const asides: readonly Normaliser[] = ACTIONS.flatMap(([action, ...events]) =>
  events.map((event) => ({ event, normalise: (read: WebhookEvent) => [aside(read, action)] })),
)

function aside(event: WebhookEvent, action: string): EntryDraft {
  const { labels, targets, ...entry } = fallback(event)
  const failed = event.name === 'repository_import' && event.payload.status === 'failure'
  return {
    ...entry,
    action,
    outcome: failed ? 'failure' : 'success',
    targets: targets.length > 0 ? targets : [thing(event)],
    links: entry.links ?? accountLinks(event),
    labels: { ...labels, ...(event.action === '' ? {} : { done: event.action }) },
  }
}

/** What has neither a number nor a repository: an advisory by its GHSA id, others by GitHub's opaque id. */
function thing({ name, payload }: WebhookEvent): DraftTarget {
  const { ghsa_id: ghsa, node_id: node } = object(payload[name])
  return { type: name, id: text(ghsa) ?? text(node) }
}

/** What has no page of its own belongs to somebody who has, or at least to a host. */
function accountLinks({ name, payload, host }: WebhookEvent): EntryDraft['links'] {
  const root = `https://${host}`
  const login = text(object(payload.organization).login)
  const ghsa = text(object(payload.security_advisory).ghsa_id)
  return links([
    ['advisory', ghsa && below(root, 'advisories', ghsa)],
    ['enterprise', htmlUrl(payload.enterprise)],
    ['account', login && below(root, login)],
    ['host', name === 'marketplace_purchase' ? below(root, 'marketplace') : root],
  ])
}
