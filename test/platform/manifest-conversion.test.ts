import { afterEach, beforeEach, expect, it } from '@jest/globals'
import nock from 'nock'

import {
  createOpenApiValidator,
  readGitHubDescription,
} from '../../src/demo/github/openapi/index.js'
import { exchangeManifestCode, ManifestError } from '../../src/platform/index.js'

const API = 'https://api.github.com'
const PATH = '/app-manifests/abc123/conversions'
const github = createOpenApiValidator(readGitHubDescription())

const ANSWER = {
  id: 42,
  slug: 'acme-trail',
  node_id: 'MDM6QXBwNDI=',
  owner: simpleUser(),
  name: 'acme-trail',
  description: null,
  external_url: 'https://trail.example.com',
  html_url: 'https://github.com/apps/acme-trail',
  created_at: '2026-11-01T10:00:00Z',
  updated_at: '2026-11-01T10:00:00Z',
  permissions: { checks: 'write', metadata: 'read' },
  events: ['push'],
  client_id: 'Iv1.0123456789abcdef',
  client_secret: 'client-secret-value',
  webhook_secret: 'webhook-secret-value',
  pem: '-----BEGIN RSA PRIVATE KEY-----\nkey-value\n-----END RSA PRIVATE KEY-----\n',
}

beforeEach(() => {
  nock.disableNetConnect()
})
afterEach(() => {
  nock.cleanAll()
  nock.enableNetConnect()
})

async function failure(): Promise<ManifestError> {
  const error: unknown = await exchangeManifestCode(API, 'abc123').catch((one: unknown) => one)
  if (error instanceof ManifestError) return error
  throw new Error('no ManifestError')
}

it('sends what GitHub describes and reads what GitHub describes', async () => {
  expect(github.response({ method: 'POST', path: PATH, status: 201, body: ANSWER })).toEqual([])
  nock(API)
    .post(PATH, (body: unknown) => {
      const sent = body === '' ? undefined : body
      return github.request({ method: 'POST', path: PATH, body: sent }).length === 0
    })
    .matchHeader('user-agent', /^hooktrail\//)
    .reply(201, ANSWER)
  expect(await exchangeManifestCode(API, 'abc123')).toEqual({
    id: 42,
    name: 'acme-trail',
    htmlUrl: 'https://github.com/apps/acme-trail',
    clientId: 'Iv1.0123456789abcdef',
    clientSecret: 'client-secret-value',
    webhookSecret: 'webhook-secret-value',
    privateKey: ANSWER.pem,
  })
})

it('works where GitHub gives no webhook secret', async () => {
  nock(API)
    .post(PATH)
    .reply(201, { ...ANSWER, webhook_secret: null })
  expect(await exchangeManifestCode(API, 'abc123')).not.toHaveProperty('webhookSecret')
})

it('asks an Enterprise Server under its own path', async () => {
  nock('https://ghe.example.com').post(`/api/v3${PATH}`).reply(201, ANSWER)
  const registered = await exchangeManifestCode('https://ghe.example.com/api/v3', 'abc123')
  expect(registered.id).toBe(42)
})

it('says that a code is used up, and repeats GitHub’s reason without what could drive a terminal', async () => {
  nock(API).post(PATH).reply(404, { message: 'Not Found\u001b[2J' })
  const { code, message } = await failure()
  expect(code).toBe('manifest.refused')
  expect(message).toContain('404 (Not Found')
  expect(message).not.toContain('\u001b')
})

it('says when GitHub is away', async () => {
  nock(API).post(PATH).reply(502, '<html>')
  expect((await failure()).code).toBe('manifest.unreachable')
  nock(API).post(PATH).replyWithError('getaddrinfo ENOTFOUND')
  expect((await failure()).code).toBe('manifest.unreachable')
})

it('names what is missing in an answer, and never what is in it', async () => {
  nock(API)
    .post(PATH)
    .reply(201, { ...ANSWER, id: 'client-secret-value', pem: 'secret-pem' })
  const error = await failure()
  expect(error.code).toBe('manifest.answer')
  expect(error.message).toContain('id, pem')
  expect(`${error.message} ${String(error.stack)} ${String(error.cause)}`).not.toMatch(
    /secret-value|secret-pem/,
  )
})

function simpleUser(): Record<string, unknown> {
  const url = 'https://api.github.com/users/acme'
  return {
    login: 'acme',
    id: 7,
    node_id: 'MDQ6VXNlcjc=',
    avatar_url: url,
    gravatar_id: '',
    url,
    html_url: 'https://github.com/acme',
    followers_url: url,
    following_url: url,
    gists_url: url,
    starred_url: url,
    subscriptions_url: url,
    organizations_url: url,
    repos_url: url,
    events_url: url,
    received_events_url: url,
    type: 'Organization',
    site_admin: false,
  }
}
