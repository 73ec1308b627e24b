import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { z } from 'zod'

import { Appender } from '../../src/ledger/index.js'
import { addJobs } from '../../src/platform/index.js'
import { emptyDatabase, testDatabase, type TestDatabase } from '../support/database.js'
import { delivery, draft } from '../support/deliveries.js'
import { hooktrail, NOW, type Answer } from './terminal.js'

let database: TestDatabase
const folder = mkdtempSync(join(tmpdir(), 'hooktrail-verified-'))

beforeAll(async () => {
  database = await testDatabase()
  const appender = new Appender(database, () => NOW)
  await appender.append({ delivery: delivery('one'), drafts: [draft(), draft()] })
})

afterAll(async () => {
  await database.drop()
  rmSync(folder, { recursive: true })
})

function ask(args: readonly string[], columns?: number): Promise<Answer> {
  const env = { DATABASE_URL: database.url, HOOKTRAIL_VERIFIED_FILE: join(folder, 'verified.json') }
  return hooktrail(args, columns === undefined ? { env } : { env, columns })
}

describe('hooktrail verify', () => {
  it('says that the log is whole, how much it checked, and the root to note', async () => {
    const { code, out, err } = await ask(['verify'])
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^The log is whole\.\nchecked {4}2 entries, \d+ openings/)
    expect(out).toMatch(/\nsize {7}2\nroot hash {2}[0-9a-f]{64}\n$/)
  })

  it('shows its progress to a person', async () => {
    expect((await ask(['verify'], 80)).err).toContain('\r')
  })

  it('gives JSON', async () => {
    const { out } = await ask(['verify', '--json'])
    expect(JSON.parse(out)).toMatchObject({ ok: true, size: 2, problems: [] })
  })

  it('exits with 1 and names the entry when something was changed behind its back', async () => {
    const own = await testDatabase()
    const appender = new Appender(own, () => NOW)
    await appender.append({ delivery: delivery('one'), drafts: [draft(), draft()] })
    await own.pool.query(`
      ALTER TABLE log_entry DISABLE TRIGGER ALL;
      GRANT UPDATE ON log_entry TO CURRENT_USER;
      UPDATE log_entry SET action = 'push.forced' WHERE seq = 1`)
    const env = { DATABASE_URL: own.url, HOOKTRAIL_VERIFIED_FILE: join(folder, 'own.json') }
    const { code, out } = await hooktrail(['verify'], { env })
    expect(code).toBe(1)
    expect(out).toMatch(/^The log is NOT whole: 1 problem\./)
    expect(out).toContain('entry 1, log_entry: column action differs from the leaf')
    const json = await hooktrail(['verify', '--json'], { env })
    expect(json.code).toBe(1)
    expect(JSON.parse(json.out)).toMatchObject({ ok: false, problems: [{ seq: 1 }] })
    const doctor = await hooktrail(['doctor'], { env })
    expect(doctor.code).toBe(1)
    expect(doctor.out).toMatch(/fail +log +.*append_only on log_entry/)
    await own.drop()
  })
})

