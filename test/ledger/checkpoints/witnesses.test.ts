import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'

import {
  cosign,
  formatSignature,
  formatVerifierKey,
  parseAddCheckpoint,
  parseNote,
  SIGNATURE_TYPES,
  verifierKey,
  verifyNote,
  type VerifierKey,
} from '../../../src/core/merkle/index.js'
import { openWitness, type WitnessPlace } from '../../../src/cli/witness/open-witness.js'
import { startWitness, type WitnessServer } from '../../../src/cli/witness/witness-server.js'
import {
  Appender,
  latestCheckpoint,
  readLogKeys,
  signCheckpoint,
} from '../../../src/ledger/index.js'
import { postToWitness } from '../../../src/ledger/checkpoints/post-to-witness.js'
import type { PostToWitness } from '../../../src/ledger/checkpoints/push-checkpoint.js'
import { Witnesses, type WitnessChange } from '../../../src/ledger/checkpoints/witnesses.js'
import { watchWitnesses } from '../../../src/ledger/checkpoints/watch-witnesses.js'
import type { SignerParts } from '../../../src/ledger/index.js'
import { silent, testDatabase, type TestDatabase } from '../../support/database.js'
import { delivery, draft } from '../../support/deliveries.js'
import { logKey, signerOf } from '../../support/signer.js'

const NAME = 'witness.example/w1'
const post = postToWitness(new AbortController().signal)
const hasty = postToWitness(new AbortController().signal, 300)

let now: number
let database: TestDatabase
let signer: SignerParts
let directory: string
let stops: (() => Promise<void>)[]
let changes: WitnessChange[]
let errors: unknown[]
let appended = 0

beforeEach(async () => {
  now = Date.UTC(2026, 10, 1, 12)
  stops = []
  changes = []
  errors = []
  directory = await mkdtemp(join(tmpdir(), 'hooktrail-witness-'))
  database = await testDatabase()
  signer = signerOf(database, { clock: () => now })
  await signCheckpoint(signer)
})
afterEach(async () => {
  for (const stop of stops) await stop()
  await database.drop()
  await rm(directory, { recursive: true })
})

async function grow(count = 1): Promise<void> {
  const appender = new Appender(database, () => now)
  for (let one = 0; one < count; one += 1) {
    appended += 1
    await appender.append({
      delivery: delivery(`w${String(appended)}`),
      drafts: [draft(), draft()],
    })
  }
  await signCheckpoint(signer)
}

async function place(over: Partial<WitnessPlace> = {}): Promise<WitnessPlace> {
  const logs = (await readLogKeys(database.pool)).map(({ key }) => key)
  return { name: NAME, directory, keyFile: undefined, logs, addLogs: false, ...over }
}

async function run(): Promise<WitnessServer & { readonly key: VerifierKey }> {
  const opened = await openWitness(await place())
  const bind = { host: '127.0.0.1', port: 0 }
  const server = await startWitness({ ...opened, directory, bind, clock: () => now })
  stops.push(() => server.stop())
  return { ...server, key: opened.key }
}

function pusher(witness: { url: string; key: VerifierKey }, how: PostToWitness = post): Witnesses {
  return new Witnesses({
    database,
    witnesses: [witness],
    policy: undefined,
    post: how,
    clock: () => now,
    onChange: (change) => {
      changes.push(change)
      return Promise.resolve()
    },
    onError: (error) => errors.push(error),
  })
}

/** The times at which a checkpoint that is served says that the witness cosigned it. */
async function served(key: VerifierKey): Promise<(number | undefined)[]> {
  const latest = await latestCheckpoint(database.pool)
  return verifyNote(parseNote(latest?.note ?? ''), [key]).map(({ timestamp }) => timestamp)
}

async function liar(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(
    () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  )
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
}

