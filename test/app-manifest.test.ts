import { readFileSync } from 'node:fs'

import { describe, expect, it } from '@jest/globals'
import { emitterEventNames } from '@octokit/webhooks'

import { EVENT_PERMISSIONS, readAppManifest } from '../src/platform/index.js'

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

/**
 * Sent to every App unasked or not to be had by Apps at all: GitHub answers "Default events unsupported".
 */
const UNSUBSCRIBABLE = [
  'installation',
  'installation_repositories',
  'installation_target',
  'github_app_authorization',
  'package',
  'repository_import',
  'repository_vulnerability_alert',
  'marketplace_purchase',
  'ping',
]

const manifest = readAppManifest()

describe('app.yml', () => {
  it.each(manifest.default_events)('asks for the permission that %s needs', (event) => {
    const permission = EVENT_PERMISSIONS[event]
    expect(permission).toBeDefined()
    expect(manifest.default_permissions).toHaveProperty(permission ?? '')
  })

  it.each(Object.entries(manifest.default_permissions))(
    'asks for %s: %s, which GitHub knows',
    (name, level) => {
      expect(permissions[name]?.enum).toContain(level)
    },
  )

  it('lists each event once, none that cannot be subscribed to, and only such as exist', () => {
    const { default_events: events } = manifest
    expect(new Set(events).size).toBe(events.length)
    expect(events.filter((event) => UNSUBSCRIBABLE.includes(event))).toEqual([])
    const known = new Set<string>(emitterEventNames)
    expect(events.filter((event) => !known.has(event))).toEqual([])
  })

  it('covers every event that the permissions table knows', () => {
    expect([...manifest.default_events].sort()).toEqual(Object.keys(EVENT_PERMISSIONS).sort())
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

  it('leaves out for an Enterprise Server what that does not know, and keeps it for GHE.com', () => {
    const server = readAppManifest('github.example.com')
    expect(server.default_events).not.toContain('merge_group')
    expect(server.default_permissions).not.toHaveProperty('merge_queues')
    expect(server.default_events).toHaveLength(manifest.default_events.length - 1)
    expect(readAppManifest('octo.ghe.com')).toEqual(manifest)
  })
})
