import type {
  DraftChange,
  DraftTarget,
  EntryDraft,
  JsonObject,
} from '../../../../core/domain/index.js'
import { actionName } from '../action-names.js'
import { draft } from '../draft.js'
import type { Normaliser, WebhookEvent } from '../event.js'
import { htmlUrl, links } from '../links.js'
import { integer, list, object, text, texts } from '../payload.js'
import { recorded } from '../recorded.js'
import { snapshot } from '../snapshot.js'
import { firstWho, principal, type Candidate } from '../who.js'

const NAMES = {
  created: 'installation.created',
  deleted: 'installation.deleted',
  suspend: 'installation.suspended',
  unsuspend: 'installation.unsuspended',
  new_permissions_accepted: 'installation.permissions_accepted',
}
const MOST_REPOSITORIES = 100
const MOST_EVENTS = 100

/** Hooktrail's own installations: what it may see from now on. */
export const installation: Normaliser = {
  event: 'installation',
  normalise: (event) => [installationEntry(event, object(event.payload.installation))],
}

function installationEntry(event: WebhookEvent, about: JsonObject): EntryDraft {
  const repositories = list(event.payload.repositories)
  return draft(event, {
    action: actionName(event, NAMES),
    at: times(event, about),
    who: firstWho(candidates(event, about)),
    targets: [
      installationTarget(about),
      ...requesters(event),
      ...repositories.slice(0, MOST_REPOSITORIES).map(repositoryTarget),
    ],
    changes: changes(event, about),
    snapshot:
      event.action === 'deleted' ? undefined : snapshot('installation', about.id, scope(about)),
    links: links([['settings', htmlUrl(about)]]),
    correlation: installationCorrelation(about),
    labels: {
      repositories: repositories.length > 0 ? repositories.length : undefined,
      repository_selection: text(about.repository_selection, 40),
      app: text(about.app_slug),
      not_stated: event.action === 'new_permissions_accepted' ? 'before' : undefined,
    },
  })
}

/** What Hooktrail may see there. */
function scope({
  permissions,
  events,
  repository_selection,
  suspended_at,
}: JsonObject): JsonObject {
  const suspended = suspended_at !== undefined && suspended_at !== null
  return { permissions, events, repository_selection, suspended }
}

function candidates({ action, payload }: WebhookEvent, about: JsonObject): Candidate[] {
  const sender: Candidate = ['sender', payload.sender]
  return action === 'suspend'
    ? [['installation.suspended_by', about.suspended_by], sender]
    : [sender]
}

/** When an App was removed or its permissions were accepted is not stated. */
function times({ action }: WebhookEvent, about: JsonObject): unknown[] {
  if (action === 'created') return [about.created_at]
  return action === 'suspend' ? [about.suspended_at] : []
}

export function installationTarget(about: JsonObject): DraftTarget {
  return {
    type: 'installation',
    id: integer(about.id),
    name: text(about.app_slug),
    url: htmlUrl(about),
  }
}

export function installationCorrelation(about: JsonObject): string | undefined {
  const id = integer(about.id)
  return id === undefined ? undefined : `installation:${String(id)}`
}

/** A member who may not install Apps asked; an owner, the sender, agreed. */
export function requesters({ payload }: WebhookEvent): DraftTarget[] {
  const requester = principal(payload.requester)
  return requester ? [{ type: 'requester', principal: requester }] : []
}

function repositoryTarget(repository: unknown): DraftTarget {
  const { id, full_name: name } = object(repository)
  return { type: 'repository', id: integer(id), name: text(name) }
}

/** GitHub does not say what the permissions were before: the snapshot before this one does. */
function changes({ action }: WebhookEvent, about: JsonObject): DraftChange[] {
  if (action === 'suspend') return [{ path: 'suspended', before: false, after: true }]
  if (action === 'unsuspend') return [{ path: 'suspended', before: true, after: false }]
  const events = texts(about.events, MOST_EVENTS, 100)
  const parts: (readonly [string, DraftChange['after']])[] = [
    ['permissions', recorded(about.permissions)],
    ['events', events],
  ]
  return parts.map(([path, value]) =>
    action === 'deleted' ? { path, before: value } : { path, after: value },
  )
}
