import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createAppAuth } from '@octokit/auth-app'
import { Octokit } from '@octokit/rest'
import { openScene, silent, statusOf, type Scene } from './scene.js'

let scene: Scene
beforeEach(async () => {
  scene = await openScene()
})
afterEach(() => scene.standIn.close())

async function register(manifest: object): Promise<Response> {
  const body = new URLSearchParams({ manifest: JSON.stringify(manifest) })
  const url = `${scene.standIn.url}/settings/apps/new?state=s1`
  return fetch(url, { method: 'POST', body, redirect: 'manual' })
}

const manifest = {
  name: 'My Hooktrail',
  url: 'https://audit.example.com',
  redirect_url: 'http://127.0.0.1:3000/setup',
  default_permissions: { checks: 'write' },
  default_events: ['push'],
}

describe('the manifest flow', () => {
  it('leads from the form to an App whose key works, and a code works once', async () => {
    const answer = await register(manifest)
    const target = new URL(answer.headers.get('location') ?? '')
    expect(target.searchParams.get('state')).toBe('s1')
    const code = target.searchParams.get('code') ?? ''

    const anybody = new Octokit({ baseUrl: `${scene.standIn.url}/api/v3`, log: silent })
    const { data } = await anybody.rest.apps.createFromManifest({ code })
    const auth = { appId: data.id, privateKey: data.pem }
    const app = new Octokit({ baseUrl: scene.standIn.url, authStrategy: createAppAuth, auth })
    expect((await app.rest.apps.getAuthenticated()).data).toMatchObject({ slug: 'my-hooktrail' })
    expect((await app.rest.apps.listInstallations()).data).toEqual([])

    expect(await statusOf(anybody.rest.apps.createFromManifest({ code }))).toBe(404)
    expect(JSON.stringify(scene.standIn.log)).not.toContain(code)
    expect(scene.standIn.violations()).toEqual([])
  })

  it('refuses a manifest that lists what is always sent', async () => {
    const answer = await register({ ...manifest, default_events: ['push', 'installation'] })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('Default events unsupported: installation')
  })
})
