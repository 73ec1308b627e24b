import { setTimeout as pause } from 'node:timers/promises'

import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { createApi, OpenStreams } from '../../src/api/index.js'
import { errorsOf } from '../../src/api/openapi/describe-operation.js'
import { OPERATIONS } from '../../src/api/operations/index.js'
import type { ProblemCode } from '../../src/api/problem-codes.js'
import { Appender, createToken, logSize, signCheckpoint } from '../../src/ledger/index.js'
import type { Database } from '../../src/platform/index.js'
import { connect } from '../../src/platform/postgres/pool.js'
import { silent, testDatabase, type TestDatabase } from '../support/database.js'
import { delivery } from '../support/deliveries.js'
import { recordedDeliveries } from '../support/flows.js'
import { normalise } from '../../src/sources/index.js'
import { signerOf } from '../support/signer.js'
import { entriesOfThings, THINGS } from '../support/things.js'
import { description, undescribed } from './described.js'

const TOKEN = 'a-token-of-at-least-32-characters'
const NOW = Date.UTC(2026, 10, 23)
const FLOWS = ['pipeline-attack', 'rerun-by-another']

const QUERY_PROBLEMS = {
  'query.syntax': '?query=(a',
  'query.field': '?query=acter:x',
  'query.value': '?query=severity:x',
  'query.saved': '?query=saved:x',
}

/** For each operation requests that it answers, and one for each error of its own. */
const REQUESTS: Readonly<
  Record<
    string,
    {
      readonly path: string
      readonly fine: readonly string[]
      readonly wrong?: Partial<Record<ProblemCode, string>>
    }
  >
> = {
  listEntries: {
    path: '/entries',
    fine: [
      '',
      '?limit=1000',
      '?query=is:failed&limit=3',
      '?query=created:<2000-01-01',
      '?format=ndjson&query=is:failed',
      '?format=csv',
    ],
    wrong: {
      ...QUERY_PROBLEMS,
      'search.cursor': '?cursor=abc',
      'search.words': '?query=%22--%22',
      'api.parameter': '?limit=1e2',
    },
  },
  tailEntries: {
    path: '/entries/tail?from=0',
    fine: ['', '&query=is:failed'],
    wrong: {
      'query.syntax': '&query=(a',
      'query.field': '&query=acter:x',
      'query.value': '&query=severity:x',
      'query.saved': '&query=saved:x',
      'search.words': '&query=%22--%22',
    },
  },
  showEntry: {
    path: '/entries/0',
    fine: [''],
    wrong: { 'search.reference': '/../latest', 'api.not_found': '/../999999' },
  },
  proveEntry: {
    path: '/entries/0/proof',
    fine: [''],
    wrong: { 'search.reference': '/../../latest/proof', 'api.not_found': '/../../999999/proof' },
  },
  placeEntry: {
    path: '/entries/0/place',
    fine: ['', '/../../{last}/place'],
    wrong: { 'search.reference': '/../../latest/place', 'api.not_found': '/../../999999/place' },
  },
  relateEntry: {
    path: '/entries/0/related',
    fine: ['', '/../../5/related', `/../../{last}/related`],
    wrong: {
      'search.reference': '/../../latest/related',
      'api.not_found': '/../../999999/related',
    },
  },
  showRun: {
    path: '/runs/{a run}',
    fine: ['', `/../${String(THINGS.run)}`],
    wrong: { 'api.not_found': '/../1' },
  },
  showDeployment: {
    path: `/deployments/${String(THINGS.deployment)}`,
    fine: [''],
    wrong: { 'api.not_found': '/../1', 'api.parameter': '/../x' },
  },
  showPullRequest: {
    path: `/repositories/acme/shop/pulls/${String(THINGS.pull)}`,
    fine: [''],
    wrong: { 'api.not_found': '/../1', 'api.parameter': '/../x' },
  },
  showSubject: {
    path: '/subjects/hubot-person',
    fine: [''],
    wrong: { 'api.not_found': '/../nobody', 'api.parameter': '/../a%0ab' },
  },
  showRepository: {
    path: '/repositories/acme/shop',
    fine: ['', '/../old'],
    wrong: { 'api.not_found': '/../nothing', 'api.parameter': '/../a%20b' },
  },
  showRepositoryById: {
    path: '/repositories/99',
    fine: [''],
    wrong: { 'api.not_found': '/../1', 'api.parameter': '/../x' },
  },
  showAccount: {
    path: '/accounts/acme',
    fine: [''],
    wrong: { 'api.not_found': '/../nobody', 'api.parameter': '/../a%20b' },
  },
  showInstallation: {
    path: `/installations/${String(THINGS.installation)}`,
    fine: [''],
    wrong: { 'api.not_found': '/../1', 'api.parameter': '/../x' },
  },
  countFacets: {
    path: '/facets',
    fine: ['', '?query=is:failed&limit=2', '?query=created:<2000-01-01'],
    wrong: { ...QUERY_PROBLEMS, 'search.words': '?query=%22--%22', 'api.parameter': '?limit=0' },
  },
  countOverTime: {
    path: '/histogram',
    fine: ['', '?query=is:failed&tz=Europe/Berlin', '?query=created:<2000-01-01'],
    wrong: { ...QUERY_PROBLEMS, 'search.words': '?query=%22--%22' },
  },
  explainQuery: {
    path: '/explanation',
    fine: ['?query=actor:mona+created:2026-10-25&tz=Europe/Berlin', ''],
    wrong: { ...QUERY_PROBLEMS, 'api.parameter': '?tz=Berlin' },
  },
  completeQuery: {
    path: '/completion',
    fine: [
      '?query=act',
      '?query=action:sec+is:failed&cursor=10',
      '?query=repo:+is:failed&cursor=5',
      '?query=(((&cursor=99',
    ],
    wrong: { 'api.parameter': '?cursor=-1' },
  },
  listTokens: { path: '/tokens', fine: [''] },
  listSavedQueries: { path: '/saved-queries', fine: [''] },
}

