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
    const many = await histogram('action:push.created', 'UTC', large)
    expect(many.exact).toBe(false)
    expect(Math.abs(many.total - 13_038)).toBeLessThan(13_038 * 0.25)
  })
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
