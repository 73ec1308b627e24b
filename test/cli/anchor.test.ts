import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'

import { formatCheckpoint, formatNote, signNote } from '../../src/core/merkle/index.js'
import { Appender, latestCheckpoint, signCheckpoint } from '../../src/ledger/index.js'
import { emptyDataDir } from '../support/data-directory.js'
import { testDatabase } from '../support/database.js'
import { delivery, draft } from '../support/deliveries.js'
import { logServer, type LogServer } from '../support/log-server.js'
import { signerOf } from '../support/signer.js'
import { hooktrail, NOW, type Answer } from './terminal.js'

let log: LogServer
let cwd: string
beforeAll(async () => {
  log = await logServer(300)
})
afterAll(() => log.close())
beforeEach(() => {
  cwd = emptyDataDir()
  mkdirSync(cwd, { recursive: true })
})

/** Asks a server with the verifier key alone: there is no database in the environment. */
function anchorOver(url: string, ...more: string[]): Promise<Answer> {
  const flags = more.length > 0 ? more : ['--key', log.verifierKey]
  return hooktrail(['anchor', '--file', 'log.checkpoint', '--url', url, ...flags], { cwd })
}

const kept = (): string => readFileSync(path.join(cwd, 'log.checkpoint'), 'utf8')
const evidence = (): string[] => readdirSync(cwd).filter((name) => name.endsWith('.conflict'))

const newest = async (): Promise<string> => (await latestCheckpoint(log.database.pool))?.note ?? ''

/** Something that the log's own key says. */
function signed(size: number, root: Uint8Array): string {
  const { key, signer } = log
  const text = formatCheckpoint({ origin: key.name, size, root })
  return formatNote(text, [signNote(key, text, signer.key?.sign ?? (() => new Uint8Array()))])
}

describe('a log that is whole', () => {
  it('is anchored over HTTP with the verifier key alone: first, unchanged, grown', async () => {
    const first = await anchorOver(log.url)
    expect(first).toMatchObject({ code: 0, err: '' })
    expect(first.out).toContain('First checkpoint, kept in log.checkpoint: hooktrail.example/log')
    expect(kept()).toBe(await newest())

    const again = await anchorOver(`${log.url}/`)
    expect([again.code, again.out]).toEqual([0, expect.stringMatching(/^Unchanged since/)])

    await log.grow(257)
    const grown = await anchorOver(log.url)
    expect([grown.code, grown.out]).toEqual([
      0,
      expect.stringMatching(/^Consistent: grown from [\d,]+ to [\d,]+ entries, and nothing/),
    ])
    expect(kept()).toBe(await newest())
    expect(readdirSync(cwd)).toEqual(['log.checkpoint'])
  })

  it('is anchored on the database itself', async () => {
    const env = { DATABASE_URL: log.database.url }
    const ask = (): Promise<Answer> => hooktrail(['anchor', '--file', 'a'], { cwd, env })
    expect((await ask()).out).toContain('First checkpoint')
    await log.grow(1)
    expect((await ask()).out).toContain('Consistent: grown')
  })

  it('is trusted by a policy file, which may ask for witnesses', async () => {
    const env = { DATABASE_URL: log.database.url }
    const { out: policy } = await hooktrail(['log', 'policy'], { cwd, env })
    writeFileSync(path.join(cwd, 'p'), policy)
    expect((await anchorOver(log.url, '--policy', 'p')).code).toBe(0)
    const witness = 'witness w w.example+4a5bc8ce+BPs1zJ4Xjm9g'
    writeFileSync(path.join(cwd, 'p'), `${policy}${witness}\n`)
    expect((await anchorOver(log.url, '--policy', 'p')).err).toMatch(
      /--policy .* no tlog-policy file: line \d/,
    )
  })
})

