import { z } from 'zod'

import type { GitHub } from '../../platform/index.js'
import { spanOf } from '../text/times.js'
import { resultsOf, type CheckResult } from './check.js'

const { ok, warn } = resultsOf('deliveries')

const deliveryAnswer = z.object({
  guid: z.string(),
  delivered_at: z.string(),
  /** `OK`, or what went wrong in words. */
  status: z.string(),
  status_code: z.number(),
})
type DeliveryAnswer = z.output<typeof deliveryAnswer>

/** GitHub delivers once and does not try again: what failed is missing from the log until it is asked for again. */
export async function checkDeliveries(github: GitHub, now: number): Promise<CheckResult[]> {
  const client = github.app()
  const { data } = await client.request('GET /app/hook/deliveries', { per_page: 100 })
  const deliveries = z.array(deliveryAnswer).parse(data)
  const newest = deliveries[0]
  if (!newest) return [ok('GitHub has not delivered anything lately')]
  const count = String(deliveries.length)
  const lost = lostAmong(deliveries)
  const last = lost[0]
  if (!last) return [ok(`the last ${count} arrived, the newest ${agoOf(newest, now)}`)]
  const message = `of the last ${count}, ${String(lost.length)} did not arrive, the newest ${agoOf(last, now)}: ${last.status} (${String(last.status_code)})`
  return [
    warn(
      message,
      'Look at them on the App’s settings page under “Advanced” and deliver them again there, within three days.',
    ),
  ]
}

/** Failed, and not delivered again since with success. */
function lostAmong(deliveries: readonly DeliveryAnswer[]): DeliveryAnswer[] {
  const arrived = new Set(deliveries.filter(isArrived).map(({ guid }) => guid))
  const lost = new Map<string, DeliveryAnswer>()
  for (const delivery of deliveries) {
    if (!arrived.has(delivery.guid) && !lost.has(delivery.guid)) lost.set(delivery.guid, delivery)
  }
  return [...lost.values()]
}

function isArrived({ status_code: code }: DeliveryAnswer): boolean {
  return code >= 200 && code < 300
}

function agoOf({ delivered_at: at }: DeliveryAnswer, now: number): string {
  const seconds = (now - Date.parse(at)) / 1000
  return `${spanOf(Math.max(0, seconds))} ago`
}
