import { describe, expect, it } from '@jest/globals'

import { ACTIONS, type JsonObject } from '../../../../src/core/domain/index.js'
import { allExamples } from '../../../cases/examples.js'
import { read } from './reading.js'

/**
 * The events that a GitHub App can get and all their actions, of github.com, Enterprise Cloud and Enterprise Server 3.19:
 * from GitHub's descriptions (@octokit/openapi 23.0.2). An event without actions has an empty list; the action of a
 * `repository_dispatch` is whatever the caller calls it.
 */
const SENT: Readonly<Record<string, string>> = {
  workflow_run: 'completed in_progress requested',
  workflow_job: 'completed in_progress queued waiting',
  check_suite: 'completed requested rerequested',
  check_run: 'completed created requested_action rerequested',
  status: '',
  workflow_dispatch: '',
  repository_dispatch: '',
  push: '',
  create: '',
  delete: '',
  pull_request:
    'assigned auto_merge_disabled auto_merge_enabled closed converted_to_draft demilestoned dequeued edited enqueued labeled locked milestoned opened ready_for_review reopened review_request_removed review_requested stacked synchronize unassigned unlabeled unlocked',
  pull_request_review: 'dismissed edited submitted',
  merge_group: 'checks_requested destroyed',
  release: 'created deleted edited prereleased published released unpublished',
  registry_package: 'published updated',
  fork: '',
  deployment: 'created',
  deployment_status: 'created',
  deployment_review: 'approved rejected requested',
  page_build: '',
  deployment_protection_rule: 'requested',
  deploy_key: 'created deleted',
  personal_access_token_request: 'approved cancelled created denied',
  github_app_authorization: 'revoked',
  secret_scanning_alert:
    'assigned created metadata_created metadata_removed publicly_leaked reopened resolved unassigned validated',
  secret_scanning_alert_location: 'created',
  secret_scanning_scan: 'completed',
  bypass_request_secret_scanning:
    'cancelled completed created response_dismissed response_submitted',
  dismissal_request_secret_scanning:
    'cancelled completed created response_dismissed response_submitted',
  dismissal_request_code_scanning: 'created response_submitted',
  dismissal_request_dependabot: 'cancelled created response_submitted',
  code_scanning_alert:
    'appeared_in_branch closed_by_user created fixed reopened reopened_by_user updated_assignment',
  dependabot_alert:
    'assignees_changed auto_dismissed auto_reopened created dismissed fixed reintroduced reopened',
  repository_advisory: 'published reported',
  security_and_analysis: '',
  repository:
    'archived created deleted edited privatized publicized renamed transferred unarchived anonymous_access_disabled anonymous_access_enabled',
  public: '',
  branch_protection_rule: 'created deleted edited',
  branch_protection_configuration: 'disabled enabled',
  repository_ruleset: 'created deleted edited',
  exemption_request_push_ruleset:
    'cancelled completed created response_dismissed response_submitted',
  custom_property: 'created deleted promote_to_enterprise updated',
  custom_property_values: 'updated',
  member: 'added edited removed',
  membership: 'added removed',
  team: 'added_to_repository created deleted edited removed_from_repository',
  team_add: '',
  organization: 'deleted member_added member_invited member_removed renamed',
  org_block: 'blocked unblocked',
  meta: 'deleted',
  installation: 'created deleted new_permissions_accepted suspend unsuspend',
  installation_repositories: 'added removed',
  installation_target: 'renamed',
}

const examples = allExamples()
const pairs = Object.entries(SENT).flatMap(([event, actions]) =>
  actions.split(' ').map((action) => [event, action] as const),
)

/** No description has a payload of it; it is made like this one. */
const MADE_LIKE: Readonly<Record<string, string>> = {
  dismissal_request_dependabot: 'dismissal_request_secret_scanning',
}

/** GitHub's example, or one made from the schema; else another action's, which has the same members. */
function payloadOf(event: string, action: string): JsonObject | undefined {
  const like = MADE_LIKE[event] ?? event
  const ofEvent = examples.filter((one) => one.event === like)
  const own =
    action === '' ? ofEvent[0] : ofEvent.find(({ payload }) => payload['action'] === action)
  return own?.payload ?? (ofEvent[0] && { ...ofEvent[0].payload, action })
}

describe('each action of each event', () => {
  it('is in the list', () => {
    expect(Object.keys(SENT)).toHaveLength(53)
    expect(pairs.length).toBeGreaterThan(150)
  })

  it.each(pairs)('%s %s has a normaliser that knows it', (event, action) => {
    const payload = payloadOf(event, action)
    expect(payload).toBeDefined()
    const drafts = read(event, payload ?? {})
    expect(drafts.length).toBeGreaterThan(0)
    const strange = drafts.filter(
      (draft) =>
        !Object.hasOwn(ACTIONS, draft.action) || draft.labels?.['normaliser_failed'] === true,
    )
    expect(strange.map((draft) => draft.action)).toEqual([])
  })
})
