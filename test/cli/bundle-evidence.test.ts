import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execPath } from 'node:process'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { canonicalJson, type Json } from '../../src/core/domain/index.js'
import { formatVerifierKey, parseNote, SIGNATURE_TYPES } from '../../src/core/merkle/index.js'
import { parseQuery } from '../../src/core/search/index.js'
import {
  Appender,
  describePolicy,
  erasePerson,
  exportBundle,
  findPerson,
  latestCheckpoint,
  openSigner,
  rotateLogKey,
  signCheckpoint,
  type BundleOutcome,
} from '../../src/ledger/index.js'
import { storeCosignature } from '../../src/ledger/checkpoints/cosignatures.js'
import { cosignature, signer } from '../core/merkle/signers.js'
import { testDatabase, type TestDatabase } from '../support/database.js'
import { delivery, draft } from '../support/deliveries.js'
import { hooktrail, NOW, type Answer } from './terminal.js'

const operator = { name: 'auditor', reason: 'audit of 2026', now: NOW }
const witnesses = ['w1.example', 'w2.example'].map((name) =>
  signer(name, SIGNATURE_TYPES.cosignature),
)

let database: TestDatabase
let folder: string
/** Under the first key, and after a rotation and an erasure: each of 1,200 entries and more. */
let first: string
let second: string
let firstKey: string
let outcome: BundleOutcome

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundle-evidence-'))
  database = await testDatabase()
  await append('many', 1200)
  await sign()
  firstKey = (await hooktrail(['log', 'key'], { env: env() })).out.trim()
  let more = 0
  first = await exported('seq:<1200', async () => {
    more += 1
    if (more < 4) await append(`meanwhile-${String(more)}`, 1)
  })
  await rotateLogKey(database, settings(), { origin: undefined, operator })
  const ids = (await findPerson(database, 'person-3')).map(({ id }) => id)
  await erasePerson(database, ids, operator)
  await sign()
  second = await exported('seq:<1200')
})
afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true })
})

function env(): Record<string, string> {
  return { DATABASE_URL: database.url }
}

function settings(): Parameters<typeof openSigner>[1] {
  return {
    keyPath: join(folder, 'log-key.pem'),
    recordPath: join(folder, 'log-signed.json'),
    address: 'log.example',
  }
}

async function append(guid: string, count: number): Promise<void> {
  const drafts = Array.from({ length: count }, (_, at) =>
    draft({ actor: { type: 'user', id: at % 9, login: `person-${String(at % 9)}` } }),
  )
  await new Appender(database, () => NOW).append({ delivery: delivery(guid), drafts })
}

/** Signs the log, and has both witnesses cosign it. */
async function sign(): Promise<void> {
  await signCheckpoint(await openSigner(database, settings(), () => NOW))
  const latest = await latestCheckpoint(database.pool)
  const { text } = parseNote(latest?.note ?? '')
  for (const one of witnesses) {
    const time = NOW / 1000
    const line = cosignature(one, text, time)
    await storeCosignature(database.pool, one.key, { size: latest?.size ?? 0, time, line })
  }
}

async function exported(text: string, during = () => Promise.resolve()): Promise<string> {
  const lines: string[] = []
  const request = { query: parseQuery(text, { now: NOW }), text, operator }
  outcome = await exportBundle(database, request, async (line) => {
    lines.push(line)
    await during()
  })
  return lines.join('')
}

async function check(bundle: string, ...flags: readonly string[]): Promise<Answer> {
  const file = join(folder, 'checked')
  await writeFile(file, bundle)
  return hooktrail(['verify', '--bundle', file, ...flags])
}

/** The policy of `hooktrail log policy`, with these witnesses and this quorum. */
async function policy(quorum: readonly string[], names = witnesses): Promise<string> {
  const file = join(folder, 'policy')
  const logs = (await describePolicy(database, {})).replace(/^quorum.*\n/m, '')
  const lines = names.map(({ key }, at) => `witness w${String(at)} ${formatVerifierKey(key)}\n`)
  await writeFile(file, [logs, ...lines, ...quorum.map((line) => `${line}\n`)].join(''))
  return file
}

const BOTH = ['group both all w0 w1', 'quorum both']

/** As a forger would: what is changed in one line, and the digest made anew. */
function forged(bundle: string, at: number, change: (line: Record<string, Json>) => void): string {
  const lines = bundle.split('\n').slice(0, -1)
  const value = JSON.parse(lines[at] ?? '') as Record<string, Json>
  change(value)
  const body = lines.slice(0, -1).with(at, canonicalJson(value)).join('\n') + '\n'
  const sha256 = createHash('sha256').update(body).digest('hex')
  const end = JSON.parse(lines.at(-1) ?? '') as Record<string, Json>
  return `${body}${canonicalJson({ ...end, sha256 })}\n`
}

describe('a bundle of many entries', () => {
  it('holds what matched when it was begun, although the log grows meanwhile', async () => {
    expect(outcome).toMatchObject({ outcome: 'exported', entries: 1200 })
    expect(first.split('\n')).toHaveLength(1200 + 3)
    expect((await check(first, '--key', firstKey)).code).toBe(0)
  })

  it('holds across a rotation with the policy, and with the key that signed it only', async () => {
    const file = await policy(['quorum none'])
    for (const bundle of [first, second]) {
      expect(await check(bundle, '--policy', file)).toMatchObject({ code: 0, err: '' })
    }
    expect(await check(second, '--key', firstKey)).toMatchObject({
      code: 1,
      err: expect.stringContaining('under the keys that you gave') as unknown,
    })
  })

  it('holds after an erasure, and says how much has no text', async () => {
    const { code, out } = await check(second, '--policy', await policy(['quorum none']))
    expect(code).toBe(0)
    expect(second).not.toContain('person-3')
    expect(first).toContain('person-3')
    expect(out).toMatch(/What \d+ sealed values say: they have no text here/)
    expect((await check(first, '--key', firstKey)).out).not.toContain('have no text here')
  })
})

