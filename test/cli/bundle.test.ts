import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { canonicalJson, type Json } from '../../src/core/domain/index.js'
import { formatVerifierKey, SIGNATURE_TYPES, verifierKey } from '../../src/core/merkle/index.js'
import { Appender, signCheckpoint } from '../../src/ledger/index.js'
import { testDatabase, type TestDatabase } from '../support/database.js'
import { delivery, draft } from '../support/deliveries.js'
import { logKey, ORIGIN, signerOf } from '../support/signer.js'
import { hooktrail, NOW, type Answer } from './terminal.js'

const KEY = logKey()
const VKEY = vkeyOf(KEY.publicKey)

let database: TestDatabase
let folder: string
/** Lines of a whole bundle of entries 1 and 2. */
let lines: string[]
let written: Answer

function vkeyOf(publicKey: Uint8Array): string {
  return formatVerifierKey(verifierKey(ORIGIN, SIGNATURE_TYPES.ed25519, publicKey))
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundle-'))
  database = await testDatabase()
  const appender = new Appender(database, () => NOW)
  const drafts = [
    draft(),
    draft({ actor: { type: 'user', id: 2, login: 'mona' } }),
    draft({ actor: { type: 'user', id: 3, login: 'hubot\u2028' } }),
  ]
  await appender.append({ delivery: delivery('guid-1'), drafts })
  await signCheckpoint(signerOf(database, { key: KEY }))
  written = await exportTo('whole', ['seq:>=1'])
  lines = (await readFile(join(folder, 'whole'), 'utf8')).split('\n').slice(0, -1)
})

afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true })
})

function exportTo(name: string, query: readonly string[]): Promise<Answer> {
  const args = ['export', '--bundle', join(folder, name), '--operator', 'auditor', ...query]
  return hooktrail(args, { env: { DATABASE_URL: database.url } })
}

/** Without any database. */
async function check(text: string, key: string | undefined = VKEY): Promise<Answer> {
  const file = join(folder, 'checked')
  await writeFile(file, text)
  return hooktrail(['verify', '--bundle', file, ...(key === '' ? [] : ['--key', key])])
}

/** As a forger would: what is changed in one line, and the digest made anew. */
function forged(at: number, change: (line: Record<string, Json>) => void): string {
  const changed = lines.slice(0, -1).map((line, index) => {
    const value = JSON.parse(line) as Record<string, Json>
    if (index === at) change(value)
    return `${canonicalJson(value)}\n`
  })
  const end = JSON.parse(lines.at(-1) ?? '') as Record<string, Json>
  const sha256 = createHash('sha256').update(changed.join('')).digest('hex')
  return `${changed.join('')}${canonicalJson({ ...end, sha256 })}\n`
}

