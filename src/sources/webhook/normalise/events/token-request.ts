import {
  personal,
  type DraftChange,
  type DraftTarget,
  type EntryDraft,
  type JsonObject,
} from '../../../../core/domain/index.js'
import { actionName } from '../action-names.js'
import { draft } from '../draft.js'
import { hosted, type Normaliser, type WebhookEvent } from '../event.js'
import { links } from '../links.js'
import { identifier, isObject, list, object, text } from '../payload.js'
import { organizationSettings, placeLinks } from '../place.js'
import { recorded } from '../recorded.js'
import { firstWho, isSame, principal, type Candidate } from '../who.js'

const NAMES = {
  created: 'token_request.created',
  approved: 'token_request.approved',
  denied: 'token_request.denied',
  cancelled: 'token_request.cancelled',
}
const MOST_REPOSITORIES = 50

/** A person's fine-grained token that wants into the organization; the token itself is in no payload. */
export const tokenRequest: Normaliser = {
  event: 'personal_access_token_request',
  normalise: (event) => [requestEntry(event, object(event.payload.personal_access_token_request))],
}

function requestEntry(event: WebhookEvent, request: JsonObject): EntryDraft {
  const who = firstWho(candidates(event, request))
  const owner = principal(request.owner)
  const id = identifier(request.id)
  const settings = organizationSettings(event, 'personal-access-token-requests')
  const may = object(request.permissions_result)
  return draft(event, {
    action: actionName(event, NAMES),
    at: event.action === 'created' ? [request.created_at] : [],
    who,
    severity: event.action === 'approved' && mayWrite(may) ? 2 : undefined,
    targets: [
      tokenTarget(request),
      ...(owner && !isSame(owner, who.actor) ? [{ type: 'token_owner', principal: owner }] : []),
      ...list(request.repositories).slice(0, MOST_REPOSITORIES).map(repositoryTarget(event)),
    ],
    changes: changes(request),
    links: [...links([['settings', settings]]), ...placeLinks(event)],
    correlation: id === undefined ? undefined : `token_request:${String(id)}`,
    labels: {
      repositories: list(request.repositories).length || undefined,
      repository_selection: text(request.repository_selection, 40),
      token_expires_at: text(request.token_expires_at, 40),
      token_expired: request.token_expired === true,
      writes: mayWrite(may),
    },
  })
}

/** Who asked is the token's owner; who decided, or took it back, is the sender. */
function candidates({ action, payload }: WebhookEvent, request: JsonObject): Candidate[] {
  const sender: Candidate = ['sender', payload.sender]
  const owner: Candidate = ['personal_access_token_request.owner', request.owner]
  return action === 'created' ? [owner, sender] : [sender]
}

/** Its name is text that a person chose. */
function tokenTarget(request: JsonObject): DraftTarget {
  const name = text(request.token_name)
  return {
    type: 'token',
    id: identifier(request.token_id) ?? identifier(request.id),
    name: name === undefined ? undefined : personal(name, principal(request.owner)),
  }
}

function repositoryTarget({ host }: WebhookEvent) {
  return (repository: unknown): DraftTarget => {
    const { id, name } = hosted(host, repository) ?? {}
    return { type: 'repository', id, name }
  }
}

/** What is asked for in addition, and what the token may do in all. Nothing stands for what it could before. */
function changes(request: JsonObject): DraftChange[] {
  const { permissions_added: added, permissions_upgraded: upgraded } = request
  const parts: (readonly [path: string, value: unknown])[] = [
    ['permissions/added', added],
    ['permissions/upgraded', upgraded],
    ['permissions/result', request.permissions_result],
  ]
  return parts
    .filter(([, value]) => isObject(value))
    .map(([path, value]) => ({ path, after: recorded(value) }))
}

function mayWrite(permissions: JsonObject): boolean {
  return Object.values(permissions).some((group) =>
    Object.values(object(group)).some((level) => level === 'write' || level === 'admin'),
  )
}
