import { ACTIONS } from '../core/domain/index.js'

/**
 * `core`: without it Hooktrail misses what it is for. `optional`: asked for, and worth having. `extra`: not asked
 * for; whoever wants its entries adds it.
 */
export type Need = 'core' | 'optional' | 'extra'

/** One permission of the App, with what it is for. Levels are as low as the events allow. */
export interface AppPermission {
  /** GitHub's key in a manifest. */
  readonly name: string
  readonly level: 'read' | 'write'
  readonly need: Need
  /** One line for app.yml and the documentation. */
  readonly purpose: string
  /** Events that the App subscribes to with it. */
  readonly events: readonly string[]
  /** Further events that one can subscribe to with it: of certain plans, or seldom wanted. */
  readonly more?: readonly string[]
}

/** What the App asks for, and why. Events that every App gets unasked (`installation`, …) need none. */
export const APP_PERMISSIONS: readonly AppPermission[] = [
  {
    name: 'metadata',
    level: 'read',
    need: 'core',
    purpose: 'Repositories: that they are there, their names, who can see them. Every App has it.',
    events: ['repository', 'public'],
    more: ['meta'],
  },
  {
    name: 'actions',
    level: 'read',
    need: 'core',
    purpose: 'Runs and jobs; the run’s attempts, when a check run is written.',
    events: ['workflow_run', 'workflow_job'],
  },
  {
    name: 'checks',
    level: 'write',
    need: 'core',
    purpose: 'The check run that explains a commit: the only thing that Hooktrail writes.',
    events: ['check_run', 'check_suite'],
  },
  {
    name: 'contents',
    level: 'read',
    need: 'core',
    purpose: 'Pushes, tags, releases, dispatches; workflow files, to say what changed in them.',
    events: [
      'push',
      'create',
      'delete',
      'release',
      'fork',
      'workflow_dispatch',
      'repository_dispatch',
    ],
  },
  {
    name: 'deployments',
    level: 'read',
    need: 'core',
    purpose: 'Deployments and who let them through; deploy keys.',
    events: ['deployment', 'deployment_status', 'deployment_review', 'deploy_key'],
    more: ['deployment_protection_rule'],
  },
  {
    name: 'pull_requests',
    level: 'read',
    need: 'core',
    purpose: 'How a change came in, and who approved it.',
    events: ['pull_request', 'pull_request_review'],
  },
  {
    name: 'statuses',
    level: 'read',
    need: 'core',
    purpose: 'What other build systems say about a commit.',
    events: ['status'],
  },
  {
    name: 'administration',
    level: 'read',
    need: 'core',
    purpose: 'Branch protection, rulesets, security settings.',
    events: [
      'branch_protection_rule',
      'branch_protection_configuration',
      'repository_ruleset',
      'security_and_analysis',
    ],
    more: ['exemption_request_push_ruleset'],
  },
  {
    name: 'members',
    level: 'read',
    need: 'core',
    purpose: 'Who was given access, in repositories, teams and the organisation.',
    events: ['member', 'membership', 'team', 'team_add', 'organization'],
  },
  {
    name: 'secret_scanning_alerts',
    level: 'read',
    need: 'core',
    purpose: 'Secrets that were found, and who pushed one past the protection.',
    events: ['secret_scanning_alert', 'secret_scanning_alert_location'],
    more: [
      'secret_scanning_scan',
      'bypass_request_secret_scanning',
      'dismissal_request_secret_scanning',
    ],
  },
  {
    name: 'security_events',
    level: 'read',
    need: 'optional',
    purpose: 'Flaws that code scanning found, and who dismissed one.',
    events: ['code_scanning_alert'],
    more: ['dismissal_request_code_scanning'],
  },
  {
    name: 'vulnerability_alerts',
    level: 'read',
    need: 'optional',
    purpose: 'Vulnerable dependencies, and who dismissed an alert.',
    events: ['dependabot_alert'],
    more: ['dismissal_request_dependabot'],
  },
  {
    name: 'packages',
    level: 'read',
    need: 'optional',
    purpose: 'What was published to GitHub’s registries.',
    events: ['registry_package'],
  },
  {
    name: 'merge_queues',
    level: 'read',
    need: 'optional',
    purpose: 'What the merge queue did.',
    events: ['merge_group'],
  },
  {
    name: 'repository_advisories',
    level: 'read',
    need: 'optional',
    purpose: 'Vulnerabilities that were reported about a repository’s own software.',
    events: ['repository_advisory'],
  },
  {
    name: 'organization_administration',
    level: 'read',
    need: 'optional',
    purpose: 'Rulesets of the whole organisation; whom it blocks.',
    events: ['org_block'],
  },
  {
    name: 'organization_custom_properties',
    level: 'read',
    need: 'optional',
    purpose: 'Properties of repositories, by which rulesets apply.',
    events: ['custom_property', 'custom_property_values'],
  },
  {
    name: 'organization_personal_access_token_requests',
    level: 'read',
    need: 'optional',
    purpose: 'Fine-grained tokens that were let into the organisation.',
    events: ['personal_access_token_request'],
  },
  {
    name: 'pages',
    level: 'read',
    need: 'extra',
    purpose: 'Builds of GitHub Pages.',
    events: [],
    more: ['page_build'],
  },
  {
    name: 'issues',
    level: 'write',
    need: 'extra',
    purpose:
      'Alerts come as check runs. To have them as issues on the repository too; used where it is granted.',
    events: [],
  },
]

/** What an Enterprise Server does not know; it would refuse the whole manifest. */
export const CLOUD_ONLY: ReadonlySet<string> = new Set([
  'merge_queues',
  'merge_group',
  'repository_advisories',
  'repository_advisory',
  'org_block',
])

/** The permission that an event needs; `undefined` for those that come unasked, and for those of no App. */
export function permissionFor(event: string): AppPermission | undefined {
  return APP_PERMISSIONS.find(
    ({ events, more = [] }) => events.includes(event) || more.includes(event),
  )
}

/**
 * The actions of whose entries one gets none without these events, the ones of a whole kind as `team.*`; in the order of
 * the alphabet.
 */
export function entriesOf(events: readonly string[]): string[] {
  const lost = new Set(events)
  const names = Object.keys(ACTIONS).filter((action) => isLost(action, lost))
  const found = new Set<string>()
  for (const name of names) {
    const kind = name.slice(0, name.indexOf('.') + 1)
    const whole = Object.keys(ACTIONS).filter((action) => action.startsWith(kind))
    const isWhole = whole.length > 1 && whole.every((action) => isLost(action, lost))
    found.add(isWhole ? `${kind}*` : name)
  }
  return [...found].sort()
}

/** An action may also come from events that no App gets (`package` beside `registry_package`): they save nothing. */
function isLost(action: string, lost: ReadonlySet<string>): boolean {
  const events = (ACTIONS[action]?.events ?? []).map((event) => event.split('.')[0] ?? event)
  return (
    events.some((event) => lost.has(event)) &&
    events.every((event) => lost.has(event) || !reachesApps(event))
  )
}

function reachesApps(event: string): boolean {
  return UNASKED.has(event) || permissionFor(event) !== undefined
}

/** What every App gets; with one of these in its list of events GitHub refuses a manifest. */
const UNASKED = new Set([
  'installation',
  'installation_repositories',
  'installation_target',
  'github_app_authorization',
])
