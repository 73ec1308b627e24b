import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'

import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals'

import { formatVerifierKey, type VerifierKey } from '../../src/core/merkle/index.js'
import { openWitness } from '../../src/cli/witness/open-witness.js'
import { startWitness, type WitnessServer } from '../../src/cli/witness/witness-server.js'
import { Appender, openSigner, readLogKeys, signCheckpoint } from '../../src/ledger/index.js'
import { watchWitnesses } from '../../src/ledger/checkpoints/watch-witnesses.js'
import { emptyDataDir } from '../support/data-directory.js'
import { silent, testDatabase, type TestDatabase } from '../support/database.js'
import { delivery, draft } from '../support/deliveries.js'
import { hooktrail, NOW } from './terminal.js'

let database: TestDatabase
let directory: string
let witness: WitnessServer & { readonly key: VerifierKey }
let file: string

beforeAll(async () => {
  database = await testDatabase()
  directory = emptyDataDir()
  mkdirSync(directory, { recursive: true })
  file = path.join(directory, 'policy')
  await append('first')
  await sign()
  const logs = (await readLogKeys(database.pool)).map(({ key }) => key)
  const place = { directory: path.join(directory, 'w'), keyFile: undefined, logs, addLogs: false }
  const opened = await openWitness({ ...place, name: 'witness.example' })
  const bind = { host: '127.0.0.1', port: 0 }
  const server = await startWitness({ ...opened, ...place, bind, clock: () => NOW })
  witness = { ...server, key: opened.key }
})
afterAll(async () => {
  await witness.stop()
  await database.drop()
})
beforeEach(() => {
  names(witness.url)
})

/** The policy names the witness at this address. */
function names(url: string, quorum = 'w1'): void {
  writeFileSync(file, `witness w1 ${formatVerifierKey(witness.key)} ${url}\nquorum ${quorum}\n`)
}

function settings(): Parameters<typeof openSigner>[1] {
  return {
    keyPath: path.join(directory, 'log-key.pem'),
    recordPath: path.join(directory, 'log-signed.json'),
    address: 'log.example',
    witnessPolicy: file,
  }
}

async function append(guid: string): Promise<void> {
  await new Appender(database, () => NOW).append({ delivery: delivery(guid), drafts: [draft()] })
}

async function sign(): Promise<void> {
  await signCheckpoint(await openSigner(database, settings(), () => NOW))
}

async function doctor(now = NOW): Promise<string> {
  const env = {
    DATABASE_URL: database.url,
    HOOKTRAIL_LOG_KEY_PATH: settings().keyPath,
    HOOKTRAIL_WITNESS_POLICY: file,
  }
  const { out } = await hooktrail(['doctor', '--json'], { env, cwd: directory, now })
  const { checks } = JSON.parse(out) as {
    checks: { name: string; status: string; message: string }[]
  }
  const about = checks.filter(({ name }) => name === 'witnesses')
  return about.map(({ status, message }) => `${status}: ${message}`).join('\n')
}

async function answering(status: number): Promise<{ url: string; stop: () => void }> {
  const server = createServer((request, response) => {
    request.resume()
    response.writeHead(status).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${String(port)}`, stop: () => server.close() }
}

it('says that a checkpoint waits for its quorum, since when, and what is shown meanwhile', async () => {
  expect(await doctor()).toBe(
    'ok: witness.example answers and cosigns; no cosignature of it was kept so far\n' +
      'ok: of 1 signed entries 0 are shown: the quorum “w1” has not cosigned the newest checkpoint yet; it waits for a moment only',
  )
  expect(await doctor(NOW + 120_000)).toContain('fail: of 1 signed entries 0 are shown')
  await append('second')
  const later = { ...settings(), witnessPolicy: file }
  await signCheckpoint(await openSigner(database, later, () => NOW + 180_000))
  expect(await doctor(NOW + 180_000)).toMatch(/fail: of 2 signed entries 0 are shown.*, for 3 min/)
})

it('names the last cosignature that was kept, its age, and the quorum that is reached', async () => {
  const appender = new Appender(database, () => NOW)
  const parts = { database, appender, settings: settings(), log: silent, clock: () => NOW }
  await (await watchWitnesses(parts)).push()
  expect(await doctor(NOW + 600_000)).toBe(
    'ok: witness.example answers and cosigns; its last one is over 2 entries, 10 min ago\n' +
      'ok: the quorum “w1” has cosigned all 2 signed entries',
  )
})

it.each([
  [403, 'does not know the key that signs this log (403)'],
  [404, 'does not witness this log, or its URL is wrong (404)'],
  [422, 'does not contain the tree that it cosigned before (422)'],
  [500, 'answers 500'],
])('says what is wrong when a witness answers %s', async (status, what) => {
  const { url, stop } = await answering(status)
  names(url)
  const said = await doctor()
  expect(said).toMatch(/^warn: witness\.example \(http:\/\/127/)
  expect(said).toContain(what)
  stop()
})

it('says why a witness cannot be reached, and that a policy is none', async () => {
  const { url, stop } = await answering(200)
  stop()
  names(url)
  expect(await doctor()).toMatch(/cannot be reached.*ECONNREFUSED/)
  names(witness.url, 'w2')
  expect(await doctor()).toMatch(
    /^fail: HOOKTRAIL_WITNESS_POLICY names .*no line before it defines/,
  )
  names('ftp://witness.example')
  expect(await doctor()).toMatch(/^fail: The witness w1 .*no http or https URL/)
})

it('says that no quorum is asked for', async () => {
  names(witness.url, 'none')
  expect(await doctor()).toContain('ok: the policy asks for no quorum')
})
