import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { openScene, refusalOf, statusOf, type Scene } from './scene.js'

const here = { owner: 'octo-org', repo: 'hello' }
let scene: Scene

beforeEach(async () => {
  scene = await openScene()
  // The token is fetched before anything fails.
  await scene.installed.rest.repos.get(here)
})
afterEach(() => scene.standIn.close())

describe('a fault', () => {
  it('hits the operation that it names, as often as it says', async () => {
    scene.standIn.fail({ operation: 'repos/get', status: 502, times: 2 })
    const { repos, issues } = scene.installed.rest
    expect(await statusOf(repos.get(here))).toBe(502)
    expect(await statusOf(issues.listForRepo(here))).toBe('not refused')
    expect(await statusOf(repos.get(here))).toBe(502)
    expect(await statusOf(repos.get(here))).toBe('not refused')
  })

  it('can be a secondary rate limit with the time to wait', async () => {
    scene.standIn.fail({ path: /\/issues$/, status: 403, headers: { 'retry-after': '60' } })
    const refused = await refusalOf(scene.installed.rest.issues.create({ ...here, title: 'x' }))
    expect(refused).toMatchObject({
      status: 403,
      message: expect.stringContaining('secondary rate limit'),
    })
    expect(scene.repository.issues.size).toBe(0)
  })

  it('can lose the answer to a request that was carried out', async () => {
    scene.standIn.fail({ operation: 'issues/create', drop: true, moment: 'after' })
    // Octokit says 500 for a connection that broke.
    expect(await statusOf(scene.installed.rest.issues.create({ ...here, title: 'x' }))).toBe(500)
    expect(scene.repository.issues.size).toBe(1)
    expect(scene.standIn.log.at(-1)).toMatchObject({ operation: 'issues/create', status: 0 })
  })

  it('can be slow', async () => {
    scene.standIn.fail({ operation: 'repos/get', delayMs: 60 })
    const start = performance.now()
    expect((await scene.installed.rest.repos.get(here)).status).toBe(200)
    expect(performance.now() - start).toBeGreaterThanOrEqual(55)
  })

  it('is counted like every request', async () => {
    scene.standIn.fail({ operation: 'repos/get', status: 500 })
    await statusOf(scene.installed.rest.repos.get(here))
    expect(scene.standIn.counters()).toEqual({
      requests: 3,
      byStatus: { 200: 1, 201: 1, 500: 1 },
      byOperation: { 'apps/create-installation-access-token': 1, 'repos/get': 2 },
    })
  })
})
