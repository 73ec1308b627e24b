import { createSign } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import {
  addOrganization,
  addRepository,
  createApp,
  suspendInstallation,
} from '../../../src/demo/index.js'
import { AT, clientsOf, openScene, PERMISSIONS, refusalOf, statusOf, type Scene } from './scene.js'

const here = { owner: 'octo-org', repo: 'hello' }
let scene: Scene

beforeEach(async () => {
  scene = await openScene()
})
afterEach(() => scene.standIn.close())

function jwt(key: string, claims: object, header: object = { alg: 'RS256', typ: 'JWT' }): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const content = `${part(header)}.${part(claims)}`
  return `${content}.${createSign('RSA-SHA256').update(content).sign(key, 'base64url')}`
}

async function statusWith(authorization: string, path = '/app'): Promise<number> {
  const headers = { authorization, 'user-agent': 'test' }
  return (await fetch(`${scene.standIn.url}${path}`, { headers })).status
}

describe('a JWT of the App', () => {
  const seconds = (): number => Math.floor(Date.now() / 1000)
  const claims = (change: object = {}): object => ({
    iss: 4242,
    iat: seconds() - 30,
    exp: seconds() + 300,
    ...change,
  })

  it('is accepted when the App signed it and it is in its time', async () => {
    expect(await statusWith(`Bearer ${jwt(scene.privateKey, claims())}`)).toBe(200)
  })

  it.each([
    ['it has run out', { exp: 1 }],
    ['it lives longer than ten minutes', { exp: Math.floor(Date.now() / 1000) + 3600 }],
    ['it comes from the future', { iat: Math.floor(Date.now() / 1000) + 600 }],
    ['another App is named', { iss: 1 }],
  ])('is refused when %s', async (_, change) => {
    expect(await statusWith(`Bearer ${jwt(scene.privateKey, claims(change))}`)).toBe(401)
  })

  it('is refused when another key signed it, and without a signature', async () => {
    const owner = addOrganization(scene.state, { login: 'other' })
    const other = createApp({ id: 1, slug: 'x', owner, permissions: {}, events: [], at: AT })
    expect(await statusWith(`Bearer ${jwt(other.privateKey, claims())}`)).toBe(401)
    const unsigned = jwt(scene.privateKey, claims(), { alg: 'none' }).replace(/[^.]+$/, '')
    expect(await statusWith(`Bearer ${unsigned}`)).toBe(401)
  })

  it('does not open what needs an installation token', async () => {
    const token = jwt(scene.privateKey, claims())
    expect(await statusWith(`Bearer ${token}`, '/repos/octo-org/hello')).toBe(401)
  })
})

describe('an installation token', () => {
  it('comes with the permissions of the installation and opens its repositories', async () => {
    const answer = await scene.app.rest.apps.createInstallationAccessToken({
      installation_id: scene.installation.id,
    })
    expect(answer.data.permissions).toEqual(PERMISSIONS)
    expect((await scene.installed.rest.repos.get(here)).data.full_name).toBe('octo-org/hello')
  })

  it('runs out after an hour', async () => {
    let now = new Date()
    const { standIn, installed } = await openScene({ now: () => now })
    await installed.rest.repos.get(here)
    now = new Date(now.getTime() + 3_600_001)
    expect(await statusOf(installed.rest.repos.get(here))).toBe(401)
    await standIn.close()
  })

  it('is not given out and not accepted while the installation is suspended', async () => {
    await scene.installed.rest.repos.get(here)
    suspendInstallation(scene.installation, scene.octocat, AT)
    expect(await refusalOf(scene.installed.rest.repos.get(here))).toMatchObject({
      status: 403,
      message: expect.stringContaining('suspended'),
    })
    const fresh = clientsOf(scene.standIn.url, scene.installation.id)
    expect(await statusOf(fresh.installed.rest.repos.get(here))).toBe(403)
  })

  it('does not do what the installation has no permission for', async () => {
    scene.installation.permissions = { metadata: 'read', checks: 'read' }
    const check = { ...here, name: 'Hooktrail', head_sha: scene.commit.sha }
    expect(await refusalOf(scene.installed.rest.checks.create(check))).toMatchObject({
      status: 403,
      message: expect.stringContaining('Resource not accessible by integration'),
    })
    expect(await statusOf(scene.installed.rest.actions.listRepoSecrets(here))).toBe(403)
  })

  it('can be asked for with fewer permissions and repositories, not with more', async () => {
    const installation_id = scene.installation.id
    const ask = (permissions: object): Promise<unknown> =>
      scene.app.rest.apps.createInstallationAccessToken({ installation_id, permissions })
    expect(await statusOf(ask({ checks: 'read' }))).toBe('not refused')
    expect(await statusOf(ask({ administration: 'write' }))).toBe(422)
    const foreign = scene.app.rest.apps.createInstallationAccessToken({
      installation_id,
      repositories: ['not-there'],
    })
    expect(await statusOf(foreign)).toBe(422)
  })

  it('hides private repositories of others and only reads public ones', async () => {
    const stranger = addOrganization(scene.state, { login: 'stranger' })
    addRepository(scene.state, stranger, { name: 'secret', visibility: 'private', at: AT })
    addRepository(scene.state, stranger, { name: 'open', at: AT })
    const { repos, issues } = scene.installed.rest
    expect(await statusOf(repos.get({ owner: 'stranger', repo: 'secret' }))).toBe(404)
    expect((await repos.get({ owner: 'stranger', repo: 'open' })).status).toBe(200)
    const issue = { owner: 'stranger', repo: 'open', title: 'x' }
    expect(await statusOf(issues.create(issue))).toBe(403)
  })

  it('never stands in the log', async () => {
    await scene.installed.rest.repos.get(here)
    expect(JSON.stringify(scene.standIn.log)).not.toMatch(/ghs_|ey[A-Z]/)
    expect(scene.standIn.log.map((entry) => entry.operation)).toEqual([
      'apps/create-installation-access-token',
      'repos/get',
    ])
  })
})
