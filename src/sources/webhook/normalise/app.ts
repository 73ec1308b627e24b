import type { Principal } from '../../../core/domain/index.js'
import type { WebhookEvent } from './event.js'
import { integer, object, text } from './payload.js'

/** Where an event keeps the thing that was written: a comment's event also carries the issue, of another author. */
const WRITTEN: ReadonlyMap<string, string> = new Map([
  ['check_run', 'check_run'],
  ['check_suite', 'check_suite'],
  ['issues', 'issue'],
  ['issue_comment', 'comment'],
  ['deployment', 'deployment'],
  ['deployment_status', 'deployment_status'],
])

interface WritingApp {
  readonly app_id: number | undefined
  readonly via_app: string | undefined
}

/** Labels: the id of the App that wrote the thing which the event is about, and through which App somebody did. */
export function writingApp({ name, payload }: WebhookEvent): WritingApp | undefined {
  const member = WRITTEN.get(name)
  if (member === undefined) return undefined
  const thing = object(payload[member])
  const via = object(thing.performed_via_github_app)
  return { app_id: integer(object(thing.app).id) ?? integer(via.id), via_app: text(via.slug) }
}

/** The App as a principal: it acts with its own rights, under the name of its slug. */
export function appPrincipal(value: unknown): Principal | undefined {
  const { id, slug, name } = object(value)
  const login = text(slug) ?? text(name)
  if (integer(id) === undefined && login === undefined) return undefined
  return { type: 'app', id: integer(id), login, display: text(name) }
}