let database: TestDatabase
let run = ''
/** An entry among others about the same things. */
let last = ''
/** A token that may not read. */
let unreading = ''

beforeAll(async () => {
  database = await testDatabase()
  const appender = new Appender(database, () => NOW)
  for (const recorded of FLOWS.flatMap(recordedDeliveries)) {
    const drafts = normalise(recorded)
    await appender.append({ delivery: recorded, drafts })
    run = String(drafts.find(({ ci }) => ci?.run_id !== undefined)?.ci?.run_id ?? run)
  }
  const repo = { host: 'github.com', id: 99, name: 'acme/shop' }
  const account = { host: 'github.com', id: 3, name: 'acme' }
  const drafts = entriesOfThings({ account, repo, login: 'hubot-person' })
  await appender.append({ delivery: delivery('things'), drafts })
  last = String((await logSize(database)) - 2)
  await signCheckpoint(signerOf(database))
  const act = { name: 'octocat', reason: undefined, now: NOW }
  const grant = { name: 'x', organisations: [], repositories: [], expiresAt: null }
  const made = await createToken(database, { ...grant, scopes: ['log:read'] }, act)
  unreading = made.secret
})
afterAll(async () => {
  await database.drop()
})

interface Circumstances {
  readonly on?: Database
  readonly token?: string
  readonly streams?: OpenStreams
}

async function ask(
  path: string,
  { on = database, token = TOKEN, streams = new OpenStreams() }: Circumstances = {},
): Promise<Response> {
  const config = { timeZone: 'UTC', apiToken: TOKEN }
  const api = createApi({
    ...{ database: on, config, version: '1.2.3', now: () => NOW, log: silent, streams },
  })
  const headers = token === '' ? {} : { authorization: `Bearer ${token}` }
  return api.request(urlOf(path), { headers })
}

function urlOf(path: string): string {
  const { pathname, search } = new URL(
    `http://x/api/v1${path.replace('{a run}', run).replace('{last}', last)}`,
  )
  return pathname + search
}

