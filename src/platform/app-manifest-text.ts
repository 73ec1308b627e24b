import { APP_PERMISSIONS, CLOUD_ONLY, entriesOf, type AppPermission } from './app-permissions.js'
import { markdownTable } from './markdown-table.js'

export type ServerKind = 'cloud' | 'server'

const HEAD: Readonly<Record<ServerKind, string>> = {
  cloud: `# The GitHub App as github.com and GHE.com create it from this file; app.ghes.yml is the one for an Enterprise Server.`,
  server: `# The GitHub App as a GitHub Enterprise Server creates it from this file; app.yml is the one for github.com and GHE.com.`,
}

const INTRODUCTION = `# Written by \`npm run docs\` from src/platform/app-permissions.ts; docs/permissions.md says what each part is for.
# \`npm start\` without credentials offers it with one click, or copy the settings by hand to /settings/apps/new. GitHub
# refuses the whole file when an event lacks its permission. After changing it here, change the registered App too: each
# owner of an installation is then asked to accept, and until then the new events do not come. \`hooktrail doctor\` shows
# the gap.
name: hooktrail
description: The flight recorder of CI/CD. Who triggered builds, changed pipelines, touched secrets and settings.
# Replaced by HOOKTRAIL_URL when the App is registered with one click.
url: https://hooktrail.example.com
# Only the account that owns the App can install it.
public: false
hook_attributes:
  # Replaced by HOOKTRAIL_URL and WEBHOOK_PATH when the App is registered with one click.
  url: https://hooktrail.example.com/api/github/webhooks
  active: true
`

const HEADINGS: Readonly<Record<AppPermission['need'], string>> = {
  core: 'Core: without one of these Hooktrail misses what it is for.',
  optional: 'Optional: leave one out together with its events, and its entries are missing.',
  extra: 'Not asked for: take the # off, here and on the App’s settings page.',
}

/** app.yml, or app.ghes.yml: what is in the table, as far as such a GitHub knows it. */
export function appManifestText(kind: ServerKind): string {
  const known = (name: string): boolean => kind === 'cloud' || !CLOUD_ONLY.has(name)
  const permissions = APP_PERMISSIONS.filter(({ name }) => known(name))
  const needs = Object.keys(HEADINGS) as AppPermission['need'][]
  const blocks = needs.map((need) => permissionBlock(need, permissions))
  const events = permissions.map((permission) => eventBlock(permission, known))
  return `${HEAD[kind]}
${INTRODUCTION}
default_permissions:
${blocks.join('')}
default_events:
${events.join('')}  # installation, installation_repositories, installation_target and github_app_authorization come to every App unasked;
  # with one of them in this list GitHub refuses the file.
`
}

function permissionBlock(
  need: AppPermission['need'],
  permissions: readonly AppPermission[],
): string {
  const lines = permissions
    .filter((one) => one.need === need)
    .map(({ name, level, purpose }) => {
      const mark = need === 'extra' ? '# ' : ''
      return `  # ${purpose}\n  ${mark}${name}: ${level}\n`
    })
  return `  # ${HEADINGS[need]}\n${lines.join('')}`
}

function eventBlock(
  { name, events, more = [] }: AppPermission,
  known: (event: string) => boolean,
): string {
  const asked = events.filter(known).map((event) => `  - ${event}\n`)
  const others = more.filter(known).map((event) => `  # - ${event}\n`)
  const lines = [...asked, ...others]
  return lines.length === 0 ? '' : `  # With ${name}\n${lines.join('')}`
}

/** What the App asks for, for docs/permissions.md. */
export function permissionsTable(): string {
  const rows = APP_PERMISSIONS.map(({ name, level, need, purpose, events, more = [] }) => [
    `\`${name}: ${level}\`${CLOUD_ONLY.has(name) ? ' (not on Enterprise Server)' : ''}`,
    need,
    purpose,
    code(events),
    code(more),
    code(entriesOf([...events, ...more])),
  ])
  const heads = ['permission', 'need', 'for what', 'events', 'more events', 'entries lost without']
  return markdownTable([heads, ...rows])
}

function code(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ')
}