describe('a log that is not', () => {
  let liar: Server
  let checkpoint: string
  let tiles: (path: string) => Promise<Response>
  beforeEach(async () => {
    tiles = (path) => fetch(`${log.url}${path}`)
    liar = createServer((request, response) => {
      if (request.url === '/checkpoint') return response.end(checkpoint)
      return void tiles(request.url ?? '').then(async (answer) =>
        response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer())),
      )
    })
    await new Promise<void>((listening) => liar.listen(0, '127.0.0.1', listening))
    expect((await anchorOver(log.url)).code).toBe(0)
  })
  afterEach(() => new Promise((closed) => liar.close(closed)))
  const anchorLiar = (): Promise<Answer> =>
    anchorOver(`http://127.0.0.1:${String((liar.address() as AddressInfo).port)}`)

  it('is named, with both checkpoints kept, whatever it is that it shows', async () => {
    const before = kept()
    const size = (await latestCheckpoint(log.database.pool))?.size ?? 0
    const cases = [
      [size, Buffer.alloc(32, 1), 'are not those that were there'],
      [size - 1, Buffer.alloc(32, 2), 'its end was cut off'],
      [size + 1, Buffer.alloc(32, 3), 'does not show the tree that it signed'],
    ] as const
    for (const [at, root, words] of cases) {
      checkpoint = signed(at, root)
      tiles = () => Promise.resolve(new Response(Buffer.alloc(8192)))
      const { code, out, err } = await anchorLiar()
      expect([code, out, kept()]).toEqual([1, '', before])
      expect(err).toContain(words)
      expect(err).toContain('NOT CONSISTENT')
      expect(err).toContain('“When signing stops”')
      const name = `log.checkpoint.${String(at)}-${root.toString('hex').slice(0, 16)}.conflict`
      expect(err).toContain(name)
      expect(readFileSync(path.join(cwd, name), 'utf8')).toBe(checkpoint)
    }
    expect(evidence()).toHaveLength(cases.length)
  })

  it('is named when it signed a whole tree that has another beginning', async () => {
    const other = await testDatabase()
    const elsewhere = signerOf(other, { key: log.signer.key })
    const appender = new Appender(other, () => NOW)
    for (let one = 0; one < 3; one += 1) {
      await appender.append({
        delivery: delivery(`other${String(one)}`),
        drafts: Array.from({ length: 300 }, () => draft()),
      })
    }
    await signCheckpoint(elsewhere)
    const env = { DATABASE_URL: other.url }
    const { code, err } = await hooktrail(['anchor', '--file', 'log.checkpoint'], { cwd, env })
    expect([code, err]).toEqual([1, expect.stringContaining('are not those that were there')])
    expect(evidence()).toHaveLength(1)
    await other.drop()
  })

  it('is not believed without the signature of the key that was given', async () => {
    const before = kept()
    checkpoint = before.replace(/(\u2014 \S+ ....).(.*)/, '$1A$2')
    const { code, err } = await anchorLiar()
    expect([code, err]).toEqual([1, expect.stringContaining('NOT VERIFIED')])
    expect([kept(), evidence()]).toEqual([before, []])
  })

  it('is told from one that does not answer, which says nothing', async () => {
    const before = kept()
    await log.grow(1)
    checkpoint = await newest()
    tiles = () => Promise.resolve(new Response('', { status: 503 }))
    const answers = [await anchorLiar(), await anchorOver('http://127.0.0.1:9')]
    tiles = () => Promise.resolve(new Response('', { status: 404 }))
    answers.push(await anchorLiar(), await anchorOver(`${log.url}/elsewhere`))
    tiles = () => Promise.resolve(new Response(Buffer.alloc(9000)))
    answers.push(await anchorLiar())
    for (const { code, err } of answers) {
      expect([code, err]).toEqual([4, expect.stringContaining('nothing was changed')])
      expect(err).not.toContain('not expected')
    }
    expect([kept(), evidence()]).toEqual([before, []])
  })

  it('is left alone when a file, a key or an address is not one', async () => {
    writeFileSync(path.join(cwd, 'notes.txt'), 'hello\n')
    const key = ['--key', log.verifierKey]
    for (const [args, words] of [
      [['--file', 'notes.txt', '--url', log.url, ...key], 'holds no checkpoint of this log'],
      [['--file', cwd, '--url', log.url, ...key], 'cannot be read (EISDIR)'],
      [['--file', 'x', '--url', log.url], '--url needs --key or --policy'],
      [['--file', 'x', '--url', log.url, '--key', 'abc'], '--key: the verifier key is not'],
      [['--file', 'x', '--url', 'example.com', ...key], 'is not a log’s address'],
      [['--file', 'x', '--url', log.url, '--policy', 'none'], '--policy'],
    ] as const) {
      const { code, err } = await hooktrail(['anchor', ...args], { cwd })
      expect([code, err]).toEqual([2, expect.stringContaining(words)])
    }
    expect(readFileSync(path.join(cwd, 'notes.txt'), 'utf8')).toBe('hello\n')
    expect(existsSync(path.join(cwd, 'x'))).toBe(false)
  })
})
