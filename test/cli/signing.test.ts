import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { afterAll, beforeAll, expect, it } from '@jest/globals'

import { Appender, openSigner, readLogKeys, signCheckpoint } from '../../src/ledger/index.js'
import { emptyDataDir } from '../support/data-directory.js'
import { testDatabase, type TestDatabase } from '../support/database.js'
import { delivery, draft } from '../support/deliveries.js'
import { hooktrail, NOW, type Answer } from './terminal.js'

let database: TestDatabase
let directory: string
const keyPath = (): string => path.join(directory, 'log-key.pem')
beforeAll(async () => {
  database = await testDatabase()
  directory = emptyDataDir()
  mkdirSync(directory, { recursive: true })
})
afterAll(() => database.drop())

function ask(args: readonly string[], more: Record<string, string> = {}): Promise<Answer> {
  const env = { DATABASE_URL: database.url, HOOKTRAIL_LOG_KEY_PATH: keyPath(), ...more }
  return hooktrail(args, { env, cwd: directory })
}

/** What doctor says of signing. */
async function doctor(more: Record<string, string> = {}): Promise<string> {
  // Nobody listens there: GitHub is not asked about.
  const { out } = await ask(['doctor', '--json'], { GITHUB_API_URL: 'http://127.0.0.1:9', ...more })
  const { checks } = JSON.parse(out) as {
    checks: { name: string; status: string; message: string }[]
  }
  const signing = checks.filter(
    ({ name, message }) => name === 'signing' && !message.includes('is its owner’s only'),
  )
  return signing.map(({ status, message }) => `${status}: ${message}`).join('\n')
}

async function sign(now: number): Promise<void> {
  const settings = {
    keyPath: keyPath(),
    recordPath: path.join(directory, 'log-signed.json'),
    address: 'log.example',
  }
  await signCheckpoint(await openSigner(database, settings, () => now))
}

async function append(guid: string): Promise<void> {
  await new Appender(database, () => NOW).append({ delivery: delivery(guid), drafts: [draft()] })
}

it('a log that nobody signed yet has no key, no policy and no proofs, and says what to do', async () => {
  await append('one')
  for (const args of [
    ['log', 'key'],
    ['log', 'policy'],
    ['log', 'checkpoint'],
  ]) {
    expect(await ask(args)).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('start Hooktrail once') as unknown,
    })
  }
  expect(await ask(['show', '0', '--proof'])).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('hooktrail doctor says why') as unknown,
  })
  expect(await doctor()).toBe('skipped: the log has not been signed yet')
  expect(await readLogKeys(database.pool)).toEqual([])
})

it('a signed log shows its key and policy, and proves an entry', async () => {
  await sign(NOW)
  const { out: key } = await ask(['log', 'key'])
  expect(key).toMatch(/^log\.example\+[0-9a-f]{8}\+\S+\n$/)
  expect((await ask(['log', 'policy'])).out).toContain(`log ${key}`)
  expect((await ask(['log', 'checkpoint'])).out).toMatch(/^log\.example\n1\n.*\n\n— log\.example /)
  const proof = await ask(['show', '0', '--proof'])
  expect([proof.code, proof.out]).toEqual([
    0,
    expect.stringMatching(/^c2sp\.org\/tlog-proof@v1\nindex 0\n/),
  ])
})

it('doctor says whether the log is signed to its end, and why it would be refused', async () => {
  expect(await doctor()).toBe('ok: signed up to the end: 1 entries')
  await append('two')
  expect(await doctor()).toBe('ok: 1 of 2 entries are signed, a moment ago')
  await sign(NOW - 3_600_000)
  await append('three')
  expect(await doctor()).toBe('warn: 2 of 3 entries are signed')

  const anchor = path.join(directory, 'anchor')
  writeFileSync(anchor, 'hello\n')
  expect(await doctor({ HOOKTRAIL_ANCHOR_FILE: anchor })).toMatch(
    /^fail: .*holds no checkpoint of this log/,
  )
  expect(await doctor({ HOOKTRAIL_LOG_ORIGIN: 'other.example' })).toMatch(
    /^fail: .*rotate --origin/,
  )
})

it('a key file that others read, or that holds something else, signs nothing', async () => {
  const { out } = await ask(['doctor'], { GITHUB_API_URL: 'http://127.0.0.1:9' })
  expect(out).toContain('log-key.pem is its owner’s only; a copy belongs where other keys are kept')
  chmodSync(keyPath(), 0o640)
  expect(await doctor()).toContain('warn: ')
  chmodSync(keyPath(), 0o644)
  expect(await doctor()).toMatch(/^fail: .*can be read or written by everybody\. Run chmod 600/)
  chmodSync(keyPath(), 0o600)
  const elsewhere = path.join(directory, 'elsewhere.pem')
  expect(await doctor({ HOOKTRAIL_LOG_KEY_PATH: elsewhere })).toMatch(
    /^fail: .*every replica needs the same one/,
  )
  writeFileSync(elsewhere, 'secret-that-is-no-key', { mode: 0o600 })
  const said = await doctor({ HOOKTRAIL_LOG_KEY_PATH: elsewhere })
  expect(said).toMatch(/^fail: .*does not hold a private key in PEM form/)
  expect(said).not.toContain('secret-that-is-no-key')
})

it('rotate names the new key, where the old one is, and refuses a name that is none', async () => {
  expect(await ask(['log', 'rotate', '--origin', 'https://x'])).toMatchObject({ code: 2 })
  const why = ['--operator', 'mona', '--reason', 'the laptop was stolen']
  const rotated = await ask(['log', 'rotate', ...why])
  expect([rotated.code, rotated.out]).toEqual([0, expect.stringContaining('signs from size 3 on')])
  const shown = await ask(['show', '3', '--json'])
  expect(JSON.parse(shown.out)).toMatchObject({
    entry: {
      action: 'log_key.rotated',
      actor: { login: 'mona' },
      reason: 'the laptop was stolen',
      labels: { last_size: 2 },
    },
  })
  expect(rotated.out).toContain('The old key is in')
  expect((await ask(['log', 'policy'])).out.match(/^log /gm)).toHaveLength(2)
  expect(
    await ask(['log', 'rotate'], { HOOKTRAIL_LOG_KEY: 'x', HOOKTRAIL_LOG_KEY_PATH: '' }),
  ).toMatchObject({ code: 2 })
})
