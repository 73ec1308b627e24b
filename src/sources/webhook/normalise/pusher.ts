import type { DraftTarget, Principal } from '../../../core/domain/index.js'
import { bySender } from './draft.js'
import type { WebhookEvent } from './event.js'
import { object, text } from './payload.js'
import { isSame, nobody, principal, type Who } from './who.js'

export interface PushActors {
  readonly who: Who
  readonly onBehalfOf?: readonly Principal[] | undefined
  /** The pusher, where GitHub names another than the sender. */
  readonly targets: readonly DraftTarget[]
}

const DEPLOY_KEY = /^deploy[ _-]?key/i

/**
 * Who pushed: the sender is an authenticated account with an id; `pusher` is only a name. A deploy key has no
 * account of its own: GitHub leaves the sender out or names the account behind the key.
 */
export function actorsOfPush(event: WebhookEvent): PushActors {
  const sender = principal(event.payload.sender)
  const { name, username } = object(event.payload.pusher)
  const pusher = text(username) ?? text(name)
  if (pusher !== undefined && DEPLOY_KEY.test(pusher)) return byKey('pusher.name', sender)
  if (sender) return { who: bySender(event), targets: otherPusher(pusher, sender) }
  return { who: byName(pusher), targets: [] }
}

/** `pusher_type` of create and delete events. */
export function actorsOfRefEvent(event: WebhookEvent): PushActors {
  const { pusher_type: type, sender } = event.payload
  if (typeof type === 'string' && DEPLOY_KEY.test(type)) {
    return byKey('pusher_type', principal(sender))
  }
  return { who: bySender(event), targets: [] }
}

function byKey(field: string, sender: Principal | undefined): PushActors {
  const method = sender
    ? `${field} is a deploy key; the sender is the account behind it`
    : `${field} is a deploy key; GitHub does not say which`
  return {
    who: { actor: { type: 'deploy_key' }, attribution: { confidence: 'derived', method } },
    onBehalfOf: sender ? [sender] : undefined,
    targets: [],
  }
}

function byName(pusher: string | undefined): Who {
  if (pusher === undefined || pusher === 'none')
    return nobody('no sender and no pusher in the payload')
  const actor = principal({ login: pusher }) ?? { type: 'unknown' }
  return {
    actor,
    attribution: { confidence: 'derived', method: 'pusher.name: a login without an id, no sender' },
  }
}

function otherPusher(pusher: string | undefined, sender: Principal): DraftTarget[] {
  if (pusher === undefined || pusher === 'none' || sender.login === undefined) return []
  const named = principal({ login: pusher })
  return named && !isSame(named, sender) ? [{ type: 'pusher', principal: named }] : []
}
