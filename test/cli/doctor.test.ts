import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import nock from 'nock'
import { z } from 'zod'

import { judgeSpace } from '../../src/cli/doctor/disk.js'
import { readAppManifest, type Environment } from '../../src/platform/index.js'
import { testDatabase, type TestDatabase } from '../support/database.js'
import { hooktrail, NOW } from './terminal.js'

const API = 'https://api.github.com'
const PEM = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString()
const manifest = readAppManifest()
const granted = { permissions: manifest.default_permissions, events: manifest.default_events }
const OWN_APP = {
  id: 77,
  slug: 'trail',
  name: 'Trail',
  html_url: 'https://github.com/apps/trail',
  ...granted,
}
const INSTALLATION = {
  id: 5,
  account: { login: 'acme' },
  suspended_at: null,
  html_url: 'https://github.com/organizations/acme/settings/installations/5',
  ...granted,
}
const HOOK = {
  url: 'https://trail.example.com/api/github/webhooks',
  content_type: 'json',
  insecure_ssl: '0',
  secret: '********',
}
const DELIVERY = {
  id: 1,
  guid: 'g1',
  delivered_at: '2026-11-01T11:00:00Z',
  status: 'OK',
  status_code: 200,
}

let database: TestDatabase
let app: Environment

beforeAll(async () => {
  database = await testDatabase()
  app = {
    DATABASE_URL: database.url,
    APP_ID: '77',
    PRIVATE_KEY: PEM,
    WEBHOOK_SECRET: '3f9c1d27be84056aa1f0c9d8e7b65432',
    HOOKTRAIL_URL: 'https://trail.example.com',
  }
})

afterAll(async () => {
  await database.drop()
})

beforeEach(() => {
  nock.disableNetConnect()
})

afterEach(() => {
  nock.cleanAll()
  nock.enableNetConnect()
})

interface GitHubAnswers {
  readonly date?: Date
  readonly app?: object
  readonly installations?: readonly object[]
  readonly hook?: object
  readonly deliveries?: readonly object[]
}

/** A GitHub that is content with everything, but for what is given. */
function github(answers: GitHubAnswers = {}): void {
  const date = (answers.date ?? new Date(NOW)).toUTCString()
  nock(API).head('/').reply(200, '', { date })
  nock(API)
    .get('/app')
    .reply(200, { ...OWN_APP, ...answers.app })
    .get('/app/installations')
    .query(true)
    .reply(200, [...(answers.installations ?? [INSTALLATION])])
    .get('/app/hook/config')
    .reply(200, { ...HOOK, ...answers.hook })
    .get('/app/hook/deliveries')
    .query(true)
    .reply(200, [...(answers.deliveries ?? [DELIVERY])])
}

function permissionsWithout(name: string): Record<string, string> {
  const all = Object.entries(manifest.default_permissions)
  return Object.fromEntries(all.filter(([key]) => key !== name))
}

const report = z.object({
  ok: z.boolean(),
  checks: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      remedy: z.string().optional(),
    }),
  ),
})

async function doctor(
  env: Environment = app,
  cwd = '/nonexistent',
): Promise<z.output<typeof report> & { code: number }> {
  const { code, out, err } = await hooktrail(['doctor', '--json'], { env, cwd })
  expect(err).toBe('')
  return { code, ...report.parse(JSON.parse(out)) }
}

/** What is not in order, as `status name: message`. */
async function complaints(env?: Environment): Promise<string[]> {
  const { checks } = await doctor(env)
  return checks
    .filter(({ status }) => status !== 'ok')
    .map(({ name, status, message }) => `${status} ${name}: ${message}`)
}

