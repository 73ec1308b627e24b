import type { WebhookEvent } from './event.js'
import { integer, object } from './payload.js'

/** Where an event keeps the thing that was written: a comment's event also carries the issue, of another author. */
const WRITTEN: ReadonlyMap<string, string> = new Map([
  ['check_run', 'check_run'],
  ['check_suite', 'check_suite'],
  ['issues', 'issue'],
  ['issue_comment', 'comment'],
  ['deployment', 'deployment'],
  ['deployment_status', 'deployment_status'],
])

/** The id of the App that wrote the thing which the event is about, as far as GitHub says. */
export function writingApp({ name, payload }: WebhookEvent): number | undefined {
  const member = WRITTEN.get(name)
  if (member === undefined) return undefined
  const thing = object(payload[member])
  return integer(object(thing.app).id) ?? integer(object(thing.performed_via_github_app).id)
}