describe('witnesses of a bundle', () => {
  it('are verified and named where a policy names them, and counted where not', async () => {
    const { code, out } = await check(second, '--policy', await policy(BOTH))
    expect(code).toBe(0)
    expect(out).toContain('w1.example cosigned that tree, it says at 2026-11-01T12:00:00.000Z.')
    expect(out).toContain('w2.example cosigned that tree')
    expect(out).toContain('as many witnesses as your policy asks for (quorum both)')
    const keyed = await check(first, '--key', firstKey)
    expect(keyed.out).toContain('2 more signature lines')
  })

  it('are missed where too few of them cosigned', async () => {
    const strangers = [...witnesses.slice(0, 1), signer('w3.example', SIGNATURE_TYPES.cosignature)]
    const lacking = await check(second, '--policy', await policy(BOTH, strangers))
    expect(lacking).toMatchObject({ code: 1, out: '' })
    expect(lacking.err).toContain('lacks cosignatures: the quorum both is not met')
    const enough = await policy(['group one any w0 w1', 'quorum one'], strangers)
    expect((await check(second, '--policy', enough)).code).toBe(0)
  })

  it('cannot be forged, nor left out', async () => {
    const file = await policy(BOTH)
    const change = (how: (note: string) => string): string =>
      forged(second, 0, (manifest) => {
        manifest['checkpoint'] = how(manifest['checkpoint'] as string)
      })
    const lineOf = /— w2\.example \S+\n/
    const without = await check(
      change((note) => note.replace(lineOf, '')),
      '--policy',
      file,
    )
    expect(without).toMatchObject({ code: 1, out: '' })
    const [line = ''] =
      lineOf.exec((JSON.parse(second.split('\n')[0] ?? '') as { checkpoint: string }).checkpoint) ??
      []
    const bytes = Buffer.from(line.split(' ')[2] ?? '', 'base64')
    bytes[60] = (bytes[60] ?? 0) ^ 1
    const altered = line.replace(/\S+\n$/, `${bytes.toString('base64')}\n`)
    const wrong = await check(
      change((note) => note.replace(line, altered)),
      '--policy',
      file,
    )
    expect(wrong.err).toContain('the signature of w2.example does not verify')
    expect(wrong.code).toBe(1)
  })
})

describe('a lie in a bundle', () => {
  const manifestOf = (bundle: string): Record<string, Json> =>
    JSON.parse(bundle.split('\n')[0] ?? '') as Record<string, Json>

  it('is found where another checkpoint of the same log was put in, naming the first entry', async () => {
    const { checkpoint = '', size = 0, key = '' } = manifestOf(second)
    const mixed = forged(first, 0, (manifest) => Object.assign(manifest, { checkpoint, size, key }))
    const { code, err } = await check(mixed, '--policy', await policy(BOTH))
    expect(code).toBe(1)
    expect(err).toContain('entry 0: it is not in the signed tree at this place')
  })

  it('is found where the proof of another entry stands, naming the entry', async () => {
    const other = (JSON.parse(first.split('\n')[702] ?? '') as { proof: Json }).proof
    const swapped = forged(first, 701, (entry) => (entry['proof'] = other))
    expect(await check(swapped, '--key', firstKey)).toMatchObject({
      code: 1,
      err: expect.stringContaining('entry 700: ') as unknown,
    })
  })

  it('is found where an erased text was put back, in other words', async () => {
    const text = (JSON.parse(first.split('\n')[4] ?? '') as { openings: Json[][] }).openings
    const back = forged(second, 4, (entry) => (entry['openings'] = text))
    expect((await check(back, '--policy', await policy(BOTH))).code).toBe(0)
    const changed = text.map(([pointer, salt]) => [pointer, salt, 'person-4'])
    const lie = forged(second, 4, (entry) => (entry['openings'] = changed as Json))
    const { code, err } = await check(lie, '--policy', await policy(BOTH))
    expect(code).toBe(1)
    expect(err).toContain('entry 3: the text for /actor/login is not the one that was recorded')
  })
})

describe('the policy of a bundle', () => {
  it('is refused where it is none, has no log, or a key is given as well', async () => {
    const none = join(folder, 'none')
    expect(await check(first, '--policy', none)).toMatchObject({ code: 2, out: '' })
    await writeFile(none, 'nonsense\n')
    expect((await check(first, '--policy', none)).err).toContain('line 1 of the policy')
    await writeFile(none, 'quorum none\n')
    expect((await check(first, '--policy', none)).err).toContain('has no log line')
    const twice = await check(first, '--policy', await policy(BOTH), '--key', firstKey)
    expect(twice).toMatchObject({ code: 2, err: expect.stringContaining('not both') as unknown })
    expect((await hooktrail(['verify', '--policy', none])).code).toBe(2)
  })

  it('is read by the verifier in one file, too', async () => {
    const file = join(import.meta.dirname, '../../dist/verify-bundle.mjs')
    const bundle = join(folder, 'given')
    await writeFile(bundle, second)
    const args = [file, bundle, '--policy', await policy(BOTH)]
    const { status, stdout } = spawnSync(execPath, args, { encoding: 'utf8' })
    const { out } = await check(second, '--policy', await policy(BOTH))
    expect([status, stdout]).toEqual([0, out])
  })
})
