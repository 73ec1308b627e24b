import { createHash } from 'node:crypto'

import { personal, type DraftTarget, type JsonObject } from '../../../../core/domain/index.js'
import { actionName } from '../action-names.js'
import { correlation, draft } from '../draft.js'
import type { Normaliser, WebhookEvent } from '../event.js'
import { below, links } from '../links.js'
import { integer, object, text } from '../payload.js'
import { isSame, principal } from '../who.js'

const NAMES = { created: 'deploy_key.created', deleted: 'deploy_key.deleted' }

/** A key that reads a repository, or writes to it, without any account. */
export const deployKey: Normaliser = {
  event: 'deploy_key',
  normalise(event) {
    const key = object(event.payload.key)
    // Not stated means the worst.
    const isWritable = key.read_only !== true
    const isNew = event.action === 'created'
    const url = below(event.repoUrl, 'settings', 'keys')
    const entry = draft(event, {
      action: actionName(event, NAMES),
      at: isNew ? [key.created_at] : [],
      severity: isNew && isWritable ? 3 : undefined,
      targets: [keyTarget(key, url), ...addedBy(event, key)],
      changes: [
        isNew
          ? { path: 'read_only', after: !isWritable }
          : { path: 'read_only', before: !isWritable },
      ],
      links: links([
        ['settings', url],
        ['repository', event.repoUrl],
      ]),
      correlation: correlation('deploy_key', event.repo, integer(key.id)),
      labels: { writable: isWritable, fingerprint: fingerprint(key.key) },
    })
    return [entry]
  },
}

function keyTarget(key: JsonObject, url: string | undefined): DraftTarget {
  const title = text(key.title)
  const name = title === undefined ? undefined : personal(title)
  return { type: 'deploy_key', id: integer(key.id), name, url }
}

/** The account on whose behalf the key exists, where that is not whoever acted now. */
function addedBy(event: WebhookEvent, key: JsonObject): DraftTarget[] {
  const added = principal({ login: key.added_by })
  const acted = principal(event.payload.sender)
  return added && !isSame(added, acted) ? [{ type: 'added_by', principal: added }] : []
}

/** As `ssh-keygen -l` prints it, to compare with the keys on machines: `SHA256:<base64>`. */
function fingerprint(key: unknown): string | undefined {
  const blob = typeof key === 'string' && key.length < 20_000 ? key.split(' ')[1] : undefined
  if (blob === undefined || !/^[A-Za-z0-9+/]+=*$/.test(blob)) return undefined
  const hash = createHash('sha256').update(Buffer.from(blob, 'base64')).digest('base64')
  return `SHA256:${hash.replace(/=+$/, '')}`
}
