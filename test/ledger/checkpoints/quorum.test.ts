import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from '@jest/globals'

import {
  formatSignature,
  formatVerifierKey,
  parseAddCheckpoint,
  parseNote,
  parsePolicy,
  verifyNote,
  type TrustPolicy,
  type VerifierKey,
} from '../../../src/core/merkle/index.js'
import { openWitness } from '../../../src/cli/witness/open-witness.js'
import { startWitness, type WitnessServer } from '../../../src/cli/witness/witness-server.js'
import {
  Appender,
  latestCheckpoint,
  publishedSize,
  readLogKeys,
  readProofFile,
  signCheckpoint,
  verifyLog,
  type SignerParts,
} from '../../../src/ledger/index.js'
import { storeCosignature } from '../../../src/ledger/checkpoints/cosignatures.js'
import { postToWitness } from '../../../src/ledger/checkpoints/post-to-witness.js'
import { watchWitnesses } from '../../../src/ledger/checkpoints/watch-witnesses.js'
import { Witnesses } from '../../../src/ledger/checkpoints/witnesses.js'
import { silent, testDatabase, type TestDatabase } from '../../support/database.js'
import { delivery, draft } from '../../support/deliveries.js'
import { behindFaults, Faults, type Fault } from '../../support/faulty-database.js'
import { signerOf } from '../../support/signer.js'

type Running = WitnessServer & { readonly key: VerifierKey }

const post = postToWitness(new AbortController().signal)

let now: number
let database: TestDatabase
/** One whose settings name witnesses, and one without. */
let signer: SignerParts
let plain: SignerParts
let directory: string
let one: Running
let two: Running
let policy: TrustPolicy
/** Which of them answer, and what is asked of them. */
let up: Set<string>
let held: Map<string, () => void>
let asked: string[]
let errors: unknown[]
let appended = 0

beforeEach(async () => {
  now = Date.UTC(2026, 10, 1, 12)
  directory = await mkdtemp(join(tmpdir(), 'hooktrail-quorum-'))
  database = await testDatabase()
  plain = signerOf(database, { clock: () => now })
  signer = { ...plain, settings: { ...plain.settings, witnessPolicy: '/its/policy' } }
  await signCheckpoint(plain)
  one = await run('one')
  two = await run('two')
  const lines = [one, two].map(
    ({ key, url }, at) => `witness w${String(at)} ${formatVerifierKey(key)} ${url}`,
  )
  policy = parsePolicy([...lines, 'group both all w0 w1', 'quorum both', ''].join('\n'))
  up = new Set([one.url, two.url])
  held = new Map()
  asked = []
  errors = []
})
afterEach(async () => {
  await one.stop()
  await two.stop()
  await database.drop()
  await rm(directory, { recursive: true })
})

async function run(name: string): Promise<Running> {
  const logs = (await readLogKeys(database.pool)).map(({ key }) => key)
  const place = { directory: join(directory, name), keyFile: undefined, logs, addLogs: false }
  const opened = await openWitness({ ...place, name: `witness.example/${name}` })
  const bind = { host: '127.0.0.1', port: 0 }
  const server = await startWitness({ ...opened, ...place, bind, clock: () => now })
  return { ...server, key: opened.key }
}

async function grow(by = signer): Promise<void> {
  appended += 1
  await new Appender(database, () => now).append({
    delivery: delivery(`q${String(appended)}`),
    drafts: [draft(), draft()],
  })
  await signCheckpoint(by)
}

function both(through: Pick<TestDatabase, 'pool'> = database): Witnesses {
  return new Witnesses({
    database: through,
    witnesses: [one, two],
    policy,
    post: async (url, body) => {
      const witness = [one, two].find((running) => url.startsWith(running.url))?.url ?? ''
      if (!up.has(witness)) throw new Error('down')
      asked.push(`${witness} ${sizeIn(body)}`)
      if (held.has(witness)) await new Promise<void>((resolve) => held.set(witness, resolve))
      return post(url, body)
    },
    clock: () => now,
    onChange: () => Promise.resolve(),
    onError: (error) => errors.push(error),
  })
}

function sizeIn(body: string): string {
  return parseAddCheckpoint(body).checkpoint.split('\n')[1] ?? ''
}

async function shown(): Promise<readonly [number, number]> {
  const latest = await latestCheckpoint(database.pool)
  const cosigned = verifyNote(parseNote(latest?.note ?? ''), [one.key, two.key])
  return [latest?.size ?? -1, cosigned.length]
}