describe('pushing to a witness', () => {
  it('has each growth cosigned, verified, stored and served, across a restart of the witness', async () => {
    const witness = await run()
    await grow(3)
    await pusher(witness).push()
    expect(await served(witness.key)).toEqual([now / 1000])
    await stops.pop()?.()
    const again = await run()
    expect(formatVerifierKey(again.key)).toBe(formatVerifierKey(witness.key))
    await grow(200)
    await pusher(again).push()
    expect(await served(witness.key)).toEqual([now / 1000])
    expect([errors, changes.filter(({ reason }) => reason !== undefined)]).toEqual([[], []])
  })

  it('asks nothing for a tree that was cosigned, and within the hour for a new cosignature', async () => {
    const witness = await run()
    let asked = 0
    const counting: PostToWitness = (url, body) => {
      asked += 1
      return post(url, body)
    }
    const witnesses = pusher(witness, counting)
    await grow()
    for (const minutes of [0, 1, 53]) {
      now += minutes * 60_000
      await witnesses.push()
    }
    expect(asked).toBe(1)
    now += 60_000
    await witnesses.push()
    expect(asked).toBe(2)
    expect(await served(witness.key)).toEqual([now / 1000])
  })

  it('answers 409 with a proof from where the witness is', async () => {
    const witness = await run()
    await grow(2)
    const { note } = (await latestCheckpoint(database.pool)) ?? { note: '' }
    expect((await post(`${witness.url}/add-checkpoint`, `old 0\n\n${note}`)).status).toBe(200)
    await grow(4)
    await pusher(witness).push()
    expect(await served(witness.key)).toHaveLength(1)
  })

  it('distrusts a witness that forgot what it cosigned', async () => {
    const witness = await run()
    await grow(2)
    await pusher(witness).push()
    const url = await liar((request, response) => {
      request.resume()
      response.writeHead(409).end('1\n')
    })
    await grow()
    const witnesses = pusher({ url, key: witness.key })
    await witnesses.push()
    now += 30_000
    await witnesses.push()
    expect(changes.at(-1)?.reason).toContain('has forgotten what it cosigned: it knows 1 entries')
    expect(await served(witness.key)).toEqual([])
  })
})

describe('a witness that lies or is down', () => {
  const own = logKey()
  const key = verifierKey(NAME, SIGNATURE_TYPES.cosignature, own.publicKey)
  const other = logKey()
  const text = (body: string): string => parseNote(parseAddCheckpoint(body).checkpoint).text
  const line = (body: string, sign: typeof own.sign, as = key, seconds = now / 1000): string =>
    `${formatSignature(as, cosign(text(body), seconds, sign))}\n`
  const stranger = verifierKey('other.example', SIGNATURE_TYPES.cosignature, other.publicKey)
  const LIES: readonly [string, string, (body: string) => { status?: number; text: string }][] = [
    ['a wrong signature', 'does not verify', (body) => ({ text: line(body, other.sign) })],
    ['another key', 'of its key', (body) => ({ text: line(body, other.sign, stranger) })],
    ['garbage', 'does not verify', () => ({ text: '\u0000 \u2014 nonsense' })],
    ['nothing', 'does not verify', () => ({ text: '' })],
    ['an old time', 'more than an hour', (body) => ({ text: line(body, own.sign, key, 1) })],
    ['too large a size', 'more than this log', () => ({ status: 409, text: '999999\n' })],
    ['no size', 'without the size', () => ({ status: 409, text: 'many\n' })],
    ['a fork', 'another tree', () => ({ status: 409, text: '0\n' })],
    ['422', 'does not contain', () => ({ status: 422, text: '' })],
    ['500', 'answers 500', () => ({ status: 500, text: '' })],
  ]

  async function reasonOf(url: string, how = post): Promise<string | undefined> {
    await grow()
    const witnesses = pusher({ url, key }, how)
    await witnesses.push()
    expect(changes).toEqual([])
    now += 30_000
    await witnesses.push()
    expect(await served(key)).toEqual([])
    expect([errors, changes.length]).toEqual([[], 1])
    await grow()
    return changes[0]?.reason
  }

  it.each(LIES)('is told of when it answers %s', async (_lie, reason, answer) => {
    const url = await liar((request, response) => {
      let body = ''
      request.on('data', (part: Buffer) => (body += part.toString('utf8')))
      request.on('end', () => {
        const reply = answer(body)
        response.writeHead(reply.status ?? 200).end(reply.text)
      })
    })
    expect(await reasonOf(url)).toContain(reason)
  })

  it('is told of when its answer has no end, comes too late, or leads elsewhere', async () => {
    const endless = await liar((request, response) => {
      request.resume()
      const more = (): void => {
        while (response.write('x'.repeat(16_384)));
      }
      response.on('drain', more)
      more()
    })
    expect(await reasonOf(endless)).toContain('cannot be reached')
    changes = []
    expect(await reasonOf(await liar((request) => request.resume()), hasty)).toContain(
      'cannot be reached',
    )
    changes = []
    const elsewhere = await liar((request, response) => {
      request.resume()
      response.writeHead(307, { Location: endless }).end()
    })
    expect(await reasonOf(elsewhere)).toContain('cannot be reached')
  })

  it('makes one entry when it starts and one when it ends, in whichever process', async () => {
    const witness = await run()
    const policy = join(directory, 'policy')
    const vkey = formatVerifierKey(witness.key)
    const settings = { ...signer.settings, witnessPolicy: policy }
    const appender = new Appender(database, () => now)
    const watch = (): ReturnType<typeof watchWitnesses> =>
      watchWitnesses({ database, appender, settings, log: silent, clock: () => now })
    await writeFile(
      policy,
      `witness w1 ${vkey} ${await liar((_, response) => response.end())}\nquorum w1\n`,
    )
    await grow()
    for (let process = 0; process < 2; process += 1) {
      const witnesses = await watch()
      for (let turn = 0; turn < 4; turn += 1) {
        await witnesses.push()
        now += 30_000
      }
    }
    await writeFile(policy, `witness w1 ${vkey} ${witness.url}/\nquorum w1\n`)
    for (let process = 0; process < 2; process += 1) await (await watch()).push()
    const { rows } = await database.pool.query<{ action: string }>(
      `SELECT action FROM log_entry WHERE action LIKE 'witness.%' ORDER BY seq`,
    )
    expect(rows.map(({ action }) => action)).toEqual(['witness.failed', 'witness.recovered'])
  })
})

