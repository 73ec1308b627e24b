import { generateKeyPairSync } from 'node:crypto'
import { createServer, request as httpRequest, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { Webhooks } from '@octokit/webhooks'
import { Probot } from 'probot'

import type { Delivery, Receipt } from '../../../src/core/domain/index.js'
import { createLogger } from '../../../src/platform/index.js'
import { createWebhookSource } from '../../../src/sources/index.js'

const SECRET = 'the-secret-of-today-0123456789'
const OLD_SECRET = 'the-secret-of-yesterday-012345'
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})

let server: Server
let url: string
let log = ''
let received: Delivery[] = []
let answer: (delivery: Delivery) => Promise<Receipt>

beforeAll(async () => {
  const logger = createLogger(
    { logLevel: 'debug', logFormat: 'json', webhookSecrets: [SECRET, OLD_SECRET] },
    { write: (line: string) => void (log += line) },
  )
  const handle = await createWebhookSource({
    probot: new Probot({ appId: 1, privateKey, secret: SECRET, log: logger }),
    secrets: [SECRET, OLD_SECRET],
    githubHost: 'github.com',
    receive: (delivery) => {
      received.push(delivery)
      return answer(delivery)
    },
    log: logger,
    clock: () => 1_700_000_000_000,
  })
  server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  log = ''
  received = []
  answer = () => Promise.resolve({ outcome: 'recorded', firstSeq: 5, entries: 2 })
})

interface Sent {
  readonly body: string
  readonly secret?: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Signed by GitHub's own library, so that ours is checked against another implementation. */
async function send({
  body,
  secret = SECRET,
  method = 'POST',
  headers = {},
}: Sent): Promise<Response> {
  return fetch(url, {
    method,
    ...(method === 'POST' && { body }),
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'push',
      'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
      'x-hub-signature-256': await new Webhooks({ secret }).sign(body || ' '),
      ...headers,
    },
  })
}

describe('a delivery', () => {
  it('that is signed is handed on with its bytes, and acknowledged with its place in the log', async () => {
    const body = '{"action":"x",  "text":"é\\u0000"}'
    const response = await send({
      body,
      headers: { cookie: 'a=b', 'user-agent': 'GitHub-Hookshot/1' },
    })
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ outcome: 'recorded', first_seq: 5, entries: 2 })
    expect(received).toHaveLength(1)
    expect(received[0]).toMatchObject({
      host: 'github.com',
      guid: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
      event: 'push',
      kind: 'webhook',
      payload: { action: 'x', text: 'é\0' },
      receivedAt: 1_700_000_000_000,
    })
    expect(Buffer.from(received[0]?.body ?? []).toString()).toBe(body)
    expect(Object.keys(received[0]?.headers ?? {}).sort()).toEqual([
      'content-type',
      'user-agent',
      'x-github-delivery',
      'x-github-event',
    ])
  })

  it('that came before is acknowledged too', async () => {
    answer = () => Promise.resolve({ outcome: 'duplicate', firstSeq: 1, entries: 1 })
    const response = await send({ body: '{}' })
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ outcome: 'duplicate' })
  })

  it('signed with the secret that is being rotated out is accepted', async () => {
    expect((await send({ body: '{}', secret: OLD_SECRET })).status).toBe(200)
  })

  it('of an event that no library knows arrives', async () => {
    const headers = { 'x-github-event': 'exemption_request_push_ruleset' }
    expect((await send({ body: '{"action":"created"}', headers })).status).toBe(200)
    expect(received[0]?.event).toBe('exemption_request_push_ruleset')
  })

  it('that cannot be stored is answered 503, and the answer says nothing of the cause', async () => {
    answer = () => Promise.reject(new Error('password=hunter2 at 10.0.0.1'))
    const response = await send({ body: '{"secret_text":"in the body"}' })
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('30')
    expect(await response.text()).not.toContain('hunter2')
    expect(log).not.toContain('in the body')
  })
})

describe('what is not a delivery', () => {
  it.each([
    ['a wrong signature', { body: '{}', secret: 'another-secret' }, 400, /signature/],
    [
      'no signature',
      { body: '{}', headers: { 'x-hub-signature-256': '' } },
      400,
      /X-Hub-Signature-256/,
    ],
    [
      'a signature of the old kind',
      { body: '{}', headers: { 'x-hub-signature-256': 'sha1=00' } },
      400,
      /X-Hub-Signature-256/,
    ],
    ['no event name', { body: '{}', headers: { 'x-github-event': '' } }, 400, /X-GitHub-Event/],
    [
      'an event name that is none',
      { body: '{}', headers: { 'x-github-event': 'a b' } },
      400,
      /X-GitHub-Event/,
    ],
    ['no GUID', { body: '{}', headers: { 'x-github-delivery': '' } }, 400, /X-GitHub-Delivery/],
    ['a body that is no JSON', { body: '{"a":' }, 400, /JSON object/],
    ['a body that is a list', { body: '[1]' }, 400, /JSON object/],
    ['a body that is null', { body: 'null' }, 400, /JSON object/],
    ['an empty body', { body: ' ' }, 400, /JSON object/],
    [
      'a form',
      { body: 'payload=%7B%7D', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      /application\/json/,
    ],
    ['a GET', { body: '', method: 'GET' }, 405, /POST/],
  ])('%s is refused, with a reason that helps', async (_, sent: Sent, status, reason) => {
    const response = await send(sent)
    expect(response.status).toBe(status)
    expect(((await response.json()) as { reason: string }).reason).toMatch(reason)
    expect(received).toEqual([])
  })

  it('never comes into the log with its body', async () => {
    await send({ body: '{"token":"ghp_0123456789"}', secret: 'wrong' })
    expect(log).toContain('delivery refused')
    expect(log).not.toContain('ghp_')
    expect(log).not.toContain(SECRET)
  })

  it('that announces more than 25 MB is refused before it is read', async () => {
    const response = await sendRaw({ 'content-length': String(26 * 1024 * 1024) }, 1)
    expect(response).toBe(413)
  })

  it('that turns out to be more than 25 MB is refused while it is read', async () => {
    const response = await sendRaw({ 'transfer-encoding': 'chunked' }, 26)
    expect(response).toBe(413)
  })
})

/** Sends megabytes of nothing without fetch, which would not lie about the length. */
function sendRaw(
  headers: Readonly<Record<string, string>>,
  megabytes: number,
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'push',
        'x-github-delivery': 'large',
        'x-hub-signature-256': `sha256=${'0'.repeat(64)}`,
        ...headers,
      },
    })
    request.on('response', (response) => {
      resolve(response.statusCode)
      request.destroy()
    })
    request.on('error', reject)
    for (let count = 0; count < megabytes; count += 1) request.write(Buffer.alloc(1024 * 1024, 32))
  })
}
