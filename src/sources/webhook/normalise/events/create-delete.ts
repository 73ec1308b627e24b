import type { EntryDraft } from '../../../../core/domain/index.js'
import { correlation, draft } from '../draft.js'
import type { Normaliser, WebhookEvent } from '../event.js'
import { gitRef } from '../git-ref.js'
import { below, links } from '../links.js'
import { LIMITS, object, text } from '../payload.js'
import { actorsOfRefEvent } from '../pusher.js'

/**
 * GitHub says a second time what the push said: these entries are named as reports and labelled with what they
 * repeat, so that nobody counts one branch twice.
 */
export const create: Normaliser = {
  event: 'create',
  normalise: (event) => [report(event, 'ref.create_reported', 'created')],
}

export const deletion: Normaliser = {
  event: 'delete',
  normalise: (event) => [report(event, 'ref.delete_reported', 'deleted')],
}

function report(event: WebhookEvent, action: string, done: 'created' | 'deleted'): EntryDraft {
  const { payload, repoUrl } = event
  const ref = refOf(payload.ref_type, payload.ref)
  const { who, onBehalfOf } = actorsOfRefEvent(event)
  const url = done === 'created' ? below(repoUrl, 'tree', ref.name) : undefined
  return draft(event, {
    action,
    at: [object(payload.repository).pushed_at],
    who,
    onBehalfOf,
    ci: { event: event.name, ref: ref.full },
    correlation: correlation('ref', event.repo, ref.full),
    targets: [{ type: ref.kind, id: ref.full, name: ref.name, url }],
    links: links([
      [ref.kind, url],
      ['repository', repoUrl],
    ]),
    labels: { repeats: ref.kind === 'ref' ? undefined : `${ref.kind}.${done}` },
  })
}

function refOf(type: unknown, name: unknown): ReturnType<typeof gitRef> {
  const short = text(name, LIMITS.path) ?? 'unknown'
  if (type === 'branch') return gitRef(`refs/heads/${short}`)
  return gitRef(type === 'tag' ? `refs/tags/${short}` : short)
}
