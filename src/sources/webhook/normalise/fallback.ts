import {
  personal,
  type DraftChange,
  type DraftTarget,
  type EntryDraft,
  type JsonObject,
} from '../../../core/domain/index.js'
import { fallbackAction } from './action-names.js'
import { draft } from './draft.js'
import type { WebhookEvent } from './event.js'
import { htmlUrl, links } from './links.js'
import { identifier, isObject, LIMITS, object, text } from './payload.js'
import { placeLinks, placeTarget } from './place.js'
import { principal } from './who.js'

/** What nearly every payload carries and what therefore says nothing about what it is about. */
const COMMON = new Set([
  'repository',
  'organization',
  'sender',
  'installation',
  'enterprise',
  'changes',
])
const MOST_CHANGES = 50

/** One entry for an event or an action without a normaliser: where, who, what it was about, what changed. */
export function fallback(event: WebhookEvent): EntryDraft {
  return generic(event, fallbackAction(event), event.name)
}

/** What can be read of any event. `member` is where its payload holds what it is about. */
export function generic(event: WebhookEvent, action: string, member: string): EntryDraft {
  const [type, thing] = subject(event.payload, member)
  const page = thing.login === undefined ? htmlUrl(thing) : undefined
  return draft(event, {
    action,
    at: [thing.updated_at, thing.created_at],
    outcome: 'unknown',
    targets: targets(event, type, thing),
    changes: changes(event.payload),
    links: [...links([[type, type === 'repository' ? undefined : page]]), ...placeLinks(event)],
  })
}

/** The thing that the event is about: the member called like the event, or else the first object. */
function subject(payload: JsonObject, member: string): readonly [type: string, thing: JsonObject] {
  const named = payload[member]
  if (isObject(named)) return [text(member, 100) ?? 'object', named]
  for (const [name, value] of Object.entries(payload)) {
    if (!COMMON.has(name) && isObject(value)) return [text(name, 100) ?? 'object', value]
  }
  return ['repository', object(payload.repository)]
}

function targets(event: WebhookEvent, type: string, thing: JsonObject): DraftTarget[] {
  const found: DraftTarget[] = []
  const id = identifier(thing.id) ?? identifier(thing.number)
  if (type !== 'repository' && id !== undefined) found.push(target(type, id, thing))
  const place = placeTarget(event)
  found.push(...place)
  return found.length > 0 ? found : [{ type: 'server', name: event.host }]
}

/** Neither the id nor the page of a person or a machine is for the leaf. */
function target(type: string, id: number | string, thing: JsonObject): DraftTarget {
  const somebody = thing.login === undefined ? undefined : principal(thing)
  return somebody ? { type, principal: somebody } : { type, id, url: htmlUrl(thing) }
}

/** Values before the change, sealed when they are text: an unknown event may hold anything. */
function changes(payload: JsonObject): DraftChange[] {
  const found: DraftChange[] = []
  for (const [name, value] of Object.entries(object(payload.changes))) {
    if (found.length === MOST_CHANGES) break
    found.push({ path: text(name, LIMITS.name) ?? '', before: earlier(object(value).from) })
  }
  return found
}

function earlier(from: unknown): DraftChange['before'] {
  if (typeof from === 'number' || typeof from === 'boolean' || from === null) return from
  const found = text(from, LIMITS.line)
  return found === undefined ? undefined : personal(found)
}
