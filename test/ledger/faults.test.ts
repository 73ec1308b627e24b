import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { PoolClient } from 'pg'

import { parseCheckpoint, readRoot, toBase64 } from '../../src/core/merkle/index.js'
import type { Receipt } from '../../src/core/domain/index.js'
import {
  Appender,
  latestCheckpoint,
  logSize,
  signCheckpoint,
  tileReader,
  verifyLog,
  type AppendRequest,
  type SignerParts,
} from '../../src/ledger/index.js'
import { testDatabase, type TestDatabase } from '../support/database.js'
import { delivery, draft } from '../support/deliveries.js'
import { behindFaults, Faults, prismaBehindFaults, type Fault } from '../support/faulty-database.js'
import { logKey, memoryRecord, signerOf } from '../support/signer.js'

const NOW = Date.UTC(2026, 10, 1)
let database: TestDatabase
let sent = 0
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

function request(): AppendRequest {
  sent += 1
  return { delivery: delivery(`d${String(sent)}`), drafts: [draft(), draft()] }
}

interface Appended {
  readonly steps: readonly string[]
  /** Size of the log. */
  readonly before: number
  readonly receipts: readonly PromiseSettledResult<Receipt>[]
  readonly again: readonly Receipt[]
}

/** Both faults of each of so many steps. */
function faultsOf(steps: number): Fault[] {
  return Array.from({ length: steps }, (_, at) => [
    { at, when: 'before' as const },
    { at, when: 'after' as const },
  ]).flat()
}

describe('a connection that is lost while entries are appended', () => {
  for (const [way, isLocked] of [
    ['under the lock', true],
    ['in one statement', false],
  ] as const) {
    it(`neither skips nor reuses a number, at any step ${way}`, async () => {
      const { steps } = await appendWith(undefined, isLocked)
      expect(steps.join('\n')).toContain('log_append')
      expect(steps.includes('COMMIT')).toBe(isLocked)
      for (const fault of faultsOf(steps.length)) {
        const { before, receipts, again } = await appendWith(fault, isLocked)
        // Nobody was told that a delivery is safe, whether it is or not: the sender sends it again, and it is there once.
        for (const { status } of receipts) expect(status).toBe('rejected')
        expect(again.slice(0, 3).map(({ firstSeq }) => firstSeq)).toEqual([
          before,
          before + 2,
          before + 4,
        ])
        expect(await logSize(database)).toBe(before + 6)
      }
      expect((await verifyLog(database)).problems).toEqual([])
    })
  }

  /** Appends through the fault, and then, as GitHub's “redeliver”, once more without. */
  async function appendWith(fault: Fault | undefined, isLocked: boolean): Promise<Appended> {
    const faults = new Faults(fault)
    const real = { current: database.pool }
    const broken = behindFaults(database, faults)
    const appender = new Appender(
      {
        ...database,
        get pool() {
          return real.current
        },
      },
      () => NOW,
    )
    // It knows the people and the right edge of the tree from here on.
    await appender.append(request())
    const before = await logSize(database)
    const batch = [request(), request(), request()]
    // A delivery that comes twice at once is left to the lock.
    const all = isLocked ? [...batch, ...batch.slice(0, 1)] : batch
    real.current = broken.pool
    const receipts = await Promise.allSettled(all.map((one) => appender.append(one)))
    real.current = database.pool
    const again = await Promise.all(all.map((one) => appender.append(one)))
    return { steps: faults.steps, before, receipts, again }
  }
})

