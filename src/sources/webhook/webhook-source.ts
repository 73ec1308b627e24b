import type { IncomingMessage, ServerResponse } from 'node:http'

import type { EmitterWebhookEvent } from '@octokit/webhooks'
import type { Probot } from 'probot'

import type { Delivery, Receipt } from '../../core/domain/index.js'
import type { Logger } from '../../platform/index.js'
import { admit, type Refusal, type SignedEvent } from './front-door.js'

/**
 * Records a delivery: resolves after its transaction committed, throws if it is not durable.
 * The webhook, recovery, poller and backfill all call the same.
 */
export type Receive = (delivery: Delivery) => Promise<Receipt>

export interface WebhookSourceOptions {
  readonly probot: Probot
  /** The current secret first, then those that are being rotated out. */
  readonly secrets: readonly string[]
  /** Host of the GitHub that the App lives on. */
  readonly githubHost: string
  readonly receive: Receive
  readonly log: Logger
  /** Milliseconds since 1970. */
  readonly clock: () => number
}

/** Answers one request on the webhook path. */
export type WebhookHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

interface Arrival {
  readonly event: SignedEvent
  readonly receivedAt: number
  receipt?: Receipt
}

/**
 * The webhook source: front door, then Probot, then the recorder. GitHub hears 200 only after the commit; nothing
 * waits for a reaction.
 */
export async function createWebhookSource(options: WebhookSourceOptions): Promise<WebhookHandler> {
  // Probot hands on the payload object that it is given, and that is how the recorder finds the raw bytes again.
  const arrivals = new WeakMap<object, Arrival>()
  await options.probot.load((app) => {
    app.onAny(async ({ payload }) => {
      const arrival = arrivals.get(payload)
      if (arrival) arrival.receipt = await record(arrival, options)
    })
  })
  return (request, response) => handle(request, response, { ...options, arrivals })
}

type Handling = WebhookSourceOptions & { readonly arrivals: WeakMap<object, Arrival> }

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  handling: Handling,
): Promise<void> {
  try {
    const admission = await admit(request, handling.secrets)
    if (!admission.ok) {
      turnAway(request, response, admission.refusal, handling.log)
      return
    }
    const receipt = await dispatch(admission.event, handling)
    answer(response, 200, {
      outcome: receipt.outcome,
      first_seq: receipt.firstSeq,
      entries: receipt.entries,
    })
  } catch (error) {
    if (request.destroyed && !request.complete) return
    handling.log.error(
      { err: error, delivery: request.headers['x-github-delivery'] },
      'delivery not recorded',
    )
    const reason = 'the delivery could not be recorded, send it again'
    answer(response, 503, { outcome: 'unavailable', reason }, { 'retry-after': '30' })
  }
}

async function dispatch(
  event: SignedEvent,
  { arrivals, probot, clock }: Handling,
): Promise<Receipt> {
  const arrival: Arrival = { event, receivedAt: clock() }
  arrivals.set(event.payload, arrival)
  // An event name that the library's types do not know reaches onAny like any other.
  const { guid: id, event: name, payload } = event
  await probot.receive({ id, name, payload } as unknown as EmitterWebhookEvent)
  if (!arrival.receipt) throw new Error('the recorder did not see the delivery')
  return arrival.receipt
}

async function record(
  { event, receivedAt }: Arrival,
  options: WebhookSourceOptions,
): Promise<Receipt> {
  const { guid, event: name, payload, body, headers } = event
  const host = options.githubHost
  return options.receive({
    host,
    guid,
    event: name,
    kind: 'webhook',
    payload,
    body,
    headers,
    receivedAt,
  })
}

function turnAway(
  request: IncomingMessage,
  response: ServerResponse,
  { status, reason }: Refusal,
  log: Logger,
): void {
  log.warn({ status, reason, delivery: request.headers['x-github-delivery'] }, 'delivery refused')
  const allow = status === 405 ? { allow: 'POST' } : {}
  const close = request.complete ? {} : { connection: 'close' }
  answer(response, status, { outcome: 'refused', reason }, { ...allow, ...close })
  // The rest is read and dropped, so that the sender hears the answer before the connection closes.
  request.resume()
}

function answer(
  response: ServerResponse,
  status: number,
  body: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...headers,
  })
  response.end(text)
}
