import type { DraftTarget } from '../../../../core/domain/index.js'
import { actionName } from '../action-names.js'
import { draft } from '../draft.js'
import type { Normaliser, WebhookEvent } from '../event.js'
import { integer, list, object, text } from '../payload.js'
import { placeLinks, placeTarget } from '../place.js'

/** The hook itself was deleted: the last that comes by it. Its address may hold a secret and is not read. */
export const meta: Normaliser = {
  event: 'meta',
  normalise: (event) => [hookEntry(event, actionName(event, { deleted: 'webhook.deleted' }))],
}

/** GitHub sends it once, when a hook is made. */
export const ping: Normaliser = {
  event: 'ping',
  normalise: (event) => [hookEntry(event, 'webhook.pinged')],
}

function hookEntry(event: WebhookEvent, action: string): ReturnType<typeof draft> {
  const hook = object(event.payload.hook)
  return draft(event, {
    action,
    at: action === 'webhook.pinged' ? [hook.created_at] : [],
    targets: [hookTarget(event), ...placeTarget(event)],
    changes: [
      action === 'webhook.pinged'
        ? { path: 'active', before: null, after: hook.active === true }
        : { path: 'active', before: hook.active === true, after: null },
    ],
    links: placeLinks(event),
    labels: {
      hook_type: text(hook.type, 40),
      hook_events: list(hook.events).length,
      insecure_ssl: object(hook.config).insecure_ssl === '1',
    },
  })
}

function hookTarget({ payload }: WebhookEvent): DraftTarget {
  const hook = object(payload.hook)
  const id = integer(payload.hook_id) ?? integer(hook.id)
  return { type: 'webhook', id, name: text(hook.name) }
}
