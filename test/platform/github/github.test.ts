import { once } from 'node:events'
import { createServer } from 'node:http'
import { inspect } from 'node:util'

import { afterEach, describe, expect, it } from '@jest/globals'
import nock from 'nock'

import { GitHubError } from '../../../src/platform/github/index.js'
import { githubBorder, type Answer, type GitHubBorder } from '../../support/github-border.js'

let border: GitHubBorder

afterEach(() => {
  expect(border.complaints()).toEqual([])
  border.close()
})

const APP: Answer = [
  200,
  {
    id: 4711,
    slug: 'hooktrail-acme',
    name: 'Hooktrail',
    html_url: 'https://github.com/apps/hooktrail-acme',
    permissions: { checks: 'write' },
    events: ['push'],
  },
]

describe('the App', () => {
  it('is asked once for what GitHub knows of it', async () => {
    border = githubBorder().expect('GET', '/app', APP)
    const [one, two] = await Promise.all([border.github.ownApp(), border.github.ownApp()])
    expect(one).toEqual({
      id: 4711,
      slug: 'hooktrail-acme',
      name: 'Hooktrail',
      htmlUrl: 'https://github.com/apps/hooktrail-acme',
      permissions: { checks: 'write' },
      events: ['push'],
    })
    expect(two).toBe(one)
    expect(border.seen[0]?.headers['user-agent']).toMatch(/^hooktrail\/0\.1\.0/)
  })

  it('is asked again after a failure', async () => {
    border = githubBorder().expect('GET', '/app', [401, { message: 'Bad credentials' }])
    const error = await failure(border.github.ownApp())
    expect(error).toMatchObject({ code: 'credentials', status: 401 })
    expect(error.message).toContain('APP_ID and PRIVATE_KEY')
    border.expect('GET', '/app', APP)
    expect(await border.github.ownApp()).toMatchObject({ id: 4711 })
  })
})

describe('an installation', () => {
  it('gets one token for many requests, and says what it may do', async () => {
    border = githubBorder()
      .expectToken()
      .expect('GET', '/repos/acme/shop', [200, { id: 1 }])
    const { octokit, permissions } = await border.github.installation(7)
    await border.github.installation(7)
    await octokit.rest.repos.get({ owner: 'acme', repo: 'shop' })
    expect(permissions).toEqual({ checks: 'write', issues: 'write', metadata: 'read' })
    expect(border.seen.at(-1)?.headers['authorization']).toBe('token ghs_secret')
  })

  it('that is suspended says so, and is asked once', async () => {
    const answer: Answer = [403, { message: 'This installation has been suspended' }]
    border = githubBorder().expect('POST', '/app/installations/7/access_tokens', answer)
    const error = await failure(border.github.installation(7))
    expect(error.code).toBe('installation_suspended')
  })

  it('that was removed says so', async () => {
    const answer: Answer = [404, { message: 'Not Found' }]
    border = githubBorder().expect('POST', '/app/installations/7/access_tokens', answer)
    expect((await failure(border.github.installation(7))).code).toBe('installation_gone')
  })
})

describe('a refusal', () => {
  it.each([
    [403, { message: 'Resource not accessible by integration' }, 'forbidden'],
    [404, { message: 'Not Found' }, 'not_found'],
    [410, { message: 'Issues are disabled for this repo' }, 'gone'],
    [422, { message: 'Validation Failed' }, 'rejected'],
    [451, { message: 'Repository access blocked' }, 'forbidden'],
  ])('with %i is tried once and has a code', async (status, body, code) => {
    border = githubBorder().expectToken().expect('GET', '/repos/acme/shop', [status, body])
    expect(await failure(getRepo())).toMatchObject({ code, status })
  })

  it('says what was asked and what to do, and holds no token', async () => {
    border = githubBorder()
      .expectToken()
      .expect('GET', '/repos/acme/shop', [403, { message: 'No\u001b[31m access' }])
    const error = await failure(getRepo())
    expect(error.message).toMatch(/^GitHub answered 403 to GET \/repos\/acme\/shop: No\\u\{1b\}/)
    expect(error.message).toContain('app.yml')
    expect(inspect(error, { depth: 10, showHidden: true })).not.toMatch(
      /ghs_secret|bearer|authorization/i,
    )
  })
})

describe('a failure that passes', () => {
  it('is tried again, three times at most', async () => {
    border = githubBorder().expectToken()
    for (let tries = 0; tries < 4; tries += 1)
      border.expect('GET', '/repos/acme/shop', [502, 'bad'])
    expect(await failure(getRepo())).toMatchObject({ code: 'unavailable', status: 502 })
    expect(border.seen).toHaveLength(5)
  })

  it('is forgotten when a later try goes well', async () => {
    border = githubBorder()
      .expectToken()
      .expect('GET', '/repos/acme/shop', new Error('socket hang up'))
      .expect('GET', '/repos/acme/shop', [200, { id: 1 }])
    expect((await getRepo()).status).toBe(200)
  })

  it('is a server that does not answer in time', async () => {
    const server = createServer(() => undefined).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' ? String(address?.port) : ''
    border = githubBorder({ apiUrl: `http://127.0.0.1:${port}`, timeoutMs: 20 })
    nock.enableNetConnect('127.0.0.1')
    const error = await failure(border.github.installation(7))
    expect(error).toMatchObject({ code: 'unavailable', status: undefined })
    expect(error.message).toContain('did not answer')
    server.closeAllConnections()
    server.close()
  })
})

describe('a rate limit', () => {
  const limited = { message: 'You have exceeded a secondary rate limit.' }

  it('is waited for as long as GitHub says', async () => {
    border = githubBorder({ pace: true })
      .expectToken()
      .expect('GET', '/repos/acme/shop', [403, limited, { 'retry-after': '2' }])
      .expect('GET', '/repos/acme/shop', [200, { id: 1 }])
    expect((await getRepo()).status).toBe(200)
  })

  it('is handed on with its time when that is long', async () => {
    border = githubBorder({ pace: true })
      .expectToken()
      .expect('GET', '/repos/acme/shop', [429, limited, { 'retry-after': '1800' }])
    expect(await failure(getRepo())).toMatchObject({
      code: 'rate_limited',
      retryAfterSeconds: 1800,
    })
  })

  it("tells from GitHub's clock when it ends", async () => {
    const headers = {
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(Date.UTC(2036, 0, 1, 0, 10) / 1000),
      date: 'Tue, 01 Jan 2036 00:00:00 GMT',
    }
    border = githubBorder({ pace: true })
      .expectToken()
      .expect('GET', '/repos/acme/shop', [403, { message: 'API rate limit exceeded' }, headers])
    expect(await failure(getRepo())).toMatchObject({ code: 'rate_limited', retryAfterSeconds: 601 })
  })

  it('ends the tries of one call', async () => {
    border = githubBorder({ pace: true }).expectToken()
    for (let tries = 0; tries < 4; tries += 1) {
      border.expect('GET', '/repos/acme/shop', [429, limited, { 'retry-after': '1' }])
    }
    expect((await failure(getRepo())).code).toBe('rate_limited')
  })
})

async function getRepo(): Promise<{ status: number }> {
  const { octokit } = await border.github.installation(7)
  return octokit.rest.repos.get({ owner: 'acme', repo: 'shop' })
}

async function failure(promise: Promise<unknown>): Promise<GitHubError> {
  try {
    await promise
  } catch (error) {
    if (error instanceof GitHubError) return error
    throw error
  }
  throw new Error('it went well')
}