describe('a bundle', () => {
  it('is exported and holds under the log’s key, without server and database', async () => {
    expect(written).toMatchObject({ code: 0, err: '' })
    const { code, out, err } = await check(`${lines.join('\n')}\n`)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain('2 entries of hooktrail.example/log, for the query “seq:>=1”')
    expect(out).toContain('Not proved:')
    expect(out).not.toContain('WARNING')
  })

  it('is recorded in the log, with who and how many, the query sealed', async () => {
    const { rows } = await database.pool.query<{ seq: string }>(
      "SELECT seq FROM log_entry WHERE action = 'audit.exported' ORDER BY seq LIMIT 1",
    )
    const shown = await hooktrail(['show', rows[0]?.seq ?? '', '--json'], {
      env: { DATABASE_URL: database.url },
    })
    expect(JSON.parse(shown.out)).toMatchObject({
      entry: {
        actor: { login: 'auditor' },
        changes: [{ path: 'query', after: 'seq:>=1' }],
        labels: { entries: 2, size: 3 },
      },
    })
  })

  it('says loudly that its own key proves nothing', async () => {
    const { code, out } = await check(`${lines.join('\n')}\n`, '')
    expect(code).toBe(0)
    expect(out).toContain('proves NOTHING about who signed')
  })

  it('is refused under another key, and a key that is none is a wrong command line', async () => {
    const other = await check(`${lines.join('\n')}\n`, vkeyOf(logKey().publicKey))
    expect(other).toMatchObject({ code: 1, out: '' })
    expect(other.err).toContain('under the keys that you gave')
    expect(await check(`${lines.join('\n')}\n`, 'nonsense')).toMatchObject({ code: 2, out: '' })
  })

  it.each<[string, (entry: Record<string, Json>) => void]>([
    ['number', (entry) => (entry['seq'] = 0)],
    ['leaf', (entry) => (entry['leaf'] = (entry['leaf'] as string).replace('success', 'failure'))],
    ['proof', (entry) => (entry['proof'] = (entry['proof'] as Json[]).toReversed())],
    ['opening’s pointer', (entry) => (entry['openings'] = opening(entry, 0, '/nowhere'))],
    ['opening’s salt', (entry) => (entry['openings'] = opening(entry, 1, 'AAAA'))],
    ['opening’s text', (entry) => (entry['openings'] = opening(entry, 2, 'octocat'))],
    ['member', (entry) => (entry['note'] = 'approved')],
  ])('is refused with another %s, naming the entry', async (_name, change) => {
    const { code, out, err } = await check(forged(1, change))
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(/^The bundle does NOT hold: entry [01]: /)
  })

  it.each(['origin', 'key', 'checkpoint', 'size', 'entries'])(
    'is refused with another %s in the manifest, although the digest fits',
    async (name) => {
      const change = (manifest: Record<string, Json>): void => {
        const before = manifest[name]
        manifest[name] = typeof before === 'number' ? before + 1 : `x${before as string}`
      }
      expect(await check(forged(0, change))).toMatchObject({ code: 1, out: '' })
    },
  )

  it('is refused when query or time were altered and the digest was not', async () => {
    for (const [from, to] of [
      ['seq:>=1', 'seq:>=0'],
      ['"asked_at":"2026', '"asked_at":"2025'],
    ] as const) {
      expect(await check(`${lines.join('\n').replace(from, to)}\n`)).toMatchObject({ code: 1 })
    }
  })

  it('is refused when it was cut off, at every line and within one', async () => {
    for (let count = 1; count < lines.length; count += 1) {
      const cut = await check(`${lines.slice(0, count).join('\n')}\n`)
      expect(cut).toMatchObject({ code: 1, out: '' })
      expect(cut.err).toContain('cut off')
    }
    expect((await check(lines.join('\n').slice(0, -20))).err).toContain('cut off')
  })

  it('is refused when entries were swapped, repeated or taken out', async () => {
    const [head = '', one = '', two = '', end = ''] = lines
    for (const some of [[two, one], [one, one, two], [two]]) {
      expect((await check(`${[head, ...some, end].join('\n')}\n`)).code).toBe(1)
    }
  })

  it('says how many sealed values have no text', async () => {
    const { code, out } = await check(forged(1, (entry) => (entry['openings'] = [])))
    expect(code).toBe(0)
    expect(out).toMatch(/What \d+ sealed values say: they have no text here/)
  })

  it('is told from what is none', async () => {
    for (const text of ['', '{}\n', 'hello\n']) {
      const { code, err } = await check(text)
      expect(code).toBe(2)
      expect(err).toContain('this is not a bundle')
    }
    const missing = await hooktrail(['verify', '--bundle', join(folder, 'missing')])
    expect(missing.code).toBe(2)
  })
})

function opening(entry: Record<string, Json>, at: number, text: string): Json[] {
  const [first, ...rest] = entry['openings'] as Json[][]
  return [(first ?? []).with(at, text), ...rest]
}

describe('hooktrail export', () => {
  it('says what to do while a matching entry is not signed, and leaves no file', async () => {
    const { code, err } = await exportTo('uncovered', [])
    expect(code).toBe(1)
    expect(err).toContain('wait a second')
    expect(err).toContain('seq:<3')
    await expect(readFile(join(folder, 'uncovered'))).rejects.toThrow('ENOENT')
  })

  it('overwrites nothing, and writes nothing when nothing matches', async () => {
    expect((await exportTo('whole', ['seq:1'])).code).toBe(2)
    const none = await exportTo('none', ['actor:nobody-at-all', 'seq:<3'])
    expect(none).toMatchObject({ code: 1, err: 'Nothing was exported: no entry matches.\n' })
  })
})

describe('the verifier in one file', () => {
  const FILE = join(import.meta.dirname, '../../dist/verify-bundle.mjs')

  it('imports nothing but Node', async () => {
    const source = await readFile(FILE, 'utf8')
    const imported = [...source.matchAll(/^import .*?["']([^"']+)["'];?$/gm)].map(
      ([, name]) => name,
    )
    expect(imported).toContain('node:crypto')
    expect(imported.filter((name) => name?.startsWith('node:') !== true)).toEqual([])
    expect(source).not.toMatch(/\brequire\(|\bimport\(/)
  })

  it('says the same as hooktrail verify --bundle, away from this repository', async () => {
    const alone = join(folder, 'verify-bundle.mjs')
    await writeFile(alone, await readFile(FILE))
    const run = (text: string): Promise<ReturnType<typeof spawnSync>> =>
      writeFile(join(folder, 'given'), text).then(() =>
        spawnSync(process.execPath, [alone, 'given', '--key', VKEY], {
          cwd: folder,
          encoding: 'utf8',
        }),
      )
    const whole = `${lines.join('\n')}\n`
    const { out } = await check(whole)
    expect(await run(whole)).toMatchObject({ status: 0, stdout: out, stderr: '' })
    const bad = forged(1, (entry) => (entry['leaf'] = '{}'))
    const { err } = await check(bad)
    expect(await run(bad)).toMatchObject({ status: 1, stdout: '', stderr: err })
    expect(err).toContain('entry 1')
  })
})
