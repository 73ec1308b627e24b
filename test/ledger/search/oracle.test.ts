import { env } from 'node:process'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import {
  personal,
  type AuditEntry,
  type DraftTarget,
  type EntryDraft,
} from '../../../src/core/domain/index.js'
import { parseQuery } from '../../../src/core/search/index.js'
import { Appender, countBlocks, searchEntries } from '../../../src/ledger/index.js'
import { testDatabase, type TestDatabase } from '../../support/database.js'
import { delivery, draft } from '../../support/deliveries.js'
import { naiveSearch } from '../../support/naive-search.js'

/** HOOKTRAIL_SEARCH_QUERIES=5000 for a long campaign. */
const QUERIES = Number(env['HOOKTRAIL_SEARCH_QUERIES'] ?? 150)
const NOW = Date.UTC(2026, 10, 2)
const ENTRIES = 150

const LOGINS = ['octocat', 'Mona', 'dependabot[bot]', "o'hara", 'back\\slash']
const REPOS = ['acme/shop', 'Acme/Infra', 'globex/site']
const REFS = [
  'refs/heads/main',
  'main',
  'refs/heads/feature/a_b',
  'refs/tags/v1.0',
  'v1.0',
  "refs/heads/it's",
]
const WORKFLOWS = ['CI', 'Build & Test', 'Deploy, then "verify"', 'ci']
const REASONS = [
  'Fix the login page',
  'fix: log in',
  'Rotate the token',
  'Größe ändern',
  'src/auth/login.ts',
]
const WORDS = [
  'fix',
  'log',
  'login',
  'the',
  'token',
  'src/auth',
  'größe',
  'ändern',
  '"the login"',
  '"fix log in"',
  'acme',
  'main',
  'v1',
  'nothing',
  'abc',
  'octocat',
]
const ACTIONS = [
  ...['push.created', 'push.forced', 'workflow_run.completed', 'secret_alert.opened'],
  ...['deployment.created', 'deployment.approved', 'push_protection.bypassed'],
]
const ENVIRONMENTS = ['production', 'Production', 'staging']
/** A milestone's title is somebody's prose, and sealed. */
const TARGETS: readonly DraftTarget[] = [
  { type: 'ruleset', id: 8, name: 'Main is "safe"' },
  { type: 'ruleset', id: 80, name: "it's 100%_safe\\" },
  { type: 'secret', name: 'DEPLOY_TOKEN' },
  { type: 'variable', name: 'deploy_url' },
  { type: 'secret_scanning_alert', id: 12, name: 'AWS key' },
  { type: 'pull_request', id: 12, name: personal('Fix the login page') },
  { type: 'package', id: 5, name: 'Shop' },
  { type: 'milestone', id: 3, name: personal('Main is safe') },
  { type: 'member', principal: { type: 'user', login: 'octocat' } },
  { type: 'environment', name: 'production' },
  { type: 'workflow_run', id: 12, name: 'CI' },
]
const OUTCOMES = ['success', 'failure', 'pending'] as const
const SHAS = [
  'abcdef0123456789abcdef0123456789abcdef01',
  'abcdef0fffffffffffffffffffffffffffffffff',
]

