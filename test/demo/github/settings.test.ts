import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  addEnvironment,
  addRuleset,
  removeProtection,
  removeRuleset,
  removeSecret,
  setProtection,
  setSecret,
  suspendInstallation,
  unsuspendInstallation,
  updateEnvironment,
  updateRuleset,
} from '../../../src/demo/index.js'
import { AT, openScene, statusOf, type Scene } from './scene.js'

const here = { owner: 'octo-org', repo: 'hello' }
const LATER = new Date('2026-11-03T09:00:00Z')
let scene: Scene

beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.standIn.close())

describe('a setting that changes', () => {
  it('shows a secret by name and times, the rotation in the second time, until it is removed', async () => {
    const list = async (): Promise<unknown> =>
      (await scene.installed.rest.actions.listRepoSecrets(here)).data.secrets
    setSecret(scene.repository, 'NPM_TOKEN', AT)
    setSecret(scene.repository, 'NPM_TOKEN', LATER)
    const times = { created_at: '2026-11-02T09:00:00Z', updated_at: '2026-11-03T09:00:00Z' }
    expect(await list()).toEqual([{ name: 'NPM_TOKEN', ...times }])
    removeSecret(scene.repository, 'NPM_TOKEN')
    expect(await list()).toEqual([])
  })

  it('shows the protection of a branch weakened and gone', async () => {
    const branch = { ...here, branch: 'main' }
    const read = scene.installed.rest.repos.getBranchProtection
    setProtection(scene.repository, 'main', { requiredReviews: 2 })
    const reviews = (await read(branch)).data.required_pull_request_reviews
    expect(reviews?.required_approving_review_count).toBe(2)
    setProtection(scene.repository, 'main', { allowForcePushes: true })
    expect((await read(branch)).data).toMatchObject({ allow_force_pushes: { enabled: true } })
    removeProtection(scene.repository, 'main')
    expect(await statusOf(read(branch))).toBe(404)
  })

  it('shows a ruleset disabled and gone, its bypass list to writers only', async () => {
    const bypassActors = [
      { actor_id: 1, actor_type: 'OrganizationAdmin', bypass_mode: 'always' },
    ] as const
    const ruleset = addRuleset(scene.state, scene.repository, {
      name: 'main',
      at: AT,
      bypassActors,
    })
    const wanted = { ...here, ruleset_id: ruleset.id }
    const read = scene.installed.rest.repos.getRepoRuleset
    updateRuleset(ruleset, { enforcement: 'disabled' }, LATER)
    const { data } = await read(wanted)
    expect(data.enforcement).toBe('disabled')
    expect(data).not.toHaveProperty('bypass_actors')
    removeRuleset(scene.repository, ruleset.id)
    expect(await statusOf(read(wanted))).toBe(404)
  })

  it('shows the rules of an environment', async () => {
    const environment = addEnvironment(scene.state, scene.repository, {
      name: 'production',
      at: AT,
    })
    updateEnvironment(environment, { waitTimer: 10 }, LATER)
    const wanted = { ...here, environment_name: 'production' }
    const { data } = await scene.installed.rest.repos.getEnvironment(wanted)
    expect(data.protection_rules).toMatchObject([{ type: 'wait_timer', wait_timer: 10 }])
  })

  it('lets a suspended installation back in', async () => {
    suspendInstallation(scene.installation, scene.octocat, AT)
    const installation_id = scene.installation.id
    const read = async (): Promise<unknown> =>
      (await scene.app.rest.apps.getInstallation({ installation_id })).data.suspended_by?.login
    expect(await read()).toBe('octocat')
    unsuspendInstallation(scene.installation, LATER)
    expect(await read()).toBeUndefined()
    expect(scene.standIn.violations()).toEqual([])
  })
})
