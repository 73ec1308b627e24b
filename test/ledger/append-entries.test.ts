import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'

import { personal, type EntryDraft } from '../../src/core/domain/index.js'
import {
  Appender,
  entriesInRange,
  LedgerError,
  nextEvaluation,
  verifyLog,
} from '../../src/ledger/index.js'
import type { Database } from '../../src/platform/index.js'
import { testDatabase, type TestDatabase } from '../support/database.js'
import { delivery, draft } from '../support/deliveries.js'

let database: TestDatabase
const clock = (): number => Date.UTC(2026, 10, 1, 10, 0, 1)
const newAppender = (on: Database = database): Appender => new Appender(on, clock)

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(async () => {
  await database.drop()
})

async function size(): Promise<number> {
  const report = await verifyLog(database)
  expect(report.problems).toEqual([])
  return report.size
}

describe('appending', () => {
  let before: number
  beforeEach(async () => {
    before = await size()
  })

  it('numbers the entries of deliveries that come together without a gap, in their order', async () => {
    const appender = newAppender()
    await appender.append({ delivery: delivery('first'), drafts: [draft()] })
    const receipts = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        appender.append({
          delivery: delivery(`together-${String(index)}`),
          drafts: [draft(), draft()],
        }),
      ),
    )
    expect(receipts.map(({ firstSeq }) => firstSeq - before)).toEqual(
      Array.from({ length: 40 }, (_, index) => 1 + index * 2),
    )
    expect(await size()).toBe(before + 81)
  })

  it('records a delivery once, however often it comes, in one batch, later, and from another process', async () => {
    const [one, other] = [newAppender(), newAppender()]
    const request = { delivery: delivery('again'), drafts: [draft()] }
    const together = await Promise.all([
      one.append(request),
      one.append(request),
      other.append(request),
    ])
    const later = await other.append(request)
    const outcomes = [...together, later].map(({ outcome }) => outcome)
    expect(outcomes.filter((outcome) => outcome === 'recorded')).toHaveLength(1)
    expect(new Set([...together, later].map(({ firstSeq }) => firstSeq)).size).toBe(1)
    expect(later).toMatchObject({ outcome: 'duplicate', entries: 1, sameBody: true })
    expect(await size()).toBe(before + 1)
  })

  it('says when a known GUID brings another body', async () => {
    const appender = newAppender()
    await appender.append({ delivery: delivery('altered', { n: 1 }), drafts: [draft()] })
    const second = await appender.append({
      delivery: delivery('altered', { n: 2 }),
      drafts: [draft()],
    })
    expect(second).toMatchObject({ outcome: 'duplicate', sameBody: false })
  })

  it('keeps one order when two processes write at once', async () => {
    const appenders = [newAppender(), newAppender()]
    const work = Array.from({ length: 120 }, async (_, index) => {
      const appender = appenders[index % 2]
      return appender?.append({ delivery: delivery(`two-${String(index)}`), drafts: [draft()] })
    })
    const seqs = (await Promise.all(work)).map((receipt) => receipt?.firstSeq)
    expect(new Set(seqs).size).toBe(120)
    expect(await size()).toBe(before + 120)
  })

  it('gives back what was put in, with sealed values opened', async () => {
    const full: EntryDraft = draft({
      triggering_actor: { type: 'user', id: 2, login: 'hubot' },
      targets: [{ type: 'user', principal: { type: 'user', id: 3, login: 'mona' } }],
      changes: [{ path: 'role', before: 'read', after: 'admin' }],
      reason: personal('on request'),
      ci: { run_id: 5, head_sha: 'a'.repeat(40), inputs: { target: personal('prod') } },
      labels: { rerun: true },
    })
    const { firstSeq } = await newAppender().append({ delivery: delivery('full'), drafts: [full] })
    const [read] = await entriesInRange(database, firstSeq, firstSeq + 1)
    expect(read?.entry).toMatchObject({
      seq: firstSeq,
      action: 'push.created',
      actor: { type: 'user', login: 'octocat' },
      triggering_actor: { login: 'hubot' },
      targets: [{ type: 'user', name: 'mona' }],
      reason: 'on request',
      ci: { inputs: { target: 'prod' } },
      source: { system: 'github', kind: 'webhook', delivery_id: 'full' },
    })
  })

  it('stores any text: NUL, lone surrogates, the key __proto__, and times out of range', async () => {
    const odd = draft({
      occurred_at: '+275760-09-13T00:00:00.000Z',
      actor: { type: 'user', login: 'a\0b\ud800' },
      targets: [{ type: 'branch', id: 'x\0', name: 'x'.repeat(5000) }],
      reason: personal('\0'),
      ci: { inputs: JSON.parse('{"__proto__":"kept"}') as Record<string, string>, run_id: 2 ** 60 },
    })
    const { firstSeq } = await newAppender().append({ delivery: delivery('odd'), drafts: [odd] })
    const [read] = await entriesInRange(database, firstSeq, firstSeq + 1)
    expect(read?.entry.occurred_at).toBe('2026-11-01T10:00:00.000Z')
    expect(Object.keys(read?.entry.ci?.inputs ?? {})).toEqual(['__proto__'])
    expect(await size()).toBe(before + 1)
  })

  it('cuts an entry that no leaf can hold, and says so', async () => {
    const long = draft({
      changes: [{ path: 'x', before: 'y'.repeat(70_000) }],
      labels: { a: true },
    })
    const { firstSeq } = await newAppender().append({ delivery: delivery('long'), drafts: [long] })
    const [read] = await entriesInRange(database, firstSeq, firstSeq + 1)
    expect(read?.entry).toMatchObject({ labels: { truncated: true } })
    expect(read?.entry.changes).toBeUndefined()
  })

  it('queues its evaluation in the same transaction, one job for all that waits', async () => {
    const appender = newAppender()
    for (const guid of ['queued-1', 'queued-2']) {
      await appender.append({ delivery: delivery(guid), drafts: [draft()] })
    }
    const { rows } = await database.pool.query('SELECT key FROM graphile_worker._private_jobs')
    expect(rows).toEqual([{ key: 'evaluate' }])
    const { to } = await nextEvaluation(database, 1_000_000)
    expect(to).toBe(await size())
  })

  describe.each(['before', 'after'] as const)(
    'when the connection fails %s the write',
    (moment) => {
      it('refuses the delivery, and the next try records it once', async () => {
        const failing = newAppender(failingOnce(database, moment))
        const request = { delivery: delivery(`fault-${moment}`), drafts: [draft()] }
        await failing.append({ delivery: delivery(`warm-${moment}`), drafts: [draft()] })
        await expect(failing.append(request)).rejects.toBeInstanceOf(LedgerError)
        const again = await failing.append(request)
        expect(again.outcome).toBe(moment === 'before' ? 'recorded' : 'duplicate')
        expect(await size()).toBe(before + 2)
      })
    },
  )
})

/** A database whose second append loses its connection: before it reached the server, or before its answer did. */
function failingOnce(real: Database, moment: 'before' | 'after'): Database {
  let appends = 0
  const send = real.pool.query.bind(real.pool) as (...given: unknown[]) => Promise<unknown>
  const query = async (...given: unknown[]): Promise<unknown> => {
    const [statement] = given as [{ name?: string }]
    const lost = statement.name === 'log_append' && (appends += 1) === 1
    if (lost && moment === 'before') throw new Error('Connection terminated unexpectedly')
    const answer = await send(...given)
    if (lost) throw new Error('Connection terminated unexpectedly')
    return answer
  }
  const pool = new Proxy(real.pool, {
    get: (target, name) => {
      if (name === 'query') return query
      const member: unknown = Reflect.get(target, name)
      return typeof member === 'function' ? (member.bind(target) as unknown) : member
    },
  })
  return { ...real, pool }
}
