import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { personal, type EntryDraft } from '../../../src/core/domain/index.js'
import { parseQuery } from '../../../src/core/search/index.js'
import {
  Appender,
  entriesAfter,
  entryByReference,
  logSize,
  searchEntries,
} from '../../../src/ledger/index.js'
import { testDatabase, type TestDatabase } from '../../support/database.js'
import { delivery, draft } from '../../support/deliveries.js'

const NOW = Date.UTC(2026, 10, 2)
const BOT = { type: 'bot', id: 2, login: 'dependabot[bot]' } as const
const SHA = 'abcdef0123456789abcdef0123456789abcdef01'

const DRAFTS: readonly EntryDraft[] = [
  draft({ occurred_at: '2026-11-01T08:00:00.000Z', ci: { ref: 'refs/heads/main', head_sha: SHA } }),
  draft({
    occurred_at: '2026-11-01T09:00:00.000Z',
    action: 'push.forced',
    actor: BOT,
    severity: 3,
    labels: { forced: true },
    ci: { ref: 'refs/heads/feature/a_b' },
    reason: personal('Fix 100% of the Flaky tests'),
  }),
  draft({
    occurred_at: '2026-11-01T09:00:00.000Z',
    action: 'workflow_run.completed',
    outcome: 'failure',
    triggering_actor: BOT,
    repo: { host: 'github.com', id: 100, name: 'Acme/Infra' },
    account: { host: 'github.com', id: 7, name: 'Acme' },
    ci: { workflow: 'Build & Test', run_id: 12345678901, run_attempt: 2, ref: 'main' },
    labels: { rerun: true },
  }),
  draft({
    occurred_at: '2026-11-01T07:00:00.000Z',
    action: 'github.star.created',
    actor: { type: 'unknown' },
    attribution: { confidence: 'unknown', method: 'no sender in the payload' },
    repo: undefined,
    targets: [],
    ci: { ref: 'refs/tags/v1.0', job: 'deploy', environment: 'Production', run_attempt: 1 },
    changes: [{ path: 'stars', before: 1, after: 2 }],
  }),
]

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
  const appender = new Appender(database, () => Date.UTC(2026, 10, 1, 10))
  await appender.append({ delivery: delivery('guid-a'), drafts: DRAFTS.slice(0, 2) })
  await appender.append({
    delivery: delivery('guid-b', {}, 'workflow_run'),
    drafts: DRAFTS.slice(2),
  })
})
afterAll(async () => {
  await database.drop()
})

async function found(text: string): Promise<number[]> {
  const query = parseQuery(text, { now: NOW })
  const { entries } = await searchEntries(database, query, { limit: 10 })
  return entries.map(({ seq }) => seq)
}

describe('a search', () => {
  it.each<[string, number[]]>([
    // Everything, newest first; of two at the same time the one that was recorded later.
    ['', [2, 1, 0, 3]],
    ['action:push.created', [0]],
    ['action:push.*', [1, 0]],
    ['action:push.created,push.forced', [1, 0]],
    ['action:github.star.created', [3]],
    ['category:build', [2]],
    ['outcome:failure', [2]],
    ['-outcome:failure', [1, 0, 3]],
    ['severity:high', [1]],
    ['severity:>=high', [1]],
    ['severity:info..low', [2, 0, 3]],
    ['actor:octocat', [2, 0]],
    ['actor:OctoCat', [2, 0]],
    ['actor:oct*', [2, 0]],
    ['actor:dependabot[bot]', [1]],
    ['actor:octocat,dependabot*', [2, 1, 0]],
    ['actor:nobody', []],
    ['-actor:octocat', [1, 3]],
    ['-actor:nobody', [2, 1, 0, 3]],
    ['actor_type:bot', [1]],
    ['via:dependabot[bot]', [2]],
    ['-via:dependabot[bot]', [1, 0, 3]],
    ['repo:ACME/shop', [1, 0]],
    ['repo:acme/*', [2, 1, 0]],
    ['-repo:acme/*', [3]],
    ['org:acme', [2]],
    ['workflow:"build & test"', [2]],
    ['workflow:Build*', [2]],
    ['job:deploy', [3]],
    ['run:12345678901', [2]],
    ['attempt:>1', [2]],
    ['attempt:1,2', [2, 3]],
    ['-attempt:1', [2, 1, 0]],
    ['sha:abcdef0', [0]],
    [`sha:${SHA.toUpperCase()}`, [0]],
    ['ref:refs/heads/main', [0]],
    ['ref:refs/*', [1, 0, 3]],
    ['branch:main', [2, 0]],
    ['branch:feature/*', [1]],
    // What LIKE takes for a wildcard is an ordinary character here.
    ['branch:feature/a_*', [1]],
    ['branch:feature/a%*', []],
    ['tag:v1.0', [3]],
    ['tag:v1*', [3]],
    ['env:production', [3]],
    ['env:*', [3]],
    ['source:webhook', [2, 1, 0, 3]],
    ['event:workflow_run', [2, 3]],
    ['delivery:guid-a', [1, 0]],
    ['-delivery:guid-a', [2, 3]],
    ['delivery:guid-*', [2, 1, 0, 3]],
    ['seq:1', [1]],
    ['seq:>=2', [2, 3]],
    ['id:00000000-0000-7000-8000-000000000000', []],
    ['created:2026-11-01', [2, 1, 0, 3]],
    ['created:>2026-11-01T08:00', [2, 1]],
    ['created:2026-11-01T07:00..2026-11-01T08:00', [0, 3]],
    ['created:2026-11-01T09:00:00.000Z', [2, 1]],
    ['created:>=2026-11-01T08:00 created:<2026-11-01T09:00', [0]],
    ['created:>-1h', []],
    ['recorded:2026-11-01T10:00', [2, 1, 0, 3]],
    ['is:bot', [1]],
    ['is:human', [2, 0]],
    ['is:human is:failed', [2]],
    ['is:bot,failed', [2, 1]],
    ['is:rerun', [2]],
    ['is:forced', [1]],
    ['is:unattributed', [3]],
    ['has:diff', [3]],
    ['has:reason', [1]],
    ['-has:reason', [2, 0, 3]],
    // Free words: in what stays in the log, and in what can be erased.
    ['PRODUCTION', [3]],
    ['infra', [2]],
    ['octocat', [2, 0]],
    ['"flaky tests"', [1]],
    ['flaky acme', [1]],
    ['tests fix', [1]],
    ['100%', [1]],
    ['10%of', []],
    ['"a_b"', [1]],
    // Words begin so; what separates them is all the same; they follow one another in one text.
    ['feature/a', [1]],
    ['infr', [2]],
    ['nfra', []],
    ['abcdef01', [0]],
    ['"fix 100 of"', [1]],
    ['"fix of"', []],
    ['"flaky tests acme"', []],
    ['"build te"', [2]],
    ['"buil test"', []],
    ['-flaky', [2, 0, 3]],
    ['actor:octocat OR is:bot', [2, 1, 0]],
    ['(actor:octocat OR is:bot) -is:failed', [1, 0]],
    ['NOT (actor:octocat OR is:bot)', [3]],
  ])('for “%s” finds %j', async (text, seqs) => {
    expect(await found(text)).toEqual(seqs)
  })

  it('finds an entry by its own id and its actor by the id that the log gave', async () => {
    const entry = await entryByReference(database, '2')
    expect(await found(`id:${entry?.id ?? ''}`)).toEqual([2])
    expect(await found(`actor_id:${entry?.actor.subject ?? ''}`)).toEqual([2, 0])
  })

  it('gives whole entries with the sealed values opened', async () => {
    const query = parseQuery('has:reason', { now: NOW })
    const { entries } = await searchEntries(database, query, { limit: 10 })
    expect(entries).toMatchObject([
      {
        seq: 1,
        action: 'push.forced',
        reason: 'Fix 100% of the Flaky tests',
        actor: { login: BOT.login },
      },
    ])
  })

  it('treats text that looks like SQL as text', async () => {
    expect(await found(`"'; DROP TABLE log_entry; --"`)).toEqual([])
    expect(await found(`workflow:"' OR 1=1 --"`)).toEqual([])
    expect(await found('')).toHaveLength(4)
  })
})

