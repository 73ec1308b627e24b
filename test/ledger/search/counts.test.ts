import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import type { AuditEntry, EntryDraft } from '../../../src/core/domain/index.js'
import { parseQuery } from '../../../src/core/search/index.js'
import {
  Appender,
  countBlocks,
  countFacets,
  countOverTime,
  entryByReference,
  relatedEntries,
  type Facet,
  type Histogram,
} from '../../../src/ledger/index.js'
import { testDatabase, type TestDatabase } from '../../support/database.js'
import { delivery, draft } from '../../support/deliveries.js'

const NOW = Date.UTC(2026, 9, 26, 12)
const BLOCK = 16_384
const mona = { type: 'user', id: 2, login: 'mona' } as const

const run = { workflow: 'CI', run_id: 77, head_sha: 'a'.repeat(40) }
const DRAFTS: readonly EntryDraft[] = [
  draft({ occurred_at: '2026-10-25T00:30:00.000Z' }),
  draft({ occurred_at: '2026-10-25T01:30:00.000Z', actor: mona }),
  draft({ occurred_at: '2026-10-25T22:59:59.999Z', outcome: 'failure' }),
  draft({ occurred_at: '2026-10-25T23:00:00.000Z', action: 'push.forced', severity: 3 }),
  draft({
    occurred_at: '2026-10-26T10:00:00.000Z',
    action: 'workflow_run.requested',
    ci: run,
    correlation_id: 'run:99/77',
    repo: undefined,
    targets: [],
  }),
  draft({
    occurred_at: '2026-10-26T10:04:00.000Z',
    action: 'workflow_run.completed',
    ci: run,
    correlation_id: 'run:99/77',
    actor: mona,
    targets: [],
  }),
]

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
  const appender = new Appender(database, () => NOW)
  await appender.append({ delivery: delivery('all'), drafts: DRAFTS })
})
afterAll(async () => {
  await database.drop()
})

async function facet(
  text: string,
  field: Facet['field'],
  of = database,
): Promise<Facet | undefined> {
  const facets = await countFacets(of, parseQuery(text, { now: NOW }), 10)
  return facets.find((one) => one.field === field)
}

function histogram(text: string, timeZone = 'UTC', of = database): Promise<Histogram> {
  return countOverTime(of, parseQuery(text, { now: NOW }), timeZone)
}

function filled({ buckets }: Histogram): [string, number][] {
  return buckets.filter(({ entries }) => entries > 0).map(({ from, entries }) => [from, entries])
}

describe('facets', () => {
  it('count the values of a field, most frequent first, people by their login', async () => {
    expect(await facet('', 'actor')).toEqual({
      field: 'actor',
      values: [
        { value: 'octocat', entries: 4 },
        { value: 'mona', entries: 2 },
      ],
      exact: true,
      sampled: 1,
    })
    expect((await facet('', 'severity'))?.values).toContainEqual({ value: 'high', entries: 1 })
  })

  it('count a field without its own terms, and all others with them', async () => {
    expect((await facet('outcome:failure', 'outcome'))?.values).toHaveLength(2)
    expect((await facet('outcome:failure', 'action'))?.values).toEqual([
      { value: 'push.created', entries: 1 },
    ])
    expect((await facet('actor:mona -action:push.created', 'action'))?.values).toEqual([
      { value: 'push.created', entries: 1 },
      { value: 'workflow_run.completed', entries: 1 },
    ])
  })

  it('are empty where nothing matches', async () => {
    expect((await facet('job:none', 'action'))?.values).toEqual([])
  })
})

