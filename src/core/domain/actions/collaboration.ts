import type { Operation } from '../entry.js'
import type { ActionDefinition, Actions } from './definition.js'

/**
 * Events about people's work with each other, which builds nothing and changes no setting: `entity`, what that is
 * called, and GitHub's actions, with ours behind `=` where it is another. One normaliser reads them all.
 */
const EVENTS: readonly (readonly [event: string, entity: string, noun: string, actions: string])[] =
  [
    ['commit_comment', 'commit_comment', 'Comment on a commit', 'created'],
    [
      'discussion',
      'discussion',
      'Discussion',
      'answered category_changed closed created deleted edited labeled locked pinned reopened transferred unanswered unlabeled unlocked unpinned',
    ],
    [
      'discussion_comment',
      'discussion_comment',
      'Comment in a discussion',
      'created deleted edited',
    ],
    ['gollum', 'wiki', 'Wiki', '=edited'],
    [
      'issue_comment',
      'issue_comment',
      'Comment on an issue or a pull request',
      'created deleted edited',
    ],
    [
      'issue_dependencies',
      'issue_dependency',
      'Issue that waits for another',
      'blocked_by_added blocked_by_removed blocking_added blocking_removed',
    ],
    [
      'issues',
      'issue',
      'Issue',
      'assigned closed deleted demilestoned edited labeled locked milestoned opened pinned reopened transferred typed unassigned unlabeled unlocked unpinned untyped',
    ],
    ['label', 'label', 'Label', 'created deleted edited'],
    [
      'marketplace_purchase',
      'marketplace_purchase',
      'Purchase in GitHub’s marketplace',
      'cancelled changed pending_change=change_planned pending_change_cancelled=plan_dropped purchased',
    ],
    ['milestone', 'milestone', 'Milestone', 'closed created deleted edited opened'],
    ['project', 'project', 'Classic project', 'closed created deleted edited reopened'],
    [
      'project_card',
      'project_card',
      'Card of a classic project',
      'converted created deleted edited moved',
    ],
    [
      'project_column',
      'project_column',
      'Column of a classic project',
      'created deleted edited moved',
    ],
    ['projects_v2', 'board', 'Project', 'closed created deleted edited reopened'],
    [
      'projects_v2_item',
      'board_item',
      'Item of a project',
      'archived converted created deleted edited reordered restored',
    ],
    ['projects_v2_status_update', 'board_status', 'Status of a project', 'created deleted edited'],
    [
      'pull_request_review_comment',
      'pull_request_comment',
      'Comment on a line of a pull request',
      'created deleted edited',
    ],
    [
      'pull_request_review_thread',
      'pull_request_thread',
      'Comments on a line of a pull request',
      'resolved unresolved=reopened',
    ],
    [
      'repository_vulnerability_alert',
      'vulnerability_alert',
      'GitHub’s second word about a Dependabot alert, which dependabot_alert tells',
      'create=create_reported dismiss=dismiss_reported reopen=reopen_reported resolve=resolve_reported',
    ],
    [
      'sponsorship',
      'sponsorship',
      'Sponsorship',
      'cancelled created edited pending_cancellation=cancellation_planned pending_tier_change=tier_change_planned tier_changed',
    ],
    ['star', 'star', 'Star of a repository', 'created deleted'],
    [
      'sub_issues',
      'sub_issue',
      'Part of an issue',
      'parent_issue_added=parent_added parent_issue_removed=parent_removed sub_issue_added=added sub_issue_removed=removed',
    ],
    ['watch', 'watch', 'Watching a repository', 'started'],
  ]

const OPERATIONS: Readonly<Record<string, Operation>> = {
  created: 'create',
  opened: 'create',
  deleted: 'delete',
}

/** Our name by GitHub's event and action: `''` is the action of events that have none. */
export const COLLABORATION_EVENTS: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map(
  EVENTS.map(([event, entity, , actions]) => [event, namesOf(entity, actions)]),
)

/** What each of them means. */
export const COLLABORATION: Actions = Object.fromEntries(
  EVENTS.flatMap(([event, entity, noun, actions]) =>
    Object.entries(namesOf(entity, actions)).map(([action, name]) => [
      name,
      definition(noun, name, action === '' ? event : `${event}.${action}`),
    ]),
  ),
)

function namesOf(entity: string, actions: string): Record<string, string> {
  const pairs = actions.split(' ').map((one) => {
    const [theirs = '', ours = theirs] = one.split('=')
    return [theirs, `${entity}.${ours}`]
  })
  return Object.fromEntries(pairs) as Record<string, string>
}

function definition(noun: string, name: string, event: string): ActionDefinition {
  const act = name.slice(name.indexOf('.') + 1)
  return {
    description: `${noun}: ${act.replaceAll('_', ' ')}.`,
    category: 'collaboration',
    operation: OPERATIONS[act] ?? 'update',
    severity: 0,
    events: [event],
  }
}
