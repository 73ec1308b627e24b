import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { createApi, OpenStreams } from '../../src/api/index.js'
import { OPERATIONS } from '../../src/api/operations/index.js'
import {
  Appender,
  createToken,
  listTokens,
  revokeToken,
  saveQuery,
  signCheckpoint,
  type TokenGrant,
} from '../../src/ledger/index.js'
import { silent, testDatabase, type TestDatabase } from '../support/database.js'
import { delivery, draft } from '../support/deliveries.js'
import { signerOf } from '../support/signer.js'
import { entriesOfThings, THINGS } from '../support/things.js'

const OPERATOR = 'a-token-of-at-least-32-characters'
const NOW = Date.UTC(2026, 10, 2)
const ACT = { name: 'mona', reason: undefined, now: NOW }
/** In every text of what limited tokens must not see. */
const HIDDEN = 'hush'

let database: TestDatabase
let appender: Appender
let now = NOW

const acme = { host: 'github.com', id: 1, name: 'acme' }
const hush = { host: 'github.com', id: 2, name: `${HIDDEN}-org` }
const seen = { account: acme, repo: { host: 'github.com', id: 11, name: 'acme/shop' } }
const unseen = {
  account: hush,
  repo: { host: 'github.com', id: 21, name: `${HIDDEN}-org/acme` },
  actor: { type: 'user', id: 9, login: `${HIDDEN}-spy` },
  outcome: 'failure',
  ci: { workflow: `${HIDDEN} ci`, run_id: 77, run_attempt: 1, job: HIDDEN, job_id: 5 },
} as const

beforeAll(async () => {
  database = await testDatabase()
  appender = new Appender(database, () => NOW)
  const drafts = [
    draft(seen),
    draft({ ...unseen, action: 'workflow_job.completed' }),
    // Of no organisation and no repository.
    draft({ repo: undefined, targets: [{ type: 'x', name: HIDDEN }] }),
    // A repository whose owner nobody named.
    draft({ repo: { host: 'github.com', id: 12, name: 'Acme/site' } }),
    ...entriesOfThings({ account: hush, repo: unseen.repo, login: `${HIDDEN}-spy` }),
    // Whom both sides know: what one does elsewhere is not around the other.
    draft({ ...unseen, actor: draft().actor }),
  ]
  await appender.append({ delivery: delivery('one'), drafts })
  await signCheckpoint(signerOf(database))
  const saved = { organisation: `${HIDDEN}-org`, name: `${HIDDEN}-query`, text: HIDDEN }
  await saveQuery(database, saved, ACT)
  await token({ name: `of ${HIDDEN}-org` })
})
afterAll(() => database.drop())

async function token(over: Partial<TokenGrant> = {}): Promise<string> {
  const grant = { name: 'test', scopes: ['read'], organisations: [], repositories: [] }
  const made = await createToken(database, { ...grant, expiresAt: null, ...over }, ACT)
  return made.secret
}

async function get(path: string, secret: string): Promise<Response> {
  const config = { timeZone: 'UTC', apiToken: OPERATOR }
  // What never ends by itself ends with the server.
  const streams = new OpenStreams()
  if (path.includes('/tail')) await streams.stop()
  const api = createApi({ database, config, version: '1', now: () => now, log: silent, streams })
  return api.request(path, { headers: { authorization: `Bearer ${secret}` } })
}

/** For every operation, requests that show something of what is hidden to whoever may see everything. */
const PRYING: Readonly<Record<string, readonly string[]>> = {
  listEntries: [
    '/entries',
    '/entries?limit=1000&query=is:failed',
    `/entries?query=repo:${HIDDEN}-org/*`,
    `/entries?query=org:${HIDDEN}-org+OR+org:acme`,
    '/entries?query=NOT+repo:acme/shop',
    '/entries?query=-org:acme',
    `/entries?query=actor:${HIDDEN}-spy`,
    `/entries?query=${HIDDEN}`,
    '/entries?query=seq:1',
    '/entries?query=run:77',
    '/entries?query=delivery:one',
    `/entries?query=saved:${HIDDEN}-query`,
  ],
  tailEntries: ['/entries/tail?from=0', `/entries/tail?from=0&query=${HIDDEN}`],
  showEntry: ['/entries/1', '/entries/2'],
  proveEntry: ['/entries/1/proof'],
  placeEntry: ['/entries/1/place'],
  relateEntry: ['/entries/0/related', '/entries/1/related'],
  showRun: ['/runs/77', `/runs/${String(THINGS.run)}`],
  showDeployment: [`/deployments/${String(THINGS.deployment)}`],
  showPullRequest: [`/repositories/${HIDDEN}-org/acme/pulls/${String(THINGS.pull)}`],
  showSubject: [`/subjects/${HIDDEN}-spy`],
  showRepository: [`/repositories/${HIDDEN}-org/acme`, `/repositories/${HIDDEN}-org/old`],
  showRepositoryById: ['/repositories/21'],
  showAccount: [`/accounts/${HIDDEN}-org`],
  showInstallation: [`/installations/${String(THINGS.installation)}`],
  countFacets: [
    '/facets',
    '/facets?query=repo:acme/*',
    '/facets?query=-repo:acme/shop+workflow:*',
    '/facets?query=action:workflow_job.completed',
  ],
  countOverTime: [],
  explainQuery: [`/explanation?query=saved:${HIDDEN}-query`],
  completeQuery: [
    '/completion?query=saved:',
    '/completion?query=repo:',
    `/completion?query=actor:${HIDDEN}`,
    '/completion?query=is:failed+workflow:',
  ],
  listTokens: ['/tokens'],
  listSavedQueries: ['/saved-queries'],
}