const drafts: fc.Arbitrary<EntryDraft> = fc
  .record({
    minute: fc.nat(60),
    action: fc.constantFrom(...ACTIONS),
    outcome: fc.constantFrom(...OUTCOMES),
    severity: fc.constantFrom(0 as const, 1 as const, 3 as const, 4 as const),
    login: fc.constantFrom(...LOGINS),
    via: fc.option(fc.constantFrom(...LOGINS), { nil: undefined }),
    type: fc.constantFrom('user' as const, 'bot' as const),
    repo: fc.option(fc.constantFrom(...REPOS), { nil: undefined }),
    ref: fc.option(fc.constantFrom(...REFS), { nil: undefined }),
    workflow: fc.option(fc.constantFrom(...WORKFLOWS), { nil: undefined }),
    reason: fc.option(fc.constantFrom(...REASONS), { nil: undefined }),
    sha: fc.option(fc.constantFrom(...SHAS), { nil: undefined }),
    attempt: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    rerun: fc.boolean(),
    targets: fc.subarray([...TARGETS], { maxLength: 3 }),
    run: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
    environment: fc.option(fc.constantFrom(...ENVIRONMENTS), { nil: undefined }),
    pulls: fc.option(fc.subarray([12, 120, 3], { minLength: 1 }), { nil: undefined }),
    file: fc.option(fc.constantFrom('Shop.zip', 'shop'), { nil: undefined }),
  })
  .map((one) =>
    draft({
      occurred_at: new Date(Date.UTC(2026, 10, 1, 9, one.minute)).toISOString(),
      action: one.action,
      outcome: one.outcome,
      severity: one.severity,
      actor: { type: one.type, login: one.login },
      triggering_actor: one.via === undefined ? undefined : { type: 'user', login: one.via },
      repo: one.repo === undefined ? undefined : { host: 'github.com', id: 1, name: one.repo },
      account: undefined,
      targets: one.targets,
      ci: {
        ...{ ref: one.ref, workflow: one.workflow, head_sha: one.sha, run_attempt: one.attempt },
        ...{ run_id: one.run, environment: one.environment, pull_requests: one.pulls },
        artifacts: one.file === undefined ? undefined : [{ name: one.file, digest: 'sha256:ab' }],
      },
      reason: one.reason === undefined ? undefined : personal(one.reason),
      labels: { rerun: one.rerun },
    }),
  )

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}

function oneOf(key: string, values: readonly string[]): fc.Arbitrary<string> {
  const whole = fc.constantFrom(...values).map((value) => `${key}:${quote(value)}`)
  const prefix = fc
    .tuple(fc.constantFrom(...values), fc.nat(8))
    .map(([value, length]) => `${key}:${quote(value.slice(0, length + 1))}*`)
  return fc.oneof(whole, prefix)
}

const terms = fc.oneof(
  oneOf('actor', LOGINS),
  oneOf('via', LOGINS),
  oneOf('repo', REPOS),
  oneOf('ref', REFS),
  oneOf('branch', ['main', 'feature/a_b', "it's", 'v1.0']),
  oneOf('tag', ['v1.0', 'main']),
  oneOf('workflow', WORKFLOWS),
  fc.constantFrom(...ACTIONS, 'push.*').map((action) => `action:${action}`),
  fc.constantFrom(...OUTCOMES).map((outcome) => `outcome:${outcome}`),
  fc.constantFrom(
    'severity:>=high',
    'severity:low',
    'severity:info..low',
    'attempt:>1',
    'attempt:1',
    'seq:10..40',
    'sha:abcdef0',
    'sha:abcdef01',
  ),
  oneOf('env', ENVIRONMENTS),
  oneOf('secret', ['deploy_token', 'DEPLOY_URL', 'aws key', '12']),
  oneOf('artifact', ['shop', 'shop.zip', 'sha256:ab', '5']),
  fc.constantFrom('pr:12', 'pr:120', 'pr:3', 'pr:*'),
  oneOf(
    'target',
    TARGETS.flatMap(({ type, id, name }) =>
      [id, name].flatMap((one) =>
        typeof one === 'object' || one === undefined ? [] : [`${type}:${String(one)}`],
      ),
    ),
  ),
  fc.constantFrom(
    'target:r*',
    'target:h*',
    'target:milestone:*',
    'target:member:*',
    'target:"milestone:Main is safe"',
  ),
  fc.constantFrom('is:bot', 'is:human', 'is:failed', 'is:rerun', 'has:reason', 'actor_type:bot'),
  fc.constantFrom('has:approval', 'has:approval,reason', 'is:override', 'is:override,rerun'),
  fc.nat(60).map((minute) => `created:>=2026-11-01T09:${String(minute % 60).padStart(2, '0')}`),
  fc.constantFrom(...WORDS),
)

