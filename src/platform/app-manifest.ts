import { readFileSync } from 'node:fs'

import { parse } from 'yaml'
import { z } from 'zod'

const FILE = new URL('../../app.yml', import.meta.url)

const manifest = z.strictObject({
  name: z.string().min(1).max(34),
  description: z.string(),
  url: z.url({ protocol: /^https?$/ }),
  public: z.boolean(),
  hook_attributes: z.strictObject({
    url: z.url({ protocol: /^https?$/ }),
    active: z.boolean(),
  }),
  default_permissions: z.record(z.string(), z.enum(['read', 'write'])),
  default_events: z.array(z.string()),
})

/** `app.yml`, in GitHub's own words: what the App asks for when it is registered. */
export type AppManifest = Readonly<z.output<typeof manifest>>

/** What an Enterprise Server does not know; it would refuse the whole manifest. */
const CLOUD_ONLY = { permissions: ['merge_queues'], events: ['merge_group'] }

/**
 * The manifest that ships with Hooktrail, as far as the host knows what is in it.
 * @param host GitHub's host without scheme
 */
export function readAppManifest(host = 'github.com'): AppManifest {
  const all = manifest.parse(parse(readFileSync(FILE, 'utf8')))
  if (host === 'github.com' || host.endsWith('.ghe.com')) return all
  const permissions = Object.entries(all.default_permissions)
  return {
    ...all,
    default_permissions: Object.fromEntries(
      permissions.filter(([name]) => !CLOUD_ONLY.permissions.includes(name)),
    ),
    default_events: all.default_events.filter((name) => !CLOUD_ONLY.events.includes(name)),
  }
}

/** Permission keys by the event that needs them; `metadata` comes with every App. */
export const EVENT_PERMISSIONS: Readonly<Record<string, string>> = {
  workflow_run: 'actions',
  workflow_job: 'actions',
  workflow_dispatch: 'contents',
  repository_dispatch: 'contents',
  check_run: 'checks',
  check_suite: 'checks',
  status: 'statuses',
  push: 'contents',
  create: 'contents',
  delete: 'contents',
  pull_request: 'pull_requests',
  pull_request_review: 'pull_requests',
  merge_group: 'merge_queues',
  release: 'contents',
  registry_package: 'packages',
  deployment: 'deployments',
  deployment_status: 'deployments',
  deployment_review: 'deployments',
  deploy_key: 'deployments',
  secret_scanning_alert: 'secret_scanning_alerts',
  secret_scanning_alert_location: 'secret_scanning_alerts',
  code_scanning_alert: 'security_events',
  dependabot_alert: 'vulnerability_alerts',
  security_and_analysis: 'administration',
  repository: 'metadata',
  public: 'metadata',
  branch_protection_rule: 'administration',
  branch_protection_configuration: 'administration',
  repository_ruleset: 'administration',
  member: 'members',
  membership: 'members',
  team: 'members',
  team_add: 'members',
  organization: 'members',
}