/** A request may name it, and is answered with its own words. */
function tells(text: string): boolean {
  return /hush-(?:org|spy|query|ci)|hush ci|tlog-proof/.test(text.replaceAll(/“[^”]*”/g, ''))
}

describe('a token that is limited', () => {
  it('has been tried on every operation', () => {
    expect(Object.keys(PRYING)).toEqual(OPERATIONS.map(({ id }) => id))
  })

  it.each(Object.values(PRYING).flat())('sees nothing else by %s', async (path) => {
    const all = await (await get(`/api/v1${path}`, OPERATOR)).text()
    expect(tells(all) || all.includes(HIDDEN)).toBe(true)
    for (const grant of [{ organisations: ['acme'] }, { repositories: ['acme/shop'] }]) {
      const limited = await (await get(`/api/v1${path}`, await token(grant))).text()
      expect(tells(limited)).toBe(false)
    }
  })

  it('sees what is its own, whichever way it is named', async () => {
    const seqs = async (grant: Partial<TokenGrant>): Promise<number[]> => {
      const response = await get('/api/v1/entries?query=action:push.created', await token(grant))
      const { entries } = (await response.json()) as { entries: { seq: number }[] }
      return entries.map(({ seq }) => seq).sort()
    }
    expect(await seqs({ organisations: ['ACME'] })).toEqual([0, 3])
    expect(await seqs({ repositories: ['acme/Site'] })).toEqual([3])
    expect(await seqs({ organisations: ['acm'], repositories: ['acme/s%'] })).toEqual([])
  })
})

it('a histogram counts for a limited token only what it sees', async () => {
  const total = async (secret: string): Promise<number> => {
    const response = await get('/api/v1/histogram?query=seq:<4', secret)
    return ((await response.json()) as { total: number }).total
  }
  expect(await total(OPERATOR)).toBe(4)
  expect(await total(await token({ organisations: ['acme'] }))).toBe(2)
  expect(await total(await token({ repositories: ['acme/shop'] }))).toBe(1)
})

describe('a token', () => {
  it('is known by its hash only, and is an entry when it is made and when it is revoked', async () => {
    const secret = await token({ name: 'dashboard', scopes: ['read', 'log:read'] })
    expect(secret).toMatch(/^htk_[\w-]{43}$/)
    const { rows } = await database.pool.query<{ row: string }>(
      'SELECT t::text AS row FROM api_token t',
    )
    expect(JSON.stringify(rows)).not.toContain(secret)
    const [made] = (await listTokens(database)).filter(({ name }) => name === 'dashboard')
    await revokeToken(database, made?.id ?? '', ACT)
    await revokeToken(database, made?.id ?? '', ACT)
    const response = await get('/api/v1/entries?query=action:token.*&limit=2', OPERATOR)
    const { entries } = (await response.json()) as { entries: unknown[] }
    expect(entries).toMatchObject([
      { action: 'token.revoked', actor: { login: 'mona' }, targets: [{ name: 'dashboard' }] },
      {
        action: 'token.created',
        changes: [{ path: 'grant', after: { scopes: ['read', 'log:read'] } }],
      },
    ])
  })

  it('is refused when it is revoked, expired or somebody else’s, and the answer says which', async () => {
    const secret = await token({ name: 'short', expiresAt: new Date(NOW + 1000) })
    expect((await get('/api/v1/entries', secret)).status).toBe(200)
    now = NOW + 1000
    const expired = await get('/api/v1/entries', secret)
    now = NOW
    const [made] = (await listTokens(database)).filter(({ name }) => name === 'short')
    await revokeToken(database, made?.id ?? '', ACT)
    const revoked = await get('/api/v1/entries', secret)
    const unknown = await get('/api/v1/entries', `${secret}x`)
    expect([expired.status, revoked.status, unknown.status]).toEqual([401, 401, 401])
    expect(await expired.text()).toContain('expired on 2026-11-02')
    expect(await revoked.text()).toContain('revoked on 2026-11-02')
    expect(unknown.headers.get('www-authenticate')).toContain('error="invalid_token"')
  })

  it('is written when it was last used, once a minute at most', async () => {
    const lastUsed = async (): Promise<number | undefined> =>
      (await listTokens(database)).find(({ name }) => name === 'used')?.lastUsedAt?.getTime()
    const secret = await token({ name: 'used' })
    expect(await lastUsed()).toBeUndefined()
    for (const at of [0, 30_000, 90_000]) {
      now = NOW + at
      await get('/api/v1/entries', secret)
      expect(await lastUsed()).toBe(at === 90_000 ? now : NOW)
    }
    now = NOW
  })

  it('needs the scope log:read for the leaves of the log', async () => {
    const path = '/tile/entries/000.p/4'
    const refused = await get(path, await token())
    expect([refused.status, await refused.text()]).toEqual([
      403,
      expect.stringContaining('log:read'),
    ])
    expect((await get(path, await token({ scopes: ['log:read'] }))).status).toBe(200)
  })
})
