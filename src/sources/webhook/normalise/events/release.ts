import {
  personal,
  type CiContext,
  type DraftChange,
  type DraftTarget,
  type JsonObject,
  type Personal,
  type Severity,
} from '../../../../core/domain/index.js'
import { actionName } from '../action-names.js'
import { correlation, draft } from '../draft.js'
import type { Normaliser, WebhookEvent } from '../event.js'
import { below, htmlUrl, links } from '../links.js'
import { integer, LIMITS, list, object, text } from '../payload.js'
import { behind, firstWho, principal, type Candidate } from '../who.js'

const NAMES = Object.fromEntries(
  ['created', 'published', 'released', 'prereleased', 'unpublished', 'edited', 'deleted'].map(
    (name) => [name, `release.${name}`],
  ),
)
const MOST_ASSETS = 100

/** What others install from here. Nobody but the label says that one was edited after people could have it. */
export const release: Normaliser = {
  event: 'release',
  normalise(event) {
    const about = object(event.payload.release)
    const who = firstWho(candidates(event, about))
    const tag = text(about.tag_name)
    const [author] = behind(who.actor, [principal(about.author)])
    const assets = list(about.assets)
    const entry = draft(event, {
      action: actionName(event, NAMES),
      at: times(event, about),
      who,
      severity: isEditedAfterPublication(event, about) ? EDITED_LATE : undefined,
      targets: targets(event, about, author && { type: 'author', principal: author }),
      ci: { event: 'release', ref: tag && `refs/tags/${tag}`, artifacts: artifacts(assets) },
      changes: changes(event, about),
      links: links([
        ['release', htmlUrl(about)],
        ['tag', tag && below(event.repoUrl, 'tree', tag)],
        ['repository', event.repoUrl],
      ]),
      correlation: correlation('release', event.repo, integer(about.id)),
      labels: {
        draft: about.draft === true,
        prerelease: about.prerelease === true,
        immutable: about.immutable === true,
        target: text(about.target_commitish),
        assets: assets.length > 0 ? assets.length : undefined,
        after_publication: isEditedAfterPublication(event, about),
      },
    })
    return [entry]
  },
}

const EDITED_LATE: Severity = 2

/** Who drafted a release need not be who published it. */
function candidates({ action, payload }: WebhookEvent, about: JsonObject): Candidate[] {
  const sender: Candidate = ['sender', payload.sender]
  return action === 'created' ? [sender, ['release.author', about.author]] : [sender]
}

/** `created_at` of a release is the time of its commit. When one was hidden or deleted is not stated. */
function times({ action }: WebhookEvent, about: JsonObject): unknown[] {
  if (action === 'published') return [about.published_at]
  return action === 'edited' ? [about.updated_at] : []
}

function targets(
  event: WebhookEvent,
  about: JsonObject,
  author: DraftTarget | undefined,
): DraftTarget[] {
  const tag = text(about.tag_name)
  const found: DraftTarget[] = [
    {
      type: 'release',
      id: integer(about.id),
      name: sealed(about.name, about) ?? tag,
      url: htmlUrl(about),
    },
  ]
  if (tag !== undefined) found.push({ type: 'tag', id: `refs/tags/${tag}`, name: tag })
  if (author) found.push(author)
  return found
}

/** Files by name, with the digest where GitHub has made one. */
function artifacts(assets: readonly unknown[]): CiContext['artifacts'] {
  const found = assets.slice(0, MOST_ASSETS).map((asset) => {
    const { name, digest } = object(asset)
    return { name: text(name) ?? '', digest: text(digest, 100) }
  })
  return found.length > 0 ? found : undefined
}

function isEditedAfterPublication({ action }: WebhookEvent, about: JsonObject): boolean {
  return action === 'edited' && about.draft !== true && typeof about.published_at === 'string'
}

function changes({ payload }: WebhookEvent, about: JsonObject): DraftChange[] {
  const edits = object(payload.changes)
  const found: DraftChange[] = []
  for (const name of ['name', 'body'] as const) {
    const { from } = object(edits[name])
    if (from === undefined) continue
    found.push({ path: name, before: sealed(from, about), after: sealed(about[name], about) })
  }
  const tag = text(object(edits.tag_name).from)
  if (tag !== undefined) found.push({ path: 'tag_name', before: tag, after: text(about.tag_name) })
  const { to: latest } = object(edits.make_latest)
  if (typeof latest === 'boolean') found.push({ path: 'make_latest', after: latest })
  return found
}

function sealed(value: unknown, about: JsonObject): Personal | undefined {
  const found = text(value, LIMITS.comment)
  return found === undefined ? undefined : personal(found, principal(about.author))
}
