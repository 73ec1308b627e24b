import { list } from './payload.js'

/** Which way a setting of a branch protection rule protects. */
type Sense =
  | 'level' // off < non_admins < everyone, higher is stricter
  | 'permission' // the same levels, higher lets more people through
  | 'count' // more is stricter
  | 'on' // true is stricter
  | 'off' // false is stricter
  | 'complete' // a list of demands: every one that goes weakens

/** @see https://docs.github.com/webhooks/webhook-events-and-payloads#branch_protection_rule */
const SENSES: Readonly<Record<string, Sense>> = {
  pull_request_reviews_enforcement_level: 'level',
  required_status_checks_enforcement_level: 'level',
  signature_requirement_enforcement_level: 'level',
  linear_history_requirement_enforcement_level: 'level',
  merge_queue_enforcement_level: 'level',
  required_deployments_enforcement_level: 'level',
  required_conversation_resolution_level: 'level',
  lock_branch_enforcement_level: 'level',
  allow_force_pushes_enforcement_level: 'permission',
  allow_deletions_enforcement_level: 'permission',
  required_approving_review_count: 'count',
  dismiss_stale_reviews_on_push: 'on',
  require_code_owner_review: 'on',
  require_last_push_approval: 'on',
  authorized_dismissal_actors_only: 'on',
  authorized_actors_only: 'on',
  ignore_approvals_from_contributors: 'on',
  strict_required_status_checks_policy: 'on',
  admin_enforced: 'on',
  create_protected: 'on',
  lock_allows_fork_sync: 'off',
  required_status_checks: 'complete',
}

const LEVELS = ['off', 'non_admins', 'everyone']

/** Whether a setting protects less after the change; `false` for settings that GitHub adds later. */
export function isWeaker(setting: string, before: unknown, after: unknown): boolean {
  const sense = Object.hasOwn(SENSES, setting) ? SENSES[setting] : undefined
  return sense !== undefined && WEAKER[sense](before, after)
}

const WEAKER: Readonly<Record<Sense, (before: unknown, after: unknown) => boolean>> = {
  level: (before, after) => level(after) < level(before),
  permission: (before, after) => level(after) > level(before),
  count: isLess,
  on: (before, after) => before === true && after !== true,
  off: (before, after) => before !== true && after === true,
  complete: isShorter,
}

function level(value: unknown): number {
  return LEVELS.indexOf(String(value))
}

export function isLess(before: unknown, after: unknown): boolean {
  return typeof before === 'number' && typeof after === 'number' && after < before
}

/** Whether something that was in the list is no longer in it. */
export function isShorter(before: unknown, after: unknown): boolean {
  const kept = new Set(list(after).map((one) => JSON.stringify(one)))
  return list(before).some((one) => !kept.has(JSON.stringify(one)))
}
