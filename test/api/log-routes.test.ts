import { gunzipSync } from 'node:zlib'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { createApi } from '../../src/api/index.js'
import { startHttpServer, type HttpServer } from '../../src/api/http-server.js'
import { Appender, signCheckpoint, type SignerParts } from '../../src/ledger/index.js'
import { publishCheckpoint } from '../../src/ledger/checkpoints/publish-checkpoint.js'
import { silent, testDatabase, type TestDatabase } from '../support/database.js'
import { delivery, draft } from '../support/deliveries.js'
import { signerOf, ORIGIN } from '../support/signer.js'
import { verifyEverything } from './independent-verifier.js'

const TOKEN = 'a-token-of-at-least-32-characters'
const NOW = Date.UTC(2026, 10, 2)

let database: TestDatabase
let signer: SignerParts
let server: HttpServer
let vkey: string
let sent = 0

beforeAll(async () => {
  database = await testDatabase()
  signer = signerOf(database)
  const api = createApi({
    database,
    config: { apiToken: TOKEN, timeZone: 'UTC' },
    version: '1',
    now: () => NOW,
    log: silent,
  })
  server = await startHttpServer({
    bind: { host: '127.0.0.1', port: 0 },
    webhookPath: '/hook',
    webhook: undefined,
    fetch: api.fetch,
  })
  await append(300)
  await signCheckpoint(signer)
  const { rows } = await database.pool.query<{ verifier_key: string }>(
    'SELECT verifier_key FROM log_key',
  )
  vkey = rows[0]?.verifier_key ?? ''
})
afterAll(async () => {
  await server.stop()
  await database.drop()
})