describe('hooktrail jobs', () => {
  const listed = z.object({ failed: z.array(z.object({ id: z.string(), key: z.string() })) })

  async function failedIds(): Promise<string[]> {
    const { out } = await ask(['jobs', '--failed', '--json'])
    return listed.parse(JSON.parse(out)).failed.map(({ id }) => id)
  }

  beforeAll(async () => {
    const keys = ['first', 'second', 'third']
    await addJobs(
      database,
      'report',
      keys.map((key) => ({ payload: {}, key, delayMs: 0 })),
    )
    await database.pool.query(`
      UPDATE graphile_worker._private_jobs SET attempts = max_attempts, last_error = E'\\u001b[31mno\\nat x'
      WHERE key IN ('first', 'second')`)
  })

  it('counts the queue and lists what failed for good', async () => {
    const { code, out } = await ask(['jobs', '--utc'])
    expect(code).toBe(0)
    expect(out).toMatch(/\d ready, 0 waiting, 0 running, 2 failed\n\n *id /)
    expect(out).toMatch(/21 {2}report {2}second {2}\\u\{1b\}\[31mno\n/)
    expect(JSON.parse((await ask(['jobs', '--json'])).out)).toMatchObject({ queue: { failed: 2 } })
  })

  it('tries named ones again, and says when one is not on the list', async () => {
    const [id = ''] = await failedIds()
    expect(await ask(['jobs', 'retry', id])).toMatchObject({
      code: 0,
      out: '1 job to be tried again.\n',
    })
    const again = await ask(['jobs', 'retry', id])
    expect(again).toMatchObject({ code: 1, out: '0 jobs to be tried again.\n' })
    expect(again.err).toContain('not on the list')
  })

  it('tries all again', async () => {
    expect((await ask(['jobs', 'retry', '--all'])).out).toBe('1 job to be tried again.\n')
    expect(await failedIds()).toEqual([])
    expect((await ask(['jobs', '--failed'])).err).toBe('No job failed for good.\n')
  })

  it('wants to be told which', async () => {
    for (const args of [[], ['--all', '1'], ['x']]) {
      expect((await ask(['jobs', 'retry', ...args])).code).toBe(2)
    }
  })
})

describe('hooktrail migrate', () => {
  it('says what is to be done, does it, and has nothing left to do', async () => {
    const own = await emptyDatabase()
    const env = { DATABASE_URL: own.url }
    const before = await hooktrail(['migrate', '--status'], { env })
    expect(before).toMatchObject({ code: 1, out: expect.stringMatching(/^pending {2}0001_log\n/) })
    const early = await hooktrail(['search'], { env })
    expect(early).toMatchObject({ code: 3, err: expect.stringContaining('hooktrail migrate') })
    const doctor = await hooktrail(['doctor'], { env })
    expect(doctor.out).toMatch(/fail +database +the schema is not up to date: 0001_log/)
    const applied = await hooktrail(['migrate'], { env })
    expect(applied).toMatchObject({ code: 0, out: expect.stringMatching(/^applied {2}0001_log\n/) })
    expect((await hooktrail(['migrate'], { env })).out).toBe('The schema is up to date.\n')
    expect((await hooktrail(['migrate', '--status'], { env })).code).toBe(0)
    await own.drop()
  })
})

describe('what goes wrong', () => {
  it('is a usage error where the command line cannot be meant', async () => {
    for (const args of [['serch'], ['search', '--limit', '0'], ['show'], ['tail', '-n', '5000']]) {
      const { code, out, err } = await ask(args)
      expect([code, out]).toEqual([2, ''])
      expect(err).not.toBe('')
    }
  })

  it('is help without a command, and with one that is asked for', async () => {
    expect(await hooktrail([])).toMatchObject({ code: 2, out: '' })
    const help = await hooktrail(['help', 'search'])
    expect(help).toMatchObject({ code: 0, out: expect.stringContaining('Examples:') })
    expect((await hooktrail(['--version'])).out).toMatch(/^\d+\.\d+\.\d+/)
  })

  it('is a refused setting, and only one that the command uses', async () => {
    const env = { DATABASE_URL: 'mysql://x', PORT: 'x', NODE_ENV: 'production' }
    const { code, err } = await hooktrail(['search'], { env })
    expect(code).toBe(2)
    expect(err).toContain('DATABASE_URL is not')
    expect(err).not.toMatch(/PORT|APP_ID|WEBHOOK/)
  })

  it('is a database that is away, without its password in the message', async () => {
    const env = { DATABASE_URL: 'postgresql://me:hunter2hunter2@127.0.0.1:1/log' }
    const { code, err } = await hooktrail(['search'], { env })
    expect(code).toBe(3)
    expect(err).toMatch(/^hooktrail: Nothing answers at 127.0.0.1:1/)
    expect(err).not.toMatch(/hunter2|\n +at /)
  })

  it('is a place without a log, and none is made there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hooktrail-cli-'))
    const { code, err } = await hooktrail(['search'], { cwd: folder })
    expect(code).toBe(3)
    expect(err).toContain(`There is no log in ${folder}/.hooktrail.`)
    rmSync(folder, { recursive: true })
  })
})