describe('a connection that is lost while somebody is learnt', () => {
  const octocat = (login: string, id: number): AppendRequest => ({
    ...request(),
    drafts: [draft({ actor: { type: 'user', id, login } })],
  })
  const rowsOf = async (id: number): Promise<{ id: string; login: string }[]> => {
    const asked = 'SELECT id::text, login FROM subject WHERE key = $1'
    return (await database.pool.query<{ id: string; login: string }>(asked, [String(id)])).rows
  }

  it.each(['before', 'after'] as const)(
    'appends nothing (%s the write), and gives one id to a person afterwards, with the newest name',
    async (when) => {
      const person = when === 'before' ? 4711 : 4712
      const known = { prisma: database.prisma }
      const appender = new Appender(
        {
          ...database,
          get prisma() {
            return known.prisma
          },
        },
        () => NOW,
      )
      let id: string | undefined
      for (const login of ['mona', 'mona-lisa']) {
        const size = await logSize(database)
        const faults = new Faults({ at: 0, when })
        known.prisma = prismaBehindFaults(database, faults).prisma
        const append = octocat(login, person)
        await expect(appender.append(append)).rejects.toMatchObject({ code: 'unavailable' })
        expect(faults.steps).toEqual([expect.stringMatching(/^INSERT INTO subject/)])
        expect(await logSize(database)).toBe(size)
        known.prisma = database.prisma
        const { firstSeq } = await appender.append(append)
        expect(firstSeq).toBe(size)
        const rows = await rowsOf(person)
        expect(rows).toEqual([{ id: id ?? expect.any(String), login }])
        id = rows[0]?.id
        const entry = await database.pool.query('SELECT actor FROM log_entry WHERE seq = $1', [
          size,
        ])
        expect(entry.rows).toEqual([{ actor: id }])
      }
      expect((await verifyLog(database)).problems).toEqual([])
    },
  )
})

describe('a fault while a checkpoint is signed', () => {
  it('lets no signature out for a tree that is not committed, nor a second root for a size, at any step', async () => {
    const signatures: string[] = []
    const record = memoryRecord()
    const key = logKey()
    const sign = (message: Uint8Array): Uint8Array => {
      const { origin, size, root } = parseCheckpoint(new TextDecoder().decode(message))
      // What is signed is on record before it is.
      expect(record.heads.get(origin)).toEqual({ size, root: toBase64(root) })
      signatures.push(`${String(size)} ${toBase64(root)}`)
      return key.sign(message)
    }
    const signer = signerOf(database, { key: { ...key, sign }, record })
    const appender = new Appender(database, () => NOW)
    const grow = (): Promise<Receipt> => appender.append(request())
    await signCheckpoint(signer)
    await grow()
    const counted = new Faults()
    await signCheckpoint(through(signer, counted))
    expect(counted.steps).toEqual(expect.arrayContaining(['record', 'COMMIT']))
    for (const fault of faultsOf(counted.steps.length)) {
      await grow()
      const faults = new Faults(fault)
      const wasLost = await signCheckpoint(through(signer, faults)).then(() => undefined, String)
      expect(wasLost).toContain('the connection was lost')
      expect(await signCheckpoint(signer)).toMatchObject({ size: await logSize(database) })
      expect((await latestCheckpoint(database.pool))?.size).toBe(await logSize(database))
    }
    const size = await logSize(database)
    for (const signature of new Set(signatures)) {
      const [at = '', root] = signature.split(' ')
      expect(toBase64(await readRoot(Number(at), size, tileReader(database.pool)))).toBe(root)
    }
    expect((await verifyLog(database)).problems).toEqual([])
  })

  it('does not look at a tree whose commit is under way and then fails', async () => {
    const other = await testDatabase()
    const own = signerOf(other)
    const appender = new Appender(other, () => NOW)
    await appender.append(request())
    const client = await other.pool.connect()
    await client.query('BEGIN')
    const uncommitted = new Appender(
      {
        ...other,
        pool: {
          connect: () => Promise.resolve(inside(client)),
          query: client.query.bind(client),
        } as never,
      },
      () => NOW,
    )
    await uncommitted.append(request())
    expect(await signCheckpoint(own)).toEqual({ outcome: 'signed', size: 2 })
    await client.query('ROLLBACK')
    client.release()
    await appender.append(request())
    expect(await signCheckpoint(own)).toEqual({ outcome: 'signed', size: 4 })
    await other.drop()
  })
})

/** A connection whose transaction somebody else ends. */
function inside(client: PoolClient): object {
  const isEnding = (text: unknown): boolean => text === 'BEGIN' || text === 'COMMIT'
  return {
    query: (query: string, values?: unknown[]): Promise<unknown> =>
      isEnding(query) ? Promise.resolve() : client.query(query, values),
    release: () => undefined,
  }
}

function through(signer: SignerParts, faults: Faults): SignerParts {
  const { record } = signer
  return {
    ...signer,
    database: behindFaults(signer.database, faults),
    record: {
      read: (origin) => record.read(origin),
      write: (origin, head) => faults.step('record', () => record.write(origin, head)),
    },
  }
}