describe('a histogram', () => {
  it('has days of the time zone, of which one has 25 hours', async () => {
    const long = 'created:2026-10-20..2026-11-05 -is:bot'
    expect(filled(await histogram(long, 'Europe/Berlin'))).toEqual([
      ['2026-10-24T22:00:00.000Z', 3],
      ['2026-10-25T23:00:00.000Z', 3],
    ])
    expect(filled(await histogram(long))).toEqual([
      ['2026-10-25T00:00:00.000Z', 4],
      ['2026-10-26T00:00:00.000Z', 2],
    ])
  })

  it('keeps an hour that comes twice apart', async () => {
    const { width, buckets } = await histogram(
      'created:2026-10-25T00:00..2026-10-26T00:00',
      'Europe/Berlin',
    )
    expect(width).toBe('1 hour')
    expect(buckets.slice(0, 2)).toEqual([
      { from: '2026-10-25T00:00:00.000Z', entries: 1 },
      { from: '2026-10-25T01:00:00.000Z', entries: 1 },
    ])
  })

  it('of everything and of a query agree', async () => {
    const everything = await histogram('')
    expect(everything).toMatchObject({ total: 6, exact: true })
    expect(await histogram('source:webhook')).toEqual(everything)
  })

  it('is empty in a log without entries', async () => {
    const empty = await testDatabase()
    expect(await histogram('', 'UTC', empty)).toMatchObject({ buckets: [], total: 0 })
    await empty.drop()
  })
})