describe('our witness', () => {
  async function ask(url: string, body: string): Promise<readonly [number, string]> {
    const { status, text } = await post(`${url}/add-checkpoint`, body)
    return [status, text]
  }

  it('refuses as the specification says', async () => {
    await grow(2)
    const { url } = await run()
    const { note } = (await latestCheckpoint(database.pool)) ?? { note: '' }
    const zeros = Buffer.alloc(32).toString('base64')
    expect((await ask(url, 'nonsense'))[0]).toBe(400)
    expect((await ask(url, `old 5\n\n${note}`))[0]).toBe(400)
    expect((await ask(url, `old 0\n\n${note.replace(/^.*/, 'other.example')}`))[0]).toBe(404)
    expect((await ask(url, `old 0\n\n${note.replace('\n4\n', '\n5\n')}`))[0]).toBe(403)
    expect(await ask(url, `old 1\n\n${note}`)).toEqual([409, '0\n'])
    expect((await ask(url, `old 0\n${zeros}\n\n${note}`))[0]).toBe(422)
    expect((await ask(url, `old 0\n\n${note}`))[0]).toBe(200)
    await grow()
    const { note: next } = (await latestCheckpoint(database.pool)) ?? { note: '' }
    expect((await ask(url, `old 4\n${zeros}\n\n${next}`))[0]).toBe(422)
    expect((await ask(url, `old 4\n\n${note}`))[0]).toBe(200)
  })

  it('keeps its key to itself, and refuses to begin anew when it has lost what it knew', async () => {
    await run()
    const files = await readdir(directory)
    expect((await stat(join(directory, 'witness-key.pem'))).mode & 0o777).toBe(0o600)
    const state = files.find((name) => name.endsWith('.json')) ?? ''
    await writeFile(join(directory, state), '{')
    await expect(openWitness(await place())).rejects.toThrow('cannot be read')
    await rm(join(directory, state))
    await expect(openWitness(await place())).rejects.toThrow('remembers nothing')
  })
})
