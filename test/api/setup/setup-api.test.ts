import { describe, expect, it } from '@jest/globals'

import { pino } from 'pino'

import { createSetupApi, type SetupOptions } from '../../../src/api/index.js'
import {
  ManifestError,
  readAppManifest,
  type AppRegistration,
} from '../../../src/platform/index.js'

const silent = pino({ level: 'silent' })

const REGISTERED: AppRegistration = {
  id: 42,
  name: 'acme <trail>',
  htmlUrl: 'https://github.com/apps/acme-trail',
  clientId: 'Iv1.0123',
  clientSecret: 'client-secret-value',
  webhookSecret: 'webhook-secret-value',
  privateKey: 'private-key-value',
}

interface Setup {
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Response>
  readonly exchanged: string[]
  readonly saved: AppRegistration[]
}

function setup(over: Partial<SetupOptions> = {}): Setup {
  const exchanged: string[] = []
  const saved: AppRegistration[] = []
  const api = createSetupApi({
    origin: 'http://localhost:3000',
    githubUrl: 'https://github.com',
    webhookPath: '/api/github/webhooks',
    manifest: readAppManifest(),
    state: 'the state',
    log: silent,
    exchange: (code) => {
      exchanged.push(code)
      return Promise.resolve(REGISTERED)
    },
    save: (credentials) => {
      saved.push(credentials)
      return Promise.resolve()
    },
    ...over,
  })
  const get: Setup['get'] = async (path, headers = {}) =>
    api.request(path, { headers: { host: 'localhost:3000', ...headers } })
  return { get, exchanged, saved }
}

/** The form that is posted to GitHub. */
async function offered(
  response: Response,
): Promise<{ action: string; manifest: Record<string, unknown> } | undefined> {
  const text = await response.text()
  const action = /<form method="post" action="([^"]*)"/.exec(text)?.[1]
  const manifest = /name="manifest"\s+value="([^"]*)"/.exec(text)?.[1]
  if (action === undefined || manifest === undefined) return undefined
  const json = manifest.replaceAll('&quot;', '"').replaceAll('&amp;', '&').replaceAll('&#39;', "'")
  return {
    action: action.replaceAll('&amp;', '&'),
    manifest: JSON.parse(json) as Record<string, unknown>,
  }
}

describe('the first page', () => {
  it('asks for the public URL before it offers anything', async () => {
    const response = await setup().get('/')
    const text = await response.clone().text()
    expect(text).toContain('name="url"')
    expect(text).not.toContain('role="alert"')
    expect(await offered(response)).toBeUndefined()
  })

  it('offers to register the App with the URL that was given, on the person’s own account', async () => {
    const response = await setup().get('/?organisation=&url=https%3A%2F%2Ftrail.example.com%2F')
    expect(await offered(response)).toEqual({
      action: 'https://github.com/settings/apps/new?state=the%20state',
      manifest: {
        ...readAppManifest(),
        url: 'https://trail.example.com',
        hook_attributes: { url: 'https://trail.example.com/api/github/webhooks', active: true },
        redirect_url: 'http://localhost:3000/setup',
      },
    })
  })

  it('starts with what is configured, on an Enterprise Server too', async () => {
    const { get } = setup({
      githubUrl: 'https://ghe.example.com',
      organisation: 'acme',
      publicUrl: 'https://trail.example.com/base',
    })
    const response = await get('/')
    expect(response.headers.get('content-security-policy')).toContain(
      "form-action 'self' https://ghe.example.com;",
    )
    const form = await offered(response)
    expect(form?.action).toBe(
      'https://ghe.example.com/organizations/acme/settings/apps/new?state=the%20state',
    )
    expect(form?.manifest['hook_attributes']).toMatchObject({
      url: 'https://trail.example.com/base/api/github/webhooks',
    })
  })

  it.each([
    ['?url=', 'Give the URL'],
    ['?url=trail.example.com', 'not a URL like'],
    ['?url=javascript:alert(1)', 'not a URL like'],
    ['?url=https://a:b@trail.example.com', 'not a URL like'],
    ['?url=http://localhost:3000', 'cannot reach localhost'],
    ['?url=http://127.0.0.1', 'cannot reach localhost'],
    ['?url=https://trail.example.com&organisation=a/b', 'name of an organisation'],
  ])('refuses %s with a reason', async (parameters, reason) => {
    const response = await setup().get(`/${parameters}`)
    expect(await response.clone().text()).toContain(reason)
    expect(await offered(response)).toBeUndefined()
  })

  it('escapes what it shows again', async () => {
    const text = await (await setup().get('/?url=%22%3E%3Cscript%3E')).text()
    expect(text).not.toContain('<script')
    expect(text).toContain('&quot;&gt;&lt;script&gt;')
  })

  it('lets no other site fill it in', async () => {
    const response = await setup().get('/?url=https://evil.example.com', {
      'sec-fetch-site': 'cross-site',
    })
    expect(await response.text()).not.toContain('evil')
  })
})

