import {
  personal,
  type DraftChange,
  type DraftTarget,
  type EntryDraft,
  type JsonObject,
  type Personal,
  type Severity,
} from '../../../../core/domain/index.js'
import { actionName } from '../action-names.js'
import { draft } from '../draft.js'
import type { Normaliser, WebhookEvent } from '../event.js'
import { htmlUrl, links } from '../links.js'
import { integer, LIMITS, object, text } from '../payload.js'
import { placeLinks } from '../place.js'
import { isEqual, recorded } from '../recorded.js'
import { snapshot, type Thing } from '../snapshot.js'
import { isSame, principal } from '../who.js'

const NAMES = {
  created: 'team.created',
  edited: 'team.edited',
  deleted: 'team.deleted',
  added_to_repository: 'team.added_to_repository',
  removed_from_repository: 'team.removed_from_repository',
}
/** Permissions on a repository, weakest first. */
const LEVELS = ['pull', 'triage', 'push', 'maintain', 'admin']
const STRONG = new Set(['maintain', 'admin'])

/** A team, and the repositories that it reaches. */
export const team: Normaliser = {
  event: 'team',
  normalise: (event) => [teamEntry(event, actionName(event, NAMES))],
}

/** GitHub says a second time that a team got a repository; the organization stands as sender. */
export const teamAdd: Normaliser = {
  event: 'team_add',
  normalise: (event) => [teamEntry(event, 'team.addition_reported')],
}

/** Somebody who joined or left a team. */
export const membership: Normaliser = {
  event: 'membership',
  normalise(event) {
    const about = object(event.payload.team)
    const member = principal(event.payload.member)
    const isNew = event.action === 'added'
    const entry = draft(event, {
      action: actionName(event, { added: 'team_member.added', removed: 'team_member.removed' }),
      at: [],
      targets: [...(member ? [{ type: 'member', principal: member }] : []), ...teamTarget(about)],
      changes: [{ path: 'member', before: !isNew, after: isNew }],
      links: teamLinks(event, about),
      correlation: teamCorrelation(about),
      labels: {
        self: isSame(member, principal(event.payload.sender)),
        team_deleted: about.deleted === true,
      },
    })
    return [entry]
  },
}

function teamEntry(event: WebhookEvent, action: string): EntryDraft {
  const about = object(event.payload.team)
  const changes = changesOf(event, about)
  const isThere = event.action !== 'deleted' && event.name === 'team'
  return draft(event, {
    action,
    at: [],
    severity: severity(event, changes),
    targets: [...teamTarget(about), ...repositoryTarget(event)],
    changes,
    snapshot: isThere ? snapshot('team', about.id, sealedTeam(about)) : undefined,
    links: teamLinks(event, about),
    correlation: teamCorrelation(about),
    labels: {
      privacy: text(about.privacy, 40),
      repeats: event.name === 'team_add' ? 'team.added_to_repository' : undefined,
      not_stated: event.action === 'edited' && changes.length === 0 ? 'changes' : undefined,
    },
  })
}

function teamTarget(about: JsonObject): DraftTarget[] {
  return [{ type: 'team', id: integer(about.id), name: text(about.name), url: htmlUrl(about) }]
}

function repositoryTarget({ repo, repoUrl }: WebhookEvent): DraftTarget[] {
  return repo ? [{ type: 'repository', id: repo.id, name: repo.name, url: repoUrl }] : []
}

function teamLinks(event: WebhookEvent, about: JsonObject): ReturnType<typeof links> {
  return [...links([['team', htmlUrl(about)]]), ...placeLinks(event)]
}

function teamCorrelation(about: JsonObject): string | undefined {
  const id = integer(about.id)
  return id === undefined ? undefined : `team:${String(id)}`
}

function severity({ action }: WebhookEvent, changes: readonly DraftChange[]): Severity | undefined {
  if (action !== 'added_to_repository' && action !== 'edited') return undefined
  const stronger = changes.some(
    ({ path, before, after }) =>
      path === 'permission' && before !== after && typeof after === 'string' && STRONG.has(after),
  )
  return stronger ? 2 : undefined
}

function changesOf(event: WebhookEvent, about: JsonObject): DraftChange[] {
  const { action, name } = event
  const permission = permissionOf(event.payload.repository) ?? text(about.permission, 40)
  if (action === 'removed_from_repository') {
    return [{ path: 'permission', before: permission, after: null }]
  }
  if (action === 'added_to_repository' || name === 'team_add') {
    return [{ path: 'permission', before: null, after: permission }]
  }
  return action === 'edited' ? edits(event, about) : whole(event, about)
}

/** A new team as it is; of a deleted one what it was. */
function whole({ action }: WebhookEvent, about: JsonObject): DraftChange[] {
  return ['name', 'privacy', 'permission', 'notification_setting']
    .filter((name) => about[name] !== undefined)
    .map((path) => {
      const value = recorded(about[path])
      return action === 'deleted' ? { path, before: value } : { path, after: value }
    })
}

function edits({ payload }: WebhookEvent, about: JsonObject): DraftChange[] {
  const { repository, ...others } = object(payload.changes)
  const found = Object.entries(others)
    .slice(0, 20)
    .map(([name, edit]) => edited(name, object(edit).from, about[name]))
    .filter((change) => change !== undefined)
  const { from } = object(object(repository).permissions)
  if (from === undefined) return found
  const [before, after] = [strongest(object(from)), permissionOf(payload.repository)]
  return [...found, { path: 'permission', before, after }]
}

function edited(name: string, before: unknown, after: unknown): DraftChange | undefined {
  if (isEqual(before, after)) return undefined
  const path = text(name) ?? ''
  return name === 'description'
    ? { path, before: sealed(before), after: sealed(after) }
    : { path, before: recorded(before), after: recorded(after) }
}

/** What the team may do in the repository: the payload's repository is as the team sees it. */
function permissionOf(repository: unknown): string | undefined {
  const { role_name: role, permissions } = object(repository)
  return text(role, 60) ?? strongest(object(permissions))
}

function strongest(permissions: JsonObject): string | undefined {
  return LEVELS.findLast((level) => permissions[level] === true)
}

/** Its description is free text; its parent is another team, of which only the name matters here. */
function sealedTeam(about: JsonObject): Thing {
  const { id, name } = object(about.parent)
  const parent = id === undefined ? null : { id, name }
  return { ...about, description: sealed(about.description), parent }
}

function sealed(value: unknown): Personal | undefined {
  const found = text(value, LIMITS.comment)
  return found === undefined ? undefined : personal(found)
}
