import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import nock from 'nock'
import { gitHubValidator } from '../../../src/demo/index.js'
import { expectValidRequest, watchRequests } from '../../support/github-openapi.js'
import { openScene, statusOf, type Scene } from './scene.js'

const validator = gitHubValidator()
const CHECKS = '/repos/o/r/check-runs'

describe('a request', () => {
  it('is right when GitHub would understand all of it', () => {
    expectValidRequest({ method: 'POST', path: CHECKS, body: { name: 'x', head_sha: 'y' } })
    const query = new URLSearchParams({ per_page: '100', app_id: '7' })
    expectValidRequest({ method: 'GET', path: '/api/v3/repos/o/r/commits/a%2Fb/check-runs', query })
  })

  it.each([
    ['a missing member', { name: 'x' }, 'required', '/'],
    ['a wrong type', { name: 7, head_sha: 'y' }, 'type', '/name'],
    [
      'a word that GitHub does not know',
      { name: 'x', head_sha: 'y', status: 'done' },
      'enum',
      '/status',
    ],
    [
      'a member that GitHub does not know',
      { name: 'x', head_sha: 'y', sha: 'z' },
      'unknown',
      '/sha',
    ],
  ])('is wrong with %s', (_, body, rule, at) => {
    expect(validator.request({ method: 'POST', path: CHECKS, body })).toEqual([
      expect.objectContaining({ operation: 'checks/create', in: 'request body', rule, at }),
    ])
  })

  it('is wrong with an unknown or malformed parameter, without its body, or for an unknown path', () => {
    const query = new URLSearchParams({ per_page: 'many', sha: 'x' })
    const list = { method: 'GET', path: '/repos/o/r/commits/main/check-runs', query }
    expect(validator.request(list).map(({ at, rule }) => [at, rule])).toEqual([
      ['per_page', 'type'],
      ['sha', 'unknown'],
    ])
    expect(validator.request({ method: 'POST', path: CHECKS })).toHaveLength(1)
    expect(validator.request({ method: 'GET', path: '/repos/o/r/pages' })).toMatchObject([
      { in: 'operation' },
    ])
  })
})

describe('a response', () => {
  it('is wrong with a missing member, an undescribed success or an error without the right shape', () => {
    const base = { method: 'GET', path: '/repos/o/r/actions/secrets' }
    const good = { total_count: 0, secrets: [] }
    expect(validator.response({ ...base, status: 200, body: good })).toEqual([])
    expect(validator.response({ ...base, status: 200, body: { secrets: [] } })).toHaveLength(1)
    expect(validator.response({ ...base, status: 201, body: good })).toMatchObject([
      { rule: 'status' },
    ])
    expect(validator.response({ ...base, status: 403, body: { message: 7 } })).toHaveLength(1)
  })
})

describe('the stand-in', () => {
  let scene: Scene
  beforeEach(async () => {
    scene = await openScene()
  })
  afterEach(() => scene.standIn.close())

  it('answers a wrong request with 500 and keeps the violation', async () => {
    const wrong = { name: 'x' }
    expect(
      await statusOf(scene.installed.request('POST /repos/octo-org/hello/check-runs', wrong)),
    ).toBe(500)
    expect(scene.standIn.violations()).toMatchObject([
      { operation: 'checks/create', rule: 'required' },
    ])
  })

  it('answers 500 when its own answer is not what GitHub describes', async () => {
    Object.assign(scene.repository, { topics: 'not a list' })
    expect(
      await statusOf(scene.installed.rest.repos.get({ owner: 'octo-org', repo: 'hello' })),
    ).toBe(500)
    expect(scene.standIn.violations()).toMatchObject([
      { in: 'response', at: '/topics', rule: 'type' },
    ])
  })

  it('says 404 to what it does not serve, and keeps that too', async () => {
    expect(await statusOf(scene.installed.request('GET /repos/octo-org/hello/pages'))).toBe(404)
    expect(scene.standIn.violations()).toMatchObject([{ in: 'operation' }])
  })
})

describe('a test with nock', () => {
  it('sees a wrong request that nock lets through', async () => {
    const scope = nock('https://api.github.com')
    const watch = watchRequests(scope)
    scope.post(CHECKS).reply(201, {})
    const body = JSON.stringify({ name: 'x' })
    await fetch(`https://api.github.com${CHECKS}`, { method: 'POST', body })
    expect(watch.violations()).toEqual([
      expect.stringContaining("must have required property 'head_sha'"),
    ])
    nock.cleanAll()
    nock.restore()
  })
})
