import { readFileSync } from 'node:fs'

import { describe, expect, it } from '@jest/globals'
import { emitterEventNames } from '@octokit/webhooks'

import { ACTIONS } from '../src/core/domain/index.js'
import {
  APP_PERMISSIONS,
  appManifestText,
  entriesOf,
  permissionFor,
  permissionsTable,
  readAppManifest,
} from '../src/platform/index.js'

/** GitHub's own list of permissions and their levels. */
interface OpenApi {
  readonly components: {
    readonly schemas: {
      readonly 'app-permissions': {
        readonly properties: Readonly<Record<string, { readonly enum: readonly string[] }>>
      }
    }
  }
}

const openApi = JSON.parse(readFileSync('src/demo/github-openapi.json', 'utf8')) as OpenApi
const permissions = openApi.components.schemas['app-permissions'].properties
/** In GitHub's documentation of permissions for Apps, and forgotten in its description of the API. */
const UNDESCRIBED: Readonly<Record<string, readonly string[]>> = {
  repository_advisories: ['read', 'write'],
}

/** Sent to every App unasked: GitHub answers "Default events unsupported". */
const UNASKED = [
  'installation',
  'installation_repositories',
  'installation_target',
  'github_app_authorization',
]
/** Not to be had by Apps. */
const NOT_FOR_APPS = [
  'package',
  'repository_import',
  'repository_vulnerability_alert',
  'marketplace_purchase',
  'security_advisory',
  'ping',
  'projects_v2',
  'projects_v2_item',
  'projects_v2_status_update',
  'project',
  'project_card',
  'project_column',
  'organization_custom_property',
  'organization_custom_property_values',
  'user',
  'enterprise',
  'cache_sync',
  'sponsorship',
]

const cloud = readAppManifest()
const server = readAppManifest('github.example.com')

it.each([
  ['app.yml', appManifestText('cloud')],
  ['app.ghes.yml', appManifestText('server')],
])('%s is what the table of permissions makes it (remedy: npm run docs)', (file, text) => {
  expect(readFileSync(file, 'utf8')).toBe(text)
})

it('docs/permissions.md has the table (remedy: npm run docs)', () => {
  expect(readFileSync('docs/permissions.md', 'utf8')).toContain(
    `<!-- permissions -->\n\n${permissionsTable()}\n\n<!-- end -->`,
  )
})

describe.each([
  ['app.yml', cloud],
  ['app.ghes.yml', server],
])('%s', (_, manifest) => {
  it.each(manifest.default_events)('asks for the permission that %s needs', (event) => {
    expect(manifest.default_permissions).toHaveProperty(permissionFor(event)?.name ?? 'none')
  })

  it.each(Object.entries(manifest.default_permissions))(
    'asks for %s: %s, which GitHub knows and an event needs',
    (name, level) => {
      expect(permissions[name]?.enum ?? UNDESCRIBED[name]).toContain(level)
      const needing = manifest.default_events.filter((event) => permissionFor(event)?.name === name)
      // Rulesets of an organization come with this one, on an Enterprise Server as well.
      if (name !== 'organization_administration') expect(needing).not.toEqual([])
    },
  )

  it('lists each event once, none that cannot be subscribed to, and only such as exist', () => {
    const { default_events: events } = manifest
    expect(new Set(events).size).toBe(events.length)
    expect(events.filter((event) => [...UNASKED, ...NOT_FOR_APPS].includes(event))).toEqual([])
    const known = new Set<string>(emitterEventNames)
    expect(events.filter((event) => !known.has(event))).toEqual([])
  })

  it('writes nothing but check runs, and is not for everybody', () => {
    const writing = Object.entries(manifest.default_permissions).filter(
      ([, level]) => level === 'write',
    )
    expect(writing).toEqual([['checks', 'write']])
    expect(manifest.public).toBe(false)
  })

  it('has the webhook at the path that Hooktrail listens on', () => {
    expect(new URL(manifest.hook_attributes.url).pathname).toBe('/api/github/webhooks')
    expect(manifest.hook_attributes.active).toBe(true)
  })
})

it('app.ghes.yml leaves out what an Enterprise Server does not know; GHE.com knows all', () => {
  const missing = cloud.default_events.filter((event) => !server.default_events.includes(event))
  expect(missing.sort()).toEqual(['merge_group', 'org_block', 'repository_advisory'])
  const described = readFileSync(
    'node_modules/@octokit/openapi-webhooks/generated/ghes-3.19.json',
    'utf8',
  )
  const known = (event: string): boolean =>
    new RegExp(`"subcategory": ?"${event.replaceAll('_', '[-_]')}"`).test(described)
  expect(server.default_events.filter((event) => !known(event))).toEqual([])
  expect(missing.filter(known)).toEqual([])
  expect(readAppManifest('octo.ghe.com')).toEqual(cloud)
})

describe('the table of permissions', () => {
  it('has a permission for each event that makes entries, or the event needs none', () => {
    const events = Object.values(ACTIONS).flatMap((action) => [...action.events])
    const names = [...new Set(events.map((event) => event.split('.')[0] ?? event))]
    const talk = names.filter((event) => isTalk(event))
    const without = names.filter((event) => permissionFor(event) === undefined)
    expect(
      without.filter((event) => ![...UNASKED, ...NOT_FOR_APPS, ...talk].includes(event)),
    ).toEqual([])
  })

  it('names for each permission the entries that are lost without it', () => {
    expect(entriesOf(['member', 'membership', 'team', 'team_add'])).toEqual([
      'member.*',
      'team.*',
      'team_member.*',
    ])
    expect(entriesOf(['security_and_analysis'])).toEqual(['security_feature.changed'])
    expect(entriesOf([])).toEqual([])
  })

  it('says of each what it is for, in a sentence', () => {
    for (const { purpose } of APP_PERMISSIONS) expect(purpose).toMatch(/^[A-Z][^|\n]*\.$/)
    expect(new Set(APP_PERMISSIONS.map(({ name }) => name)).size).toBe(APP_PERMISSIONS.length)
  })
})

/** Whether an event is only about people's work with each other. */
function isTalk(event: string): boolean {
  return Object.values(ACTIONS).some(
    ({ category, events }) =>
      category === 'collaboration' && events.some((one) => one.split('.')[0] === event),
  )
}
