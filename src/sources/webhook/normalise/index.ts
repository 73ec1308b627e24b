import type { Delivery, EntryDraft } from '../../../core/domain/index.js'
import { readEvent, type WebhookEvent } from './event.js'
import { fallback } from './fallback.js'
import { fit } from './fit.js'
import { normaliserOf } from './registry.js'

/**
 * What a delivery says, as drafts in the order in which they enter the log: at least one. Pure, and total:
 * whatever JSON object the payload is, it throws nothing and each draft's leaf is at most 65,535 bytes.
 * An event without a normaliser, or one whose payload its normaliser does not understand, becomes
 * `github.<event>.<action>`; the latter is labelled `normaliser_failed`.
 */
export function normalise(delivery: Delivery): EntryDraft[] {
  const event = readEvent(delivery)
  return read(event).map(fit)
}

function read(event: WebhookEvent): EntryDraft[] {
  const normaliser = normaliserOf(event.name)
  if (!normaliser) return [fallback(event)]
  try {
    const drafts = normaliser.normalise(event)
    return drafts.length > 0 ? drafts : [fallback(event)]
  } catch {
    // Nothing may be lost because of a shape that nobody foresaw; the raw body is kept for a better reader.
    const draft = fallback(event)
    return [{ ...draft, labels: { ...draft.labels, normaliser_failed: true } }]
  }
}