describe('pages', () => {
  const everything = parseQuery('', { now: NOW })

  it('follow one another without a gap or a repetition, also within one moment', async () => {
    const seqs: number[] = []
    let cursor: string | undefined
    do {
      const page = await searchEntries(database, everything, { limit: 1, cursor })
      seqs.push(...page.entries.map(({ seq }) => seq))
      cursor = page.next
    } while (cursor !== undefined)
    expect(seqs).toEqual([2, 1, 0, 3])
  })

  it('say where the next begins only if there is one', async () => {
    expect((await searchEntries(database, everything, { limit: 3 })).next).toBeDefined()
    expect((await searchEntries(database, everything, { limit: 4 })).next).toBeUndefined()
  })

  it('refuse a cursor that was altered', async () => {
    const { next = '' } = await searchEntries(database, everything, { limit: 1 })
    const altered = ['', 'x', next.slice(1), `${next}A`, ` ${next}`, next.replace(/.$/, '!')]
    for (const cursor of [...altered, Buffer.alloc(21).toString('base64url')]) {
      await expect(searchEntries(database, everything, { limit: 1, cursor })).rejects.toMatchObject(
        {
          code: 'search.cursor',
        },
      )
    }
  })

  it('refuse a size that is none', async () => {
    await expect(searchEntries(database, everything, { limit: 0 })).rejects.toThrow(RangeError)
    await expect(searchEntries(database, everything, { limit: 5000 })).rejects.toThrow(RangeError)
  })
})

describe('following the log', () => {
  it('gives what came after an entry, in the order of the log, and how far it looked', async () => {
    const everything = parseQuery('', { now: NOW })
    const failed = parseQuery('is:failed', { now: NOW })
    const first = await entriesAfter(database, -1, everything, 3)
    expect(first.entries.map(({ seq }) => seq)).toEqual([0, 1, 2])
    expect(first.upTo).toBe(2)
    const second = await entriesAfter(database, first.upTo, everything, 3)
    expect(second.entries.map(({ seq }) => seq)).toEqual([3])
    expect(await entriesAfter(database, second.upTo, everything, 3)).toEqual({
      entries: [],
      upTo: 3,
    })
    expect((await entriesAfter(database, -1, failed, 3)).upTo).toBe(3)
    expect(await logSize(database)).toBe(4)
  })
})

describe('one entry', () => {
  it('is found by number and by id', async () => {
    const byNumber = await entryByReference(database, '1')
    expect(byNumber).toMatchObject({ seq: 1, action: 'push.forced' })
    const id = byNumber?.id ?? ''
    expect(await entryByReference(database, id.toUpperCase())).toEqual(byNumber)
  })

  it('is undefined if there is none, and an error if the reference is neither', async () => {
    expect(await entryByReference(database, '999')).toBeUndefined()
    expect(await entryByReference(database, '00000000-0000-7000-8000-000000000000')).toBeUndefined()
    for (const reference of ['', '-1', '1.5', 'x', '9'.repeat(30)]) {
      await expect(entryByReference(database, reference)).rejects.toMatchObject({
        code: 'search.reference',
      })
    }
  })
})
