import { randomUUID } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'

import type { Delivery } from '../../../src/core/domain/index.js'
import { buildBatch } from '../../../src/ledger/build-batch.js'
import { nextEvaluation } from '../../../src/ledger/evaluation.js'
import { leafColumns } from '../../../src/ledger/leaf-columns.js'
import type { SealedDelivery } from '../../../src/ledger/seal-delivery.js'
import { SUPERUSER } from '../../../src/platform/postgres/cluster.js'
import { testDatabase, type TestDatabase } from '../../support/database.js'

/** SQLSTATE of our triggers, and of a missing grant. */
const REFUSED = 'HT002'
const NO_GRANT = '42501'

let database: TestDatabase
let superuser: pg.Client
beforeAll(async () => {
  database = await testDatabase()
  superuser = new pg.Client({ ...database.connection, user: SUPERUSER })
  await superuser.connect()
  await superuser.query("INSERT INTO log_node VALUES (1, 0, decode(repeat('00', 32), 'hex'))")
})
afterAll(async () => {
  await superuser.end()
  await database.drop()
})

interface Batch {
  readonly at: number
  readonly guids: readonly string[]
}

/** Appends one entry for each delivery, as the ledger does, with hashes that are none. */
async function append({ at, guids }: Batch): Promise<void> {
  const hashes = Array.from({ length: bitsSet(at) }, () => Buffer.alloc(32))
  const { arguments: values } = buildBatch(guids.map(sealed), { size: at, hashes })
  const lengths = values.map((_, index) => `$${String(index + 1)}`)
  await database.pool.query(`SELECT log_append(${lengths.join(', ')})`, [...values])
}

function sealed(guid: string): SealedDelivery {
  const delivery: Delivery = {
    ...{ host: 'github.com', guid, event: 'push', kind: 'webhook', payload: {}, headers: {} },
    ...{ body: Buffer.from('body'), receivedAt: Date.parse(TIME) },
  }
  const columns = leafColumns({
    ...{ id: randomUUID(), occurred_at: TIME, recorded_at: TIME, action: 'git.push' },
    ...{ category: 'code', operation: 'modify', outcome: 'success', severity: 0 },
    ...{ actor: { type: 'bot' }, source: { kind: 'webhook', event: 'push' } },
  })
  const openings = [{ subject: NOBODY, bytes: Buffer.from('open'), words: 'word' }]
  const leaf = { bytes: Buffer.from('leaf'), hash: Buffer.alloc(32), columns, openings }
  const bytes = { bodySha256: Buffer.alloc(32), deflated: Buffer.from('body') }
  return { delivery, installationId: undefined, ...bytes, leaves: [leaf] }
}

function bitsSet(size: number): number {
  return size.toString(2).replaceAll('0', '').length
}

const TIME = '2026-11-22T04:00:00.123Z'
const NOBODY = '00000000-0000-0000-0000-000000000000'

async function size(): Promise<string | undefined> {
  const { rows } = await database.pool.query<{ size: string }>('SELECT size FROM log_state')
  return rows[0]?.size
}

describe('log_append', () => {
  it('writes the whole batch, and the job that looks at it', async () => {
    await append({ at: 0, guids: ['first', 'second'] })
    expect(await size()).toBe('2')
    const { rows } = await database.pool.query(
      `SELECT seq::int, guid, encode(leaf, 'escape') AS leaf, flags, encode(b.body, 'escape') AS body
       FROM log_entry JOIN delivery d ON d.first_seq = delivery JOIN delivery_body b USING (first_seq) ORDER BY seq`,
    )
    expect(rows).toEqual([
      { seq: 0, guid: 'first', leaf: 'leaf', flags: ['bot'], body: 'body' },
      { seq: 1, guid: 'second', leaf: 'leaf', flags: ['bot'], body: 'body' },
    ])
    const jobs = await database.pool.query<{ task_identifier: string }>(
      'SELECT task_identifier FROM graphile_worker.jobs',
    )
    expect(jobs.rows).toEqual([{ task_identifier: 'evaluate' }])
  })

  it('raises HT001 when another writer was first, and writes nothing', async () => {
    await expect(append({ at: 0, guids: ['third'] })).rejects.toMatchObject({ code: 'HT001' })
    expect(await size()).toBe('2')
  })

  it('raises a unique violation when a delivery is there already, and writes nothing of the batch', async () => {
    await expect(append({ at: 2, guids: ['third', 'second'] })).rejects.toMatchObject({
      code: '23505',
      constraint: 'delivery_host_guid_key',
    })
    expect(await size()).toBe('2')
  })
})

describe('the job that log_append queues', () => {
  const waiting = async (): Promise<unknown> => {
    const { rows } = await database.pool.query<{ waiting: number }>(
      'SELECT count(*)::int AS waiting FROM graphile_worker.jobs WHERE locked_at IS NULL',
    )
    return rows[0]?.waiting
  }

  it('is not queued again while it waits', async () => {
    await append({ at: 2, guids: ['while one waits'] })
    expect(await waiting()).toBe(1)
  })

  it('is queued again once a process took it, which may have read the size before', async () => {
    await database.pool.query('UPDATE graphile_worker._private_jobs SET locked_at = now()')
    await append({ at: 3, guids: ['while one runs'] })
    expect(await waiting()).toBe(1)
  })

  it('sees the append that let it be: it waits for one under way', async () => {
    const client = await database.pool.connect()
    await client.query('BEGIN')
    await client.query("UPDATE log_state SET size = 5, frontier = decode(repeat('00', 64), 'hex')")
    const evaluation = nextEvaluation(database, 1000)
    while (!(await somebodyWaits())) continue
    await client.query('COMMIT')
    client.release()
    expect(await evaluation).toEqual({ from: 0, to: 5 })
  })
})

async function somebodyWaits(): Promise<boolean> {
  const { rowCount } = await superuser.query(
    "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%log_evaluation%'",
  )
  return rowCount === 1
}

describe('what is in the log', () => {
  it.each([
    [
      'log_entry',
      "UPDATE log_entry SET action = 'x'",
      'DELETE FROM log_entry',
      'TRUNCATE log_entry',
    ],
    ['log_node', 'UPDATE log_node SET level = 2', 'DELETE FROM log_node', 'TRUNCATE log_node'],
    ['delivery', "UPDATE delivery SET guid = 'x'", 'DELETE FROM delivery', 'TRUNCATE delivery'],
    ['log_opening', "UPDATE log_opening SET words = ''", 'TRUNCATE log_opening'],
    ['log_state', 'DELETE FROM log_state', 'TRUNCATE log_state'],
    ['delivery_body', "UPDATE delivery_body SET body = ''"],
  ])(
    'stays in %s, for the role by grant and for a superuser by trigger',
    async (_table, ...changes) => {
      for (const change of changes) {
        await expect(database.pool.query(change)).rejects.toMatchObject({ code: NO_GRANT })
        await expect(superuser.query(change)).rejects.toMatchObject({ code: REFUSED })
      }
    },
  )

  it('never gets smaller', async () => {
    const shrinking = 'UPDATE log_state SET size = size'
    await expect(database.pool.query(shrinking)).rejects.toMatchObject({ code: REFUSED })
  })

  it('may lose what opens it and the raw bodies, which erasure and retention remove', async () => {
    await database.pool.query('DELETE FROM log_opening')
    await database.pool.query('DELETE FROM delivery_body')
    expect(await size()).toBe('5')
  })
})