it('a checkpoint is shown when both witnesses of the quorum have cosigned it, and the one before is until then', async () => {
  const witnesses = both()
  await grow()
  expect(await shown()).toEqual([0, 0])
  await witnesses.push()
  expect(await shown()).toEqual([2, 2])
  up.delete(two.url)
  await grow()
  await witnesses.push()
  expect(await shown()).toEqual([2, 2])
  expect(await publishedSize(database.pool)).toBe(2)
  expect(await readProofFile(database, 2)).toBeUndefined()
  up.add(two.url)
  now += 30_000
  await witnesses.push()
  expect(await shown()).toEqual([4, 2])
  expect(errors).toEqual([])
})

it('a slow one is waited for with the same checkpoint, while the log grows', async () => {
  const witnesses = both()
  await grow()
  held.set(two.url, () => undefined)
  const first = witnesses.push()
  while (asked.length < 2) await new Promise(setImmediate)
  await grow()
  await witnesses.push()
  expect(asked.filter((line) => line.startsWith(one.url))).toEqual([`${one.url} 2`])
  const release = held.get(two.url)
  held.clear()
  release?.()
  await first
  expect(await shown()).toEqual([2, 2])
  await witnesses.push()
  expect(await shown()).toEqual([4, 2])
})

it('what was shown stays, although a new policy asks for more than it has', async () => {
  await grow(plain)
  expect(await shown()).toEqual([2, 0])
  up.delete(two.url)
  await both().push()
  await grow()
  await both().push()
  expect(await shown()).toEqual([2, 1])
})

/** The first witness cosigned the newest checkpoint, and the second brings the quorum: over a connection that is lost. */
async function reachQuorum(
  fault?: Fault,
): Promise<{ readonly steps: readonly string[]; readonly shown: readonly [number, number] }> {
  const faults = new Faults(fault)
  let { pool } = database
  const witnesses = both({
    get pool() {
      return pool
    },
  })
  await grow()
  up.delete(two.url)
  await witnesses.push()
  up.add(two.url)
  now += 30_000
  pool = behindFaults(database, faults).pool
  await witnesses.push()
  pool = database.pool
  const found = await shown()
  now += 30_000
  await witnesses.push()
  return { steps: faults.steps, shown: found }
}

it('a connection that is lost shows nothing without its quorum, takes nothing back and holds nothing up, at any step', async () => {
  const lost: string[] = []
  let size = 0
  for (const when of ['before', 'after'] as const) {
    // Until so many steps are not taken any more: how many tiles a proof needs depends on the size.
    for (let at = 0, isOver = false; !isOver; at += 1) {
      errors = []
      const { steps, shown: found } = await reachQuorum({ at, when })
      const step = steps[at] ?? ''
      isOver = steps.length <= at
      lost.push(`${when} ${step}`)
      expect(errors.map(String)).toEqual(
        isOver ? [] : [`Error: the connection was lost at: ${step}`],
      )
      const before = size === 0 ? [0, 0] : [size, 2]
      size += 2
      const isShown = `${when} ${step}`.startsWith('after INSERT INTO log_publication')
      expect(found).toEqual(isOver || isShown ? [size, 2] : before)
      expect(await shown()).toEqual([size, 2])
    }
    for (const table of ['log_cosignature', 'log_publication']) {
      expect(lost.some((step) => step.startsWith(`${when} INSERT INTO ${table}`))).toBe(true)
    }
  }
  const keys = { witnesses: [one.key, two.key] }
  expect((await verifyLog(database, keys)).problems).toEqual([])
})

it('a row of the database is no witness', async () => {
  await grow()
  const forged = formatSignature(two.key, new Uint8Array(72))
  await storeCosignature(database.pool, two.key, { size: 2, time: 1, line: forged })
  up.delete(two.url)
  await both().push()
  expect(await shown().catch(String)).toEqual([0, 0])
  expect(String(errors[0])).toContain('does not verify')
})

it('a policy without a quorum lets each be shown at once, and a file that is none lets none', async () => {
  policy = { ...policy, quorum: undefined }
  up.clear()
  await grow()
  await both().push()
  expect(await shown()).toEqual([2, 0])
  const settings = { ...signer.settings, witnessPolicy: join(directory, 'nowhere') }
  const appender = new Appender(database, () => now)
  const broken = { database, appender, settings, log: silent, clock: () => now }
  await grow()
  await (await watchWitnesses(broken)).push()
  expect(await shown()).toEqual([2, 0])
})
