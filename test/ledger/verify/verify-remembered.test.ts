import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'

import {
  Appender,
  verifyLog,
  verifyRemembered,
  type RememberedReport,
} from '../../../src/ledger/index.js'
import { testDatabase, type TestDatabase } from '../../support/database.js'
import { delivery, draft } from '../../support/deliveries.js'

/** More than one range of 2048 entries. */
const ENTRIES = 2500
const folder = mkdtempSync(join(tmpdir(), 'hooktrail-verified-'))
const file = join(folder, 'verified.json')

let database: TestDatabase
let appended = 0

beforeAll(async () => {
  database = await testDatabase()
  await append(ENTRIES / 50)
})
afterAll(async () => {
  await database.drop()
  rmSync(folder, { recursive: true })
})
beforeEach(() => {
  rmSync(file, { force: true })
})

/** Deliveries of 50 entries each. */
async function append(deliveries: number): Promise<void> {
  const appender = new Appender(database, () => Date.UTC(2026, 10, 1))
  for (let index = 0; index < deliveries; index += 1) {
    const drafts = Array.from({ length: 50 }, () => draft())
    await appender.append({ delivery: delivery(`guid-${String(appended)}`), drafts })
    appended += 1
  }
}

/** A clock on which a second passes between two looks. */
function clock(): () => number {
  let now = Date.UTC(2026, 10, 2)
  return () => (now += 1000)
}

function verify(
  over: Partial<Parameters<typeof verifyRemembered>[1]> = {},
): Promise<RememberedReport> {
  const usual = {
    file,
    level: 'everything',
    incremental: false,
    restart: false,
    now: clock(),
  } as const
  return verifyRemembered(database, { ...usual, ...over })
}

async function asOwner(sql: string): Promise<void> {
  const tables = ['log_entry', 'log_state', 'log_node', 'log_opening', 'delivery', 'delivery_body']
  const off = tables.map(
    (table) => `GRANT ALL ON ${table} TO CURRENT_USER; ALTER TABLE ${table} DISABLE TRIGGER USER;`,
  )
  await database.pool.query(`${off.join('')} ${sql}`)
}

describe('verifying with a memory outside of the database', () => {
  it('reads only what was appended since, and gives the same root', async () => {
    const first = await verify()
    await append(3)
    const second = await verify({ incremental: true })
    expect(second).toMatchObject({
      since: { size: first.size },
      problems: [],
      size: first.size + 150,
    })
    expect(second.from).toBe(first.size - (first.size % 256))
    expect(second.checked.entries).toBe(second.size - second.from)
    expect(second.root).toBe((await verifyLog(database)).root)
  })

  it('knows that everything includes the tree, and not the other way round', async () => {
    await verify({ level: 'tree' })
    expect((await verify({ incremental: true })).since).toBeUndefined()
    expect((await verify({ level: 'tree', incremental: true })).since).toBeDefined()
  })

  it('goes on where one was ended, and finds the same', async () => {
    const stop = new AbortController()
    const ended = verify({
      signal: stop.signal,
      onProgress: () => {
        stop.abort()
      },
    })
    await expect(ended).rejects.toThrow()
    const again = await verify()
    expect(again.resumedAt).toBe(2048)
    expect(again).toMatchObject({ problems: [], checked: { entries: again.size } })
    expect(again.root).toBe((await verifyLog(database)).root)
  })

  it('begins anew when asked to', async () => {
    const stop = new AbortController()
    await expect(
      verify({
        signal: stop.signal,
        onProgress: () => {
          stop.abort()
        },
      }),
    ).rejects.toThrow()
    expect((await verify({ restart: true })).resumedAt).toBeUndefined()
  })

  it('finds a root that is not the one that was noted, at any size', async () => {
    const { size } = await verify()
    const root = '0'.repeat(64)
    for (const at of [1, 256, 2049, size]) {
      const { problems } = await verify({ pins: [{ size: at, root, from: 'a note' }] })
      expect(problems).toEqual([
        expect.objectContaining({
          where: 'pin',
          what: expect.stringContaining(`first ${String(at)} entries`),
        }),
      ])
    }
  })

  it('does not remember a log that is not whole', async () => {
    await verify()
    const before = readFileSync(file, 'utf8')
    await verify({ pins: [{ size: 9, root: '', from: 'a note' }] })
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  it('says so when the file cannot be understood, and when it cannot be written', async () => {
    writeFileSync(file, '{"verified":{"tree":{"size":"x"}}}')
    await expect(verify()).rejects.toThrow(/cannot be understood/)
    expect((await verify({ file: join(folder, 'no', 'where.json') })).notRemembered).toMatch(
      /ENOENT/,
    )
  })

  it('finds that the tail was cut off so that nothing else shows it', async () => {
    const { size } = await verify()
    // The state as it was 50 entries ago, and nothing left of what came after: a backup that was restored.
    const cut = size - 50
    const older = await testDatabase()
    const appender = new Appender(older, () => Date.UTC(2026, 10, 1))
    await appender.append({ delivery: delivery('only'), drafts: [draft()] })
    const restored = await verifyRemembered(older, {
      file,
      level: 'everything',
      incremental: true,
      restart: false,
      now: clock(),
    })
    expect(restored.problems[0]).toMatchObject({
      where: 'pin',
      what: expect.stringMatching(/end was taken away, or an older backup/),
    })
    await older.drop()
    await asOwner(`DELETE FROM log_entry WHERE seq >= ${String(cut)}; DELETE FROM log_opening WHERE seq >= ${String(cut)};
      DELETE FROM delivery WHERE first_seq >= ${String(cut)}; DELETE FROM delivery_body WHERE first_seq >= ${String(cut)};`)
    const { problems } = await verify()
    expect(problems.map(({ what }) => what)).toContain('the entry is missing')
  })
})
