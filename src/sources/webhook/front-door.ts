import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

import type { JsonObject } from '../../core/domain/index.js'

/** GitHub never delivers more. @see https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap */
const MAX_BODY_BYTES = 25 * 1024 * 1024

/** Bytes of bodies that may be in memory at once before new ones are told to come later. */
const MAX_BUFFERED_BYTES = 10 * MAX_BODY_BYTES

/** What came in through the front door: the body is GitHub's, byte for byte. */
export interface SignedEvent {
  readonly guid: string
  readonly event: string
  readonly payload: JsonObject
  readonly body: Buffer
  readonly headers: Readonly<Record<string, string>>
}

/** Why a request was turned away, in words for whoever looks at GitHub's list of deliveries. */
export interface Refusal {
  readonly status: 400 | 405 | 413 | 415 | 503
  readonly reason: string
}

export type Admission =
  | { readonly ok: true; readonly event: SignedEvent }
  | { readonly ok: false; readonly refusal: Refusal }

type Digest = ReturnType<typeof createHmac>

/** Headers of a delivery that are kept with its body. Signatures, cookies and the like are not. */
const KEPT_HEADERS = [
  'content-type',
  'user-agent',
  'x-github-delivery',
  'x-github-event',
  'x-github-hook-id',
  'x-github-hook-installation-target-id',
  'x-github-hook-installation-target-type',
  'x-github-enterprise-host',
  'x-github-enterprise-version',
]

/** Bytes that all requests under way have in memory together. */
let bufferedBytes = 0

/**
 * Checks a delivery before anything else sees it: method, content type, size (counted while reading), and the HMAC
 * over the raw bytes with each secret in turn. Probot would log the whole body of unsigned requests and has no limit.
 * @see https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
 */
export async function admit(
  request: IncomingMessage,
  secrets: readonly string[],
): Promise<Admission> {
  const refusal = refuseByHeaders(request)
  if (refusal) return { ok: false, refusal }
  const hmacs = secrets.map((secret) => createHmac('sha256', secret))
  const body = await readBody(request, hmacs)
  if ('status' in body) return { ok: false, refusal: body }
  if (!signatureHolds(header(request, 'x-hub-signature-256'), hmacs)) {
    const reason =
      'the signature does not match: is WEBHOOK_SECRET the secret of the App’s webhook?'
    return { ok: false, refusal: { status: 400, reason } }
  }
  const payload = parseObject(body)
  if (!payload) return refuse(400, 'the body is not a JSON object in UTF-8')
  const event = { body, payload, headers: keptHeaders(request) }
  const [guid, name] = [header(request, 'x-github-delivery'), header(request, 'x-github-event')]
  return { ok: true, event: { ...event, guid, event: name } }
}

function refuse(status: Refusal['status'], reason: string): Admission {
  return { ok: false, refusal: { status, reason } }
}

function refuseByHeaders(request: IncomingMessage): Refusal | undefined {
  if (request.method !== 'POST') return { status: 405, reason: 'deliveries are sent with POST' }
  const type = header(request, 'content-type').split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') {
    return {
      status: 415,
      reason: 'the webhook’s content type must be application/json: set it in the App’s settings',
    }
  }
  if (!/^[a-z0-9_]{1,100}$/.test(header(request, 'x-github-event'))) {
    return { status: 400, reason: 'the header X-GitHub-Event is missing or not an event name' }
  }
  if (!/^[\w-]{1,100}$/.test(header(request, 'x-github-delivery'))) {
    return { status: 400, reason: 'the header X-GitHub-Delivery is missing or not a GUID' }
  }
  if (!/^sha256=[0-9a-f]{64}$/i.test(header(request, 'x-hub-signature-256'))) {
    return {
      status: 400,
      reason:
        'the header X-Hub-Signature-256 is missing: set a webhook secret in the App’s settings',
    }
  }
  return Number(header(request, 'content-length')) > MAX_BODY_BYTES ? tooLarge() : undefined
}

function tooLarge(): Refusal {
  return { status: 413, reason: `a delivery has at most ${String(MAX_BODY_BYTES)} bytes` }
}

function readBody(request: IncomingMessage, hmacs: readonly Digest[]): Promise<Buffer | Refusal> {
  const chunks: Buffer[] = []
  let bytes = 0
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void): void => {
      request.off('data', onData)
      bufferedBytes -= bytes
      bytes = 0
      settle()
    }
    const onData = (chunk: Buffer): void => {
      bytes += chunk.length
      bufferedBytes += chunk.length
      const refusal = refuseBySize(bytes)
      if (refusal) {
        finish(() => {
          resolve(refusal)
        })
        return
      }
      for (const hmac of hmacs) hmac.update(chunk)
      chunks.push(chunk)
    }
    request.on('data', onData)
    request.once('end', () => {
      finish(() => {
        resolve(Buffer.concat(chunks))
      })
    })
    request.once('error', (error) => {
      finish(() => {
        reject(error)
      })
    })
  })
}

function refuseBySize(bytes: number): Refusal | undefined {
  if (bytes > MAX_BODY_BYTES) return tooLarge()
  if (bufferedBytes <= MAX_BUFFERED_BYTES) return undefined
  return { status: 503, reason: 'too many large deliveries at once, send it again' }
}

/** Compares with every secret, so that the time taken does not tell which one it was. */
function signatureHolds(signature: string, hmacs: readonly Digest[]): boolean {
  const given = Buffer.from(signature.slice('sha256='.length), 'hex')
  let holds = false
  for (const hmac of hmacs) {
    if (timingSafeEqual(hmac.digest(), given)) holds = true
  }
  return holds
}

function parseObject(body: Buffer): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? (value as JsonObject) : undefined
  } catch {
    return undefined
  }
}

function keptHeaders(request: IncomingMessage): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const name of KEPT_HEADERS) {
    const value = header(request, name)
    if (value) kept[name] = value.slice(0, 500)
  }
  return kept
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name]
  return typeof value === 'string' ? value : ''
}