async function append(count: number): Promise<void> {
  const appender = new Appender(database, () => NOW)
  const appends = Array.from({ length: count }, () => {
    sent += 1
    return appender.append({ delivery: delivery(`d${String(sent)}`), drafts: [draft()] })
  })
  await Promise.all(appends)
}

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.url}/${path}`, { headers: { authorization: `Bearer ${TOKEN}`, ...headers } })

/** Every tile and entry bundle, full and partial, that a log of a size has. */
function pathsOver(size: number): string[] {
  const paths: string[] = []
  for (const [level, hashes] of [
    ['0', size],
    ['entries', size],
    ['1', Math.floor(size / 256)],
  ] as const) {
    for (let seq = 1; seq <= hashes; seq += 1) {
      const index = `tile/${level}/${String(Math.floor((seq - 1) / 256)).padStart(3, '0')}`
      paths.push(seq % 256 === 0 ? index : `${index}.p/${String(seq % 256)}`)
    }
  }
  return paths
}

describe('a client that shares no code with Hooktrail', () => {
  it('fetches the log over HTTP and agrees with its signature, tiles and entries', async () => {
    const { origin, size, entries } = await verifyEverything(get, vkey)
    expect([origin, size]).toEqual([ORIGIN, 300])
    const entry = JSON.parse(String(entries[299])) as Record<string, unknown>
    expect(entry).toMatchObject({ schema: 1, action: 'push.created' })
  })

  it('agrees again when the log has grown', async () => {
    await append(20)
    await signCheckpoint(signer)
    expect((await verifyEverything(get, vkey)).size).toBe(320)
  })

  it('does not agree under another key, or with a server that changes a byte', async () => {
    await expect(verifyEverything(get, vkey.replace(/\+..../, '+0000'))).rejects.toThrow(
      'not signed',
    )
    const lying = async (path: string): Promise<Response> => {
      const response = await get(path)
      if (path !== 'tile/entries/000') return response
      const bytes = Buffer.from(await response.arrayBuffer())
      bytes[20] = (bytes[20] ?? 0) ^ 1
      return new Response(bytes)
    }
    await expect(verifyEverything(lying, vkey)).rejects.toThrow('signed root')
  })
})

describe('the log’s routes', () => {
  it.each([
    ['checkpoint', 'text/plain; charset=utf-8', /^public, max-age=2$/],
    ['tile/0/000', 'application/octet-stream', /^public, max-age=31536000, immutable$/],
    ['tile/0/001.p/44', 'application/octet-stream', /^public, .*immutable$/],
    ['tile/1/000.p/1', 'application/octet-stream', /^public, .*immutable$/],
    ['tile/entries/000', 'application/octet-stream', /^private, .*immutable$/],
  ])('serve %s with its type and for as long as it stays true', async (path, type, caching) => {
    const response = await get(path)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe(type)
    expect(response.headers.get('cache-control')).toMatch(caching)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it.each([
    'tile/0/002',
    'tile/0/001',
    'tile/0/001.p/255',
    'tile/1/000',
    'tile/1/000.p/2',
    'tile/2/000.p/1',
    'tile/0/1',
    'tile/0/000.p/256',
    'tile/64/000',
    'tile/0/x000/000',
    'tile/entries/001',
    'tile/entries/0',
    'tile/',
  ])('have nothing at %s, and say so without being kept', async (path) => {
    const response = await get(path)
    expect(response.status).toBe(404)
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  it('serve nothing that no checkpoint covers yet', async () => {
    await append(300)
    expect((await get('tile/0/001')).status).toBe(404)
    expect((await get('tile/entries/001')).status).toBe(404)
    expect((await get('api/v1/entries/400/proof')).status).toBe(404)
    await signCheckpoint(signer)
    expect((await get('tile/0/001')).status).toBe(200)
    expect((await get('api/v1/entries/400/proof')).status).toBe(200)
  })

  it('serve nothing beyond what is shown, while what was signed waits for its quorum', async () => {
    const shown = await (await get('checkpoint')).text()
    const from = Number(shown.split('\n')[1])
    const waiting = { ...signer, settings: { ...signer.settings, witnessPolicy: '/its/policy' } }
    await append(300)
    const { size } = await signCheckpoint(waiting)
    expect(size).toBe(from + 300)
    const beyond = [
      ...pathsOver(size).filter((path) => !pathsOver(from).includes(path)),
      ...[from, size - 1].map((seq) => `api/v1/entries/${String(seq)}/proof`),
    ]
    expect(beyond.length).toBeGreaterThan(600)
    const asked = async (path: string): Promise<unknown> => [path, (await get(path)).status]
    expect(await (await get('checkpoint')).text()).toBe(shown)
    for (const path of beyond) expect(await asked(path)).toEqual([path, 404])
    expect(await asked(`api/v1/entries/${String(from - 1)}/proof`)).toContain(200)
    expect((await verifyEverything(get, vkey)).size).toBe(from)
    await publishCheckpoint(database.pool, size, NOW)
    for (const path of beyond) expect(await asked(path)).toEqual([path, 200])
    expect((await verifyEverything(get, vkey)).size).toBe(size)
  })

  it('show entries to nobody without the token, and hashes to everybody', async () => {
    const open = async (path: string): Promise<number> =>
      (await fetch(`${server.url}/${path}`)).status
    expect(await open('tile/entries/000')).toBe(401)
    expect(await open('tile/entries/000.p/3')).toBe(401)
    expect(await open('api/v1/entries/0/proof')).toBe(401)
    expect([await open('checkpoint'), await open('tile/0/000')]).toEqual([200, 200])
  })

  it('compress entries for those who take it', async () => {
    const { request } = createApi({
      database,
      config: { apiToken: TOKEN, timeZone: 'UTC' },
      version: '1',
      now: () => NOW,
      log: silent,
    })
    const ask = (encoding: string): Response | Promise<Response> =>
      request('/tile/entries/000', {
        headers: { authorization: `Bearer ${TOKEN}`, 'accept-encoding': encoding },
      })
    const [plain, zipped] = [await ask('identity'), await ask('gzip, br')]
    expect(zipped.headers.get('content-encoding')).toBe('gzip')
    expect(zipped.headers.get('vary')).toContain('Accept-Encoding')
    const bytes = Buffer.from(await plain.arrayBuffer())
    expect(gunzipSync(Buffer.from(await zipped.arrayBuffer())).equals(bytes)).toBe(true)
  })

  it('can only be read', async () => {
    expect((await fetch(`${server.url}/checkpoint`, { method: 'POST' })).status).toBe(405)
    expect((await fetch(`${server.url}/checkpoint`, { method: 'HEAD' })).status).toBe(200)
  })
})