describe('hooktrail doctor', () => {
  it('finds nothing where all is well, and says what it looked at', async () => {
    github()
    const { code, ok, checks } = await doctor()
    expect([code, ok]).toEqual([0, true])
    expect(checks.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'configuration ok',
      'database ok',
      'log ok',
      'signing ok',
      'jobs ok',
      'github ok',
      'clock ok',
      'credentials ok',
      'permissions ok',
      'installations ok',
      'webhook ok',
      'deliveries ok',
    ])
    expect(nock.isDone()).toBe(true)
  })

  it('prints it for people, with what to do', async () => {
    const { code, out } = await hooktrail(['doctor'], { env: { DATABASE_URL: database.url } })
    expect(code).toBe(0)
    expect(out).toMatch(/^ok {7}configuration {2}complete, for development with github\.com\n/)
    expect(out).toMatch(
      /skipped {2}credentials {4}no App credentials\n +→ Run `npm start`.*npm run demo/,
    )
  })

  it('names every setting that is refused, and still looks at the rest', async () => {
    const { code, checks } = await doctor({ DATABASE_URL: database.url, PORT: 'x', APP_ID: 'y' })
    expect(code).toBe(1)
    expect(checks.filter(({ status }) => status === 'fail').map((one) => one.message)).toEqual([
      expect.stringMatching(/^APP_ID is/),
      expect.stringMatching(/^PORT is/),
    ])
    expect(checks.map(({ name }) => name)).toContain('jobs')
  })

  it('skips the database where a server is to be asked instead, and says what to do', async () => {
    const token = 'htk_' + 'x'.repeat(43)
    const env = { DATABASE_URL: database.url, HOOKTRAIL_TOKEN: token }
    const elsewhere = await doctor({ ...env, HOOKTRAIL_URL: 'https://trail.example.com' })
    expect(elsewhere.code).toBe(0)
    expect(elsewhere.checks.filter(({ name }) => name === 'database')).toEqual([
      { name: 'database', status: 'skipped', message: expect.stringContaining('say --no-server') },
    ])
    const { checks } = await doctor(env)
    expect(checks.filter(({ name }) => name === 'database')).toEqual([
      { name: 'database', status: 'skipped', message: expect.stringContaining('HOOKTRAIL_URL') },
    ])
  })

  it('warns of a .env that others can read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hooktrail-doctor-'))
    writeFileSync(join(folder, '.env'), '')
    chmodSync(join(folder, '.env'), 0o644)
    const { code, checks } = await doctor({ DATABASE_URL: database.url }, folder)
    expect(code).toBe(0)
    expect(checks[0]).toMatchObject({ status: 'warn', remedy: `chmod 600 ${folder}/.env` })
    rmSync(folder, { recursive: true })
  })

  it('looks no further at GitHub where that does not answer', async () => {
    nock(API).head('/').replyWithError('getaddrinfo ENOTFOUND api.github.com')
    expect(await complaints()).toEqual([expect.stringMatching(/^fail github: .* does not answer/)])
  })

  it('notices that the clock is wrong', async () => {
    github({ date: new Date(NOW + 300_000) })
    expect(await complaints()).toEqual(['fail clock: 300 s behind GitHub’s'])
  })

  it('passes on why GitHub refuses the key, and stops there', async () => {
    nock(API).head('/').reply(200)
    nock(API).get('/app').reply(401, { message: 'A JSON web token could not be decoded' })
    const found = await complaints()
    expect(found).toEqual([
      'skipped clock: GitHub did not say what time it is',
      expect.stringMatching(/^fail credentials: .*401.*APP_ID and PRIVATE_KEY/),
    ])
  })

  it('lists what the App does not ask for, with what is lost', async () => {
    const permissions = permissionsWithout('administration')
    const events = manifest.default_events.filter((event) => event !== 'push')
    github({ app: { permissions: { ...permissions, checks: 'read' }, events } })
    expect(await complaints()).toEqual([
      'fail permissions: the App does not ask for permission checks: write (without it no check run on commits, no entries check_run.*, check_suite.*)',
      expect.stringMatching(
        /^fail permissions: .* permission administration: read \(without it no entries branch_protection\.\*, push_ruleset_bypass\.\*, ruleset\.\*, security_feature\.changed\)/,
      ),
      expect.stringMatching(
        /^fail permissions: .* event push: not subscribed \(without it no entries .*push\.\*/,
      ),
    ])
  })

  it('notes what is optional, and finds no fault in it', async () => {
    github({ app: { permissions: permissionsWithout('packages') } })
    const { code, checks } = await doctor()
    expect(code).toBe(0)
    expect(checks.filter(({ status }) => status !== 'ok')).toEqual([
      expect.objectContaining({
        status: 'note',
        message:
          'the App does not ask for permission packages: read (without it no entries package.*)',
      }),
    ])
  })

  it('names installations that have not accepted, are suspended, or do not exist', async () => {
    const permissions = permissionsWithout('members')
    github({
      installations: [
        INSTALLATION,
        { ...INSTALLATION, id: 6, account: null, permissions },
        { ...INSTALLATION, account: { login: 'quiet' }, suspended_at: '2026-10-01T00:00:00Z' },
      ],
    })
    expect(await complaints()).toEqual([
      expect.stringMatching(
        /^fail installations: installation 6 has not granted permission members: read \(without it no entries member\.\*/,
      ),
      'warn installations: quiet suspended the App: nothing is recorded there',
    ])
    github({ installations: [] })
    expect(await complaints()).toEqual(['warn installations: the App is not installed anywhere'])
  })

  it('compares the webhook with where Hooktrail listens', async () => {
    github({
      hook: {
        url: 'http://trail.example.com/',
        content_type: 'form',
        insecure_ssl: '1',
        secret: null,
      },
    })
    expect(await complaints()).toEqual([
      expect.stringMatching(/^warn webhook: .* without TLS/),
      'fail webhook: GitHub delivers to http://trail.example.com/, but HOOKTRAIL_URL and WEBHOOK_PATH make https://trail.example.com/api/github/webhooks',
      'fail webhook: the content type is form, not json',
      expect.stringMatching(/^fail webhook: the App has no webhook secret/),
      expect.stringMatching(/^warn webhook: GitHub does not check the certificate/),
    ])
    github({ hook: { url: null } })
    expect(await complaints()).toEqual([
      expect.stringMatching(/^fail webhook: the App has no webhook URL/),
    ])
  })

  it('compares the path alone where it does not know its own URL', async () => {
    const env = { ...app, HOOKTRAIL_URL: undefined }
    github()
    expect(await complaints(env)).toEqual([])
    github({ hook: { url: 'https://elsewhere.example.com/hooks' } })
    expect(await complaints(env)).toEqual([
      expect.stringMatching(/^warn webhook: .* does not end with \/api\/github\/webhooks/),
    ])
  })

  it('counts deliveries that were lost, and not those that arrived the second time', async () => {
    const failed = { ...DELIVERY, status: 'timed out', status_code: 0 }
    github({
      deliveries: [
        { ...failed, guid: 'g3' },
        { ...DELIVERY, guid: 'g2' },
        { ...failed, guid: 'g2' },
        { ...failed, guid: 'g3' },
      ],
    })
    expect(await complaints()).toEqual([
      'warn deliveries: of the last 4, 1 did not arrive, the newest 1 h ago: timed out (0)',
    ])
    github({ deliveries: [] })
    expect(await complaints()).toEqual([])
  })

  it('judges the space that is left', () => {
    const GIB = 1024 ** 3
    expect([0.1, 1, 50].map((free) => judgeSpace(free * GIB, '/data').status)).toEqual([
      'fail',
      'warn',
      'ok',
    ])
  })
})
