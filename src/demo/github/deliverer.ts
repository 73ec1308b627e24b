import { createHash, createHmac, randomUUID } from 'node:crypto'
import type { Delivery, GitHubState } from './state.js'

/** GitHub gives a receiver ten seconds. */
const TIMEOUT_MS = 10_000

export interface DelivererOptions {
  /** Records what was sent, for `GET /app/hook/deliveries`. */
  readonly state: GitHubState
  /** Where Hooktrail listens, path included. */
  readonly url: string
  readonly secret: string
  readonly hookId: number
  readonly appId: number
  readonly now?: () => Date
}

export interface Event {
  /** `push`, `workflow_run`, … */
  readonly event: string
  readonly payload: object
  /** A new one when left out. */
  readonly guid?: string
}

export interface Delivered {
  /** 0 when no answer came within ten seconds or at all. */
  readonly status: number
  readonly durationMs: number
  readonly guid: string
}

export interface Deliverer {
  /** Sends once: GitHub does not retry. Resolves whatever the receiver answers. */
  deliver(event: Event): Promise<Delivered>
}

/** GitHub's side of a webhook: signs, sends, and keeps what was sent and answered. */
export function createDeliverer(options: DelivererOptions): Deliverer {
  const { state, url, hookId } = options
  const hook = { id: hookId, url, redeliver }
  state.hook = hook

  function deliver({ event, payload, guid = randomUUID() }: Event): Promise<Delivered> {
    return send({ event, guid, body: JSON.stringify(payload), redelivery: false })
  }

  function redeliver(delivery: Delivery): Promise<Delivered> {
    return send({ ...delivery, redelivery: true })
  }

  async function send(parcel: Parcel): Promise<Delivered> {
    const headers = requestHeaders(options, parcel)
    const deliveredAt = (options.now ?? (() => new Date()))()
    const start = performance.now()
    const answer = await post(hook.url, headers, parcel.body)
    const durationMs = performance.now() - start
    state.deliveries.push({
      id: state.nextId(),
      ...parcel,
      ...facts(parcel.body),
      ...answer,
      deliveredAt,
      duration: Math.round(durationMs / 10) / 100,
      url: hook.url,
      requestHeaders: headers,
    })
    return { status: answer.statusCode, durationMs, guid: parcel.guid }
  }

  return { deliver }
}

interface Parcel {
  readonly event: string
  readonly guid: string
  readonly body: string
  readonly redelivery: boolean
}

function requestHeaders(options: DelivererOptions, parcel: Parcel): Record<string, string> {
  const hmac = (algorithm: string): string =>
    createHmac(algorithm, options.secret).update(parcel.body).digest('hex')
  const version = createHash('sha1').update(String(options.hookId)).digest('hex').slice(0, 7)
  return {
    Accept: '*/*',
    'Content-Type': 'application/json',
    'User-Agent': `GitHub-Hookshot/${version}`,
    'X-GitHub-Delivery': parcel.guid,
    'X-GitHub-Event': parcel.event,
    'X-GitHub-Hook-ID': String(options.hookId),
    'X-GitHub-Hook-Installation-Target-ID': String(options.appId),
    'X-GitHub-Hook-Installation-Target-Type': 'integration',
    'X-Hub-Signature': `sha1=${hmac('sha1')}`,
    'X-Hub-Signature-256': `sha256=${hmac('sha256')}`,
  }
}

type Reply = Pick<Delivery, 'status' | 'statusCode' | 'responseHeaders' | 'responseBody'>

async function post(url: string, headers: Record<string, string>, body: string): Promise<Reply> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const response = await fetch(url, { method: 'POST', headers, body, signal })
    return {
      status: response.ok ? 'OK' : `Invalid HTTP Response: ${String(response.status)}`,
      statusCode: response.status,
      responseHeaders: Object.fromEntries(response.headers),
      responseBody: await response.text(),
    }
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError'
    const status = timedOut ? 'timed out' : 'failed to connect to host'
    return { status, statusCode: 0, responseHeaders: {}, responseBody: '' }
  }
}

/** What the list of deliveries shows of a payload. */
function facts(body: string): Pick<Delivery, 'action' | 'installationId' | 'repositoryId'> {
  const payload: unknown = JSON.parse(body)
  const action = member(payload, 'action')
  return {
    action: typeof action === 'string' ? action : null,
    installationId: idOf(member(payload, 'installation')),
    repositoryId: idOf(member(payload, 'repository')),
  }
}

function idOf(value: unknown): number | null {
  const id = member(value, 'id')
  return typeof id === 'number' ? id : null
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([key]) => key === name)?.[1]
}