/** Once more than allowed. */
async function twice(path: string): Promise<Response> {
  const config = { timeZone: 'UTC', apiToken: TOKEN }
  const parts = { database, config, version: '1.2.3', now: () => NOW, log: silent }
  const api = createApi({ ...parts, requests: 1 })
  const headers = { authorization: `Bearer ${TOKEN}` }
  await api.request(urlOf('/explanation'), { headers })
  return api.request(urlOf(path), { headers })
}

async function codeOf(response: Response): Promise<unknown> {
  return ((await response.clone().json()) as { readonly code?: unknown }).code
}

/** A database that nobody answers at. */
async function away<Result>(work: (database: Database) => Promise<Result>): Promise<Result> {
  const nobody = { host: '127.0.0.1', port: 1, user: 'hooktrail', database: 'hooktrail' }
  const connected = connect(nobody, silent)
  try {
    return await work({ ...connected, description: 'nothing', embedded: false })
  } finally {
    await connected.close()
  }
}

/** Asks while the table is locked, and ends the statement as its time limit would. */
async function cancelled(path: string): Promise<Response> {
  const holder = await database.pool.connect()
  try {
    await holder.query('BEGIN; LOCK TABLE log_entry IN ACCESS EXCLUSIVE MODE')
    const answer = ask(path)
    for (;;) {
      const { rowCount } = await holder.query(
        `SELECT pg_cancel_backend(pid) FROM pg_locks WHERE NOT granted AND relation = 'log_entry'::regclass`,
      )
      if ((rowCount ?? 0) > 0) return await answer
      await pause(5)
    }
  } finally {
    await holder.query('ROLLBACK')
    holder.release()
  }
}

/** What makes those errors that any operation can have, or many. */
const PROVOKERS: Partial<Record<ProblemCode, (path: string) => Promise<Response>>> = {
  'api.parameter': (path) => ask(`${path}?nonsense=1`),
  'api.unauthorized': (path) => ask(path, { token: '' }),
  'api.scope': (path) => ask(path, { token: unreading }),
  'api.internal': (path) =>
    onOrIn(path, { ...database, prisma: undefined, pool: undefined } as never),
  unavailable: (path) => away((on) => onOrIn(path, on)),
  'search.timeout': cancelled,
  'api.limit': twice,
}

/** Some operations ask nothing of the database; then it is the token that is looked up there. */
async function onOrIn(path: string, on: Database): Promise<Response> {
  const response = await ask(path, { on })
  return response.ok ? ask(path, { on, token: unreading }) : response
}

function provoke(id: string, code: ProblemCode): Promise<Response> {
  const { path = '', wrong = {} } = REQUESTS[id] ?? {}
  const own = wrong[code]
  const answer = own === undefined ? PROVOKERS[code]?.(path) : ask(path + own)
  if (!answer) throw new Error(`no request of ${id} makes ${code}`)
  return answer
}

it('the description is OpenAPI 3.1, and each operation has requests in this test', async () => {
  const { valid, errors } = await new Validator().validate({ ...description })
  expect({ valid, errors }).toEqual({ valid: true, errors: undefined })
  expect(Object.keys(REQUESTS)).toEqual(OPERATIONS.map(({ id }) => id))
})

describe.each(OPERATIONS.map((one) => [one.id, one] as const))('%s', (id, one) => {
  it.each(REQUESTS[id]?.fine ?? [])('answers “%s” as it is described', async (more) => {
    // What never ends by itself ends with the server.
    const streams = new OpenStreams()
    if (one.type === 'text/event-stream') await streams.stop()
    const response = await ask((REQUESTS[id]?.path ?? '') + more, { streams })
    expect([response.status, await undescribed(one.path, response)]).toEqual([200, []])
  })

  it.each(errorsOf(one))('answers %s as it is described', async (code) => {
    const response = await provoke(id, code)
    expect([await codeOf(response), await undescribed(one.path, response)]).toEqual([code, []])
  })

  it('is on the page for people', async () => {
    const text = await (await ask('')).text()
    expect(text).toContain(`<code>GET /api/v1${one.path}</code>`)
    expect(text).not.toContain('<script')
  })
})

it('the description is given to anybody, as are the words of the page', async () => {
  const response = await ask('/openapi.json', { token: '' })
  expect(await response.json()).toEqual(JSON.parse(JSON.stringify(description)))
})