const queries = fc.letrec<{ query: string }>((tie) => ({
  query: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    terms,
    fc
      .array(tie('query'), { minLength: 2, maxLength: 3 })
      .map((all) => all.map((one) => `(${one})`).join(' ')),
    fc
      .array(tie('query'), { minLength: 2, maxLength: 3 })
      .map((all) => all.map((one) => `(${one})`).join(' OR ')),
    tie('query').map((one) => `-(${one})`),
  ),
})).query

let database: TestDatabase
let all: readonly AuditEntry[]

beforeAll(async () => {
  database = await testDatabase()
  const appender = new Appender(database, () => NOW)
  const made = fc.sample(drafts, { numRuns: ENTRIES, seed: 7 })
  await Promise.all(
    made.map((one, index) =>
      appender.append({ delivery: delivery(`g-${String(index)}`), drafts: [one] }),
    ),
  )
  all = (await searchEntries(database, parseQuery('', { now: NOW }), { limit: ENTRIES })).entries
})
afterAll(async () => {
  await database.drop()
})

async function pages(text: string, limit: number): Promise<number[]> {
  const query = parseQuery(text, { now: NOW })
  const seqs: number[] = []
  let cursor: string | undefined
  do {
    const page = await searchEntries(database, query, { limit, cursor })
    seqs.push(...page.entries.map(({ seq }) => seq))
    cursor = page.next
  } while (cursor !== undefined)
  return seqs
}

describe('every query', () => {
  it('finds what a plain look at each entry finds, in the same order, in pages of any size', async () => {
    expect(all).toHaveLength(ENTRIES)
    await fc.assert(
      fc.asyncProperty(queries, fc.constantFrom(10, 40, 1000), async (text, limit) => {
        const expected = naiveSearch(parseQuery(text, { now: NOW }), all)
        expect(await pages(text, limit)).toEqual(expected)
      }),
      { numRuns: QUERIES },
    )
  })
})

describe('a log of several blocks', () => {
  const BLOCK = 16_384

  it('is searched in the order of time, although some entries came late', async () => {
    const other = await testDatabase()
    try {
      await fill(other, 2 * BLOCK + 100)
      const search = async (text: string, limit: number): Promise<number[]> => {
        const query = parseQuery(text, { now: NOW })
        const { entries } = await searchEntries(other, query, { limit })
        return entries.map(({ seq }) => seq)
      }
      const asked = [
        'actor_type:bot',
        'actor_type:bot is:rare',
        'word is:rare',
        'is:rare OR repo:nobody/none',
      ]
      const before = await Promise.all(
        asked.map((text) => search(text.replace('is:rare', 'is:forced'), 7)),
      )
      await countBlocks(other)
      const after = await Promise.all(
        asked.map((text) => search(text.replace('is:rare', 'is:forced'), 7)),
      )
      expect(after).toEqual(before)
      // Every 1000th is forced; one of the first block happened last.
      expect(after[1]).toEqual([1000, 32_000, 31_000, 30_000, 29_000, 28_000, 27_000])
    } finally {
      await other.drop()
    }
  })
})

/** Entries straight into the table: an entry each second; number 1000 is the newest. */
async function fill({ pool }: TestDatabase, count: number): Promise<void> {
  await pool.query(
    `INSERT INTO log_entry (seq, id, leaf, leaf_hash, delivery, occurred_at, recorded_at, action, category, operation, outcome,
       severity, actor_type, source, event, flags, words)
     SELECT n, gen_random_uuid(), convert_to('{"schema":1}', 'UTF8'), sha256('x'), n,
       timestamptz '2026-01-01Z' + n * interval '1 second' + CASE WHEN n = 1000 THEN interval '1 year' ELSE interval '0' END,
       now(), 'push.created', 'source', 'create', 'success', 0, 'bot', 'webhook', 'push',
       CASE WHEN n % 1000 = 0 THEN ARRAY['forced'] ELSE '{}' END, ' word'
     FROM generate_series(0, $1::int - 1) n`,
    [count],
  )
  await pool.query('UPDATE log_state SET size = $1', [count])
}