describe('coming back from GitHub', () => {
  it('exchanges the code, saves the credentials and says what comes next, without showing them', async () => {
    const { get, exchanged, saved } = setup()
    const response = await get('/setup?code=abc123&state=the%20state')
    expect(response.status).toBe(200)
    expect(exchanged).toEqual(['abc123'])
    expect(saved).toEqual([REGISTERED])
    const text = await response.text()
    expect(text).toContain('href="https://github.com/apps/acme-trail/installations/new"')
    expect(text).toContain('acme &lt;trail&gt;')
    expect(text).not.toMatch(/secret-value|private-key-value/)
  })

  it('can be loaded again without exchanging or saving again', async () => {
    const { get, exchanged, saved } = setup()
    await Promise.all([
      get('/setup?code=a&state=the%20state'),
      get('/setup?code=a&state=the%20state'),
    ])
    expect((await get('/setup?code=a&state=the%20state')).status).toBe(200)
    expect([exchanged.length, saved.length]).toEqual([1, 1])
  })

  it.each(['?code=abc', '?code=abc&state=', '?code=abc&state=other'])(
    'refuses %s, which was not begun here',
    async (parameters) => {
      const { get, exchanged } = setup()
      expect((await get(`/setup${parameters}`)).status).toBe(403)
      expect(exchanged).toEqual([])
    },
  )

  it.each(['?state=the%20state', '?state=the%20state&code=../x'])(
    'refuses %s, which has no code',
    async (parameters) => {
      const { get, exchanged } = setup()
      expect((await get(`/setup${parameters}`)).status).toBe(400)
      expect(exchanged).toEqual([])
    },
  )

  it('says why GitHub refused', async () => {
    const exchange = (): Promise<never> =>
      Promise.reject(new ManifestError('manifest.refused', 'the <code> is old'))
    const { get, saved } = setup({ exchange })
    const response = await get('/setup?code=abc&state=the%20state')
    expect(response.status).toBe(502)
    expect(await response.text()).toContain('the &lt;code&gt; is old')
    expect(saved).toEqual([])
  })

  it('keeps the credentials when they cannot be saved, because GitHub gives them only once', async () => {
    const failures = [new Error('EACCES: .env')]
    const save = (): Promise<void> => {
      const failure = failures.pop()
      return failure ? Promise.reject(failure) : Promise.resolve()
    }
    const { get, exchanged } = setup({ save })
    const refused = await get('/setup?code=abc&state=the%20state')
    expect(refused.status).toBe(502)
    expect(await refused.text()).toContain('EACCES: .env')
    expect((await get('/setup?code=abc&state=the%20state')).status).toBe(200)
    expect(exchanged).toEqual(['abc'])
  })

  it('says so if there is no webhook secret', async () => {
    const { id, name, htmlUrl, clientId, clientSecret, privateKey } = REGISTERED
    const registered = { id, name, htmlUrl, clientId, clientSecret, privateKey }
    const { get } = setup({ exchange: () => Promise.resolve(registered) })
    expect(await (await get('/setup?code=abc&state=the%20state')).text()).toContain(
      'WEBHOOK_SECRET',
    )
  })
})

describe('requests for another host', () => {
  it.each([
    'evil.example.com',
    'localhost.evil.com',
    '127.0.0.1.evil.com',
    'localhost@evil.com',
    '',
  ])('are refused: “%s”', async (host) => {
    const { get, exchanged } = setup()
    expect((await get('/', { host })).status).toBe(403)
    expect((await get('/setup?code=abc&state=the%20state', { host })).status).toBe(403)
    expect(exchanged).toEqual([])
  })

  it.each(['localhost', 'localhost:3000', '127.0.0.1:3000', '127.1.2.3', '[::1]:3000'])(
    'are not those for “%s”',
    async (host) => {
      expect((await setup().get('/', { host })).status).toBe(200)
    },
  )
})