describe('in a log of several blocks', () => {
  let large: TestDatabase
  beforeAll(async () => {
    large = await testDatabase()
    await large.pool.query(
      `INSERT INTO log_entry (seq, id, leaf, leaf_hash, delivery, occurred_at, recorded_at, action, category, operation, outcome,
         severity, actor_type, source, event, flags, words)
       SELECT n, gen_random_uuid(), convert_to('{}', 'UTF8'), sha256('x'), n, timestamptz '2026-01-01Z' + n * interval '10 minutes', now(),
         CASE WHEN n % 4 = 0 THEN 'push.forced' ELSE 'push.created' END, 'source', 'create',
         CASE WHEN n % 50 = 0 THEN 'failure' ELSE 'success' END, 0, 'bot', 'webhook', 'push', '{}', ''
       FROM generate_series(0, $1::int - 1) n`,
      [BLOCK + 1000],
    )
    await large.pool.query('UPDATE log_state SET size = $1', [BLOCK + 1000])
    // Words that can be erased, of every other entry.
    await large.pool.query(
      `INSERT INTO log_opening SELECT seq, '00000000-0000-0000-0000-000000000000', '[]', ' fix login' FROM log_entry WHERE seq % 2 = 0`,
    )
    expect(await countBlocks(large)).toBe(1)
    expect(await countBlocks(large)).toBe(0)
  })
  afterAll(async () => {
    await large.drop()
  })

  it('the whole log is counted exactly, what is counted in advance and what came since', async () => {
    expect(await facet('', 'action', large)).toMatchObject({
      exact: true,
      values: [
        { value: 'push.created', entries: 13_038 },
        { value: 'push.forced', entries: 4346 },
      ],
    })
    expect(await histogram('', 'UTC', large)).toMatchObject({ total: BLOCK + 1000, exact: true })
  })

  it('few matches are counted, many are estimated, and it is said', async () => {
    expect(await histogram('outcome:failure', 'UTC', large)).toMatchObject({
      total: 348,
      exact: true,
    })
    const many = await histogram('event:push -action:push.forced', 'UTC', large)
    expect(many).toMatchObject({ exact: false, sampled: 64 })
    expect(Math.abs(many.total - 13_038)).toBeLessThan(2 * Math.sqrt(64 * 13_038))
    const found = await facet('event:push -action:push.forced', 'outcome', large)
    expect(found).toMatchObject({ exact: false, sampled: 64 })
    const [success] = found?.values ?? []
    expect(Math.abs((success?.entries ?? 0) - 13_038)).toBeLessThan(2 * Math.sqrt(64 * 13_038))
  })

  it('words in openings are estimated from the sample too', async () => {
    const { sampled, total } = await histogram('login', 'UTC', large)
    expect(sampled).toBe(64)
    expect(Math.abs(total - 8692)).toBeLessThan(2 * Math.sqrt(64 * 8692))
    expect(await histogram('login outcome:failure', 'UTC', large)).toMatchObject({
      total: 348,
      sampled: 1,
    })
    expect(await histogram('fixes', 'UTC', large)).toMatchObject({ total: 0, sampled: 1 })
  })

  it('what is kept in advance by the day and hour is counted exactly, however many there are', async () => {
    const asked: readonly [string, string][] = [
      ['action:push.created', `action = 'push.created'`],
      ['action:push.*', 'TRUE'],
      ['outcome:failure', `outcome = 'failure'`],
      ['severity:info', 'severity = 0'],
      ['source:webhook', 'TRUE'],
      ['repo:acme/none', 'FALSE'],
    ]
    for (const [text, condition] of asked) {
      for (const [from, to] of [
        ['2026-01-20', '2026-03-10'],
        ['2026-02-01', '2026-02-28'],
        ['2026-04-20', '2026-12-31'],
      ] as const) {
        const query = `${text} created:${from}..${to}`
        const expected = await count(`${condition} AND ${inDays(from, to)}`)
        expect([query, await histogram(query, 'UTC', large)]).toMatchObject([
          query,
          { exact: true, total: expected },
        ])
      }
    }
  })

  it('each bucket has what happened in it', async () => {
    const { buckets, exact } = await histogram(
      'action:push.forced created:2026-01-20..2026-03-10',
      'UTC',
      large,
    )
    expect(exact).toBe(true)
    for (const [index, { from, entries }] of buckets.entries()) {
      const end = buckets[index + 1]?.from ?? '2026-03-11T00:00:00.000Z'
      const condition = `action = 'push.forced' AND occurred_at >= '${from}' AND occurred_at < '${end}'`
      expect([from, entries]).toEqual([from, await count(condition)])
    }
  })

  it('values of whole days are counted exactly, in months and days', async () => {
    for (const [from, to] of [
      ['2026-01-20', '2026-03-10'],
      ['2026-02-01', '2026-03-31'],
      ['2026-02-03', '2026-02-04'],
      ['2026-04-20', '2026-12-31'],
    ] as const) {
      expect(await facet(`created:${from}..${to}`, 'action', large)).toMatchObject({
        exact: true,
        values: [
          {
            value: 'push.created',
            entries: await count(`action = 'push.created' AND ${inDays(from, to)}`),
          },
          {
            value: 'push.forced',
            entries: await count(`action = 'push.forced' AND ${inDays(from, to)}`),
          },
        ],
      })
    }
  })

  it('a part of a day is looked at entry by entry, or estimated', async () => {
    const { exact, total } = await histogram(
      'created:2026-02-01T00:30..2026-02-03T10:10',
      'UTC',
      large,
    )
    expect(exact).toBe(true)
    expect(total).toBe(
      await count(`occurred_at BETWEEN '2026-02-01T00:30Z' AND '2026-02-03T10:10:59.999Z'`),
    )
  })

  function inDays(from: string, to: string): string {
    return `occurred_at >= '${from}Z' AND occurred_at < timestamptz '${to}Z' + interval '24 hours'`
  }

  async function count(condition: string): Promise<number> {
    const { rows } = await large.pool.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM log_entry WHERE ${condition}`,
    )
    return rows[0]?.n ?? -1
  }
})

describe('what surrounds an entry', () => {
  it('is what belongs to the run, what the actor did around it, and what happened to the target', async () => {
    const related = async (number: number): Promise<Record<string, number[]>> => {
      const entry = await entryByReference(database, String(number))
      if (!entry) throw new Error('no entry')
      const { together, actor, before, after } = await relatedEntries(database, entry)
      const seqs = (list: readonly AuditEntry[]): number[] => list.map(({ seq }) => seq)
      return {
        together: seqs(together),
        actor: seqs(actor),
        before: seqs(before),
        after: seqs(after),
      }
    }
    expect(await related(4)).toEqual({ together: [5], actor: [], before: [], after: [] })
    expect(await related(2)).toEqual({ together: [], actor: [3], before: [0, 1], after: [3] })
  })
})
