import { z } from 'zod'
import { notFound } from '../refusal.js'
import { forApp, ok, param, type Answer, type Call, type Route } from '../route.js'
import type { Delivery, Hook } from '../state.js'
import { time } from '../views/links.js'

export const hookRoutes: readonly Route[] = [
  { id: 'apps/get-webhook-config-for-app', access: forApp, answer: getWebhookConfigForApp },
  { id: 'apps/update-webhook-config-for-app', access: forApp, answer: updateWebhookConfigForApp },
  { id: 'apps/list-webhook-deliveries', access: forApp, answer: listDeliveries },
  { id: 'apps/get-webhook-delivery', access: forApp, answer: getWebhookDelivery },
  { id: 'apps/redeliver-webhook-delivery', access: forApp, answer: redeliverWebhookDelivery },
]

function getWebhookConfigForApp(call: Call): Answer {
  return ok(configView(hookOf(call)))
}

function updateWebhookConfigForApp(call: Call): Answer {
  const hook = hookOf(call)
  hook.url = z.object({ url: z.string().optional() }).parse(call.body).url ?? hook.url
  return ok(configView(hook))
}

function getWebhookDelivery(call: Call): Answer {
  return ok(deliveryView(deliveryOf(call)))
}

function redeliverWebhookDelivery(call: Call): Answer {
  // GitHub says 202 at once and sends afterwards.
  void hookOf(call).redeliver(deliveryOf(call))
  return { status: 202, body: {} }
}

function hookOf(call: Call): Hook {
  if (!call.world.state.hook) throw notFound()
  return call.world.state.hook
}

function configView(hook: Hook): object {
  return { content_type: 'json', insecure_ssl: '0', secret: '********', url: hook.url }
}

/** Newest first, by cursor: the id after which the page begins. */
function listDeliveries(call: Call): Answer {
  const cursor = Number(call.query.get('cursor') ?? Infinity)
  const size = Math.min(Number(call.query.get('per_page') ?? 30), 100)
  const wanted = call.query.get('status')
  const older = call.world.state.deliveries
    .filter((one) => one.id < cursor && hasStatus(one, wanted))
    .reverse()
  const page = older.slice(0, size)
  const last = page.at(-1)
  const query = new URLSearchParams(call.query)
  if (last) query.set('cursor', String(last.id))
  const next = `<${call.url}?${query.toString()}>; rel="next"`
  return ok(page.map(itemView), older.length > size ? { link: next } : {})
}

/** `failure` means an answer of 400 to 599: a receiver that never answered is in neither list. */
function hasStatus(delivery: Delivery, wanted: string | null): boolean {
  if (wanted === 'success') return delivery.statusCode >= 200 && delivery.statusCode < 400
  if (wanted === 'failure') return delivery.statusCode >= 400
  return true
}

function deliveryOf(call: Call): Delivery {
  const id = Number(param(call, 'delivery_id'))
  const delivery = call.world.state.deliveries.find((one) => one.id === id)
  if (!delivery) throw notFound()
  return delivery
}

function itemView(delivery: Delivery): object {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: time(delivery.deliveredAt),
    redelivery: delivery.redelivery,
    duration: delivery.duration,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  }
}

function deliveryView(delivery: Delivery): object {
  return {
    ...itemView(delivery),
    url: delivery.url,
    request: { headers: delivery.requestHeaders, payload: JSON.parse(delivery.body) as unknown },
    response: { headers: delivery.responseHeaders, payload: delivery.responseBody },
  }
}
