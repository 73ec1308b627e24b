import {
  personal,
  type DraftChange,
  type JsonObject,
  type Personal,
} from '../../../core/domain/index.js'
import type { WebhookEvent } from './event.js'
import { LIMITS, object, text } from './payload.js'
import { authorOf } from './pull-request.js'

/** What an edit, a retarget or a push to the head changed. */
export function changesOfPull(event: WebhookEvent, pull: JsonObject): DraftChange[] {
  const { action, payload } = event
  if (action === 'synchronize') return headMoved(payload)
  if (action !== 'edited') return []
  const edits = object(payload.changes)
  return [...textChanges(edits, pull), ...baseChanges(object(edits.base), object(pull.base))]
}

function headMoved({ before, after }: JsonObject): DraftChange[] {
  const [from, to] = [text(before, LIMITS.sha), text(after, LIMITS.sha)]
  return from === undefined && to === undefined ? [] : [{ path: 'head', before: from, after: to }]
}

function textChanges(edits: JsonObject, pull: JsonObject): DraftChange[] {
  const found: DraftChange[] = []
  for (const name of ['title', 'body'] as const) {
    if (edits[name] === undefined) continue
    const before = sealed(object(edits[name]).from, pull)
    found.push({ path: name, before, after: sealed(pull[name], pull) })
  }
  return found
}

function sealed(value: unknown, pull: JsonObject): Personal | undefined {
  const found = text(value, LIMITS.comment)
  return found === undefined ? undefined : personal(found, authorOf(pull))
}

function baseChanges(edit: JsonObject, base: JsonObject): DraftChange[] {
  const found: DraftChange[] = []
  for (const name of ['ref', 'sha'] as const) {
    const before = text(object(edit[name]).from)
    if (before !== undefined) found.push({ path: `base/${name}`, before, after: text(base[name]) })
  }
  return found
}
