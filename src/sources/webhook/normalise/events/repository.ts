import {
  personal,
  type DraftChange,
  type JsonObject,
  type Personal,
} from '../../../../core/domain/index.js'
import { actionName } from '../action-names.js'
import { correlation, draft } from '../draft.js'
import type { Normaliser, WebhookEvent } from '../event.js'
import { below, links } from '../links.js'
import { LIMITS, object, text } from '../payload.js'
import { outcomeOf } from '../outcome.js'
import { recorded } from '../recorded.js'
import { snapshot } from '../snapshot.js'
import { principal } from '../who.js'

const NAMES = {
  created: 'repository.created',
  deleted: 'repository.deleted',
  archived: 'repository.archived',
  unarchived: 'repository.unarchived',
  edited: 'repository.edited',
  renamed: 'repository.renamed',
  transferred: 'repository.transferred',
  publicized: 'repository.publicized',
  privatized: 'repository.privatized',
  anonymous_access_enabled: 'repository.anonymous_access_enabled',
  anonymous_access_disabled: 'repository.anonymous_access_disabled',
}

/** Actions whose change is in their name, because the payload holds only the state after it. */
const IMPLIED: Readonly<Record<string, DraftChange>> = {
  archived: { path: 'archived', before: false, after: true },
  unarchived: { path: 'archived', before: true, after: false },
  publicized: { path: 'private', before: true, after: false },
  privatized: { path: 'private', before: false, after: true },
  anonymous_access_enabled: { path: 'anonymous_access', before: false, after: true },
  anonymous_access_disabled: { path: 'anonymous_access', before: true, after: false },
}

/** A repository's existence, visibility, name, owner and first settings. */
export const repository: Normaliser = {
  event: 'repository',
  normalise: (event) => [repositoryEntry(event, actionName(event, NAMES))],
}

/** GitHub says a second time that a repository became public. */
export const publicEvent: Normaliser = {
  event: 'public',
  normalise: (event) => [repositoryEntry(event, 'repository.publicity_reported')],
}

/** An import from elsewhere, which ended one way or the other. */
export const repositoryImport: Normaliser = {
  event: 'repository_import',
  normalise(event) {
    const outcome = outcomeOf(event.payload.status, 'completed')
    return [{ ...repositoryEntry(event, 'repository.imported'), outcome }]
  },
}

function repositoryEntry(event: WebhookEvent, action: string): ReturnType<typeof draft> {
  const { repo, repoUrl } = event
  const about = object(event.payload.repository)
  const changes = changesOf(event, about)
  return draft(event, {
    action,
    at: times(event, about),
    severity: changes.some(({ path }) => path === 'default_branch') ? 2 : undefined,
    targets: [{ type: 'repository', id: repo?.id, name: repo?.name, url: repoUrl }],
    changes,
    snapshot:
      event.action === 'deleted' ? undefined : snapshot('repository', repo?.id, settings(about)),
    links: links([
      ['repository', repoUrl],
      ['settings', below(repoUrl, 'settings')],
    ]),
    correlation: correlation('repository', repo, event.action === '' ? 'publicized' : event.action),
    labels: {
      visibility: visibility(about),
      repeats: event.name === 'public' ? 'repository.publicized' : undefined,
    },
  })
}

/** What is set in a repository, of all that GitHub sends about it: counts and addresses are not. */
const SETTINGS = new Set([
  'anonymous_access_enabled',
  'archived',
  'custom_properties',
  'default_branch',
  'delete_branch_on_merge',
  'disabled',
  'fork',
  'is_template',
  'merge_commit_message',
  'merge_commit_title',
  'name',
  'private',
  'squash_merge_commit_message',
  'squash_merge_commit_title',
  'topics',
  'visibility',
  'web_commit_signoff_required',
])

function settings(about: JsonObject): JsonObject {
  const isSetting = ([name]: readonly [string, unknown]): boolean =>
    SETTINGS.has(name) || /^(allow|has)_/.test(name)
  return Object.fromEntries(Object.entries(about).filter(isSetting))
}

/** `updated_at` moves with visibility and archiving; other edits leave it as it was. */
function times({ action, name }: WebhookEvent, about: JsonObject): unknown[] {
  if (action === 'created') return [about.created_at]
  const moves = name === 'public' || action === 'publicized' || action === 'privatized'
  return moves ? [about.updated_at] : []
}

function visibility(about: JsonObject): string | undefined {
  const stated = text(about.visibility, 40)
  if (stated !== undefined || typeof about.private !== 'boolean') return stated
  return about.private ? 'private' : 'public'
}

function changesOf({ action, name, payload }: WebhookEvent, about: JsonObject): DraftChange[] {
  const implied = IMPLIED[name === 'public' ? 'publicized' : action]
  if (implied) return [implied]
  const edits = object(payload.changes)
  if (action === 'renamed') return [renaming(edits, about)]
  if (action === 'transferred') return [transfer(edits, about)]
  return Object.keys(edits)
    .slice(0, 20)
    .map((setting) => edit(setting, edits, about))
}

function renaming(edits: JsonObject, about: JsonObject): DraftChange {
  const { from } = object(object(edits.repository).name)
  return { path: 'name', before: text(from), after: text(about.name) }
}

/** An organization's name stays in the leaf, as in every entry of it; a person's login is sealed. */
function transfer(edits: JsonObject, about: JsonObject): DraftChange {
  const { user, organization } = object(object(edits.owner).from)
  return { path: 'owner', before: ownerName(organization ?? user), after: ownerName(about.owner) }
}

function ownerName(owner: unknown): string | Personal | undefined {
  const somebody = principal(owner)
  if (somebody?.login === undefined) return undefined
  return somebody.type === 'user' ? personal(somebody.login, somebody) : somebody.login
}

function edit(setting: string, edits: JsonObject, about: JsonObject): DraftChange {
  const before = object(edits[setting]).from
  const after = about[setting]
  const path = text(setting) ?? ''
  // Free text, where names and promises stand.
  if (setting !== 'description') return { path, before: recorded(before), after: recorded(after) }
  return { path, before: sealed(before), after: sealed(after) }
}

function sealed(value: unknown): Personal | undefined {
  const found = text(value, LIMITS.comment)
  return found === undefined ? undefined : personal(found)
}
