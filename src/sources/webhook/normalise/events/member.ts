import type { DraftChange, JsonObject, Severity } from '../../../../core/domain/index.js'
import { actionName } from '../action-names.js'
import { bySender, correlation, draft } from '../draft.js'
import type { Normaliser, WebhookEvent } from '../event.js'
import { below, links } from '../links.js'
import { object, text } from '../payload.js'
import { isSame, principal, type Who } from '../who.js'

const NAMES = { added: 'member.added', edited: 'member.edited', removed: 'member.removed' }
const STRONG = new Set(['admin', 'maintain'])

/** A collaborator of a repository. */
export const member: Normaliser = {
  event: 'member',
  normalise(event) {
    const affected = principal(event.payload.member)
    const isSelf = isSame(affected, principal(event.payload.sender))
    const changes = permissionChanges(event)
    const entry = draft(event, {
      action: actionName(event, NAMES),
      at: [],
      who: who(event, isSelf),
      severity: severity(event, changes),
      targets: [affected ? { type: 'member', principal: affected } : { type: 'member' }],
      changes,
      links: links([
        ['settings', below(event.repoUrl, 'settings', 'access')],
        ['repository', event.repoUrl],
      ]),
      correlation: correlation('member', event.repo, 'all'),
      labels: { self: isSelf, not_stated: gaps(event, changes) },
    })
    return [entry]
  },
}

function who(event: WebhookEvent, isSelf: boolean): Who {
  const who = bySender(event)
  if (!isSelf || event.action !== 'added') return who
  const method = 'sender, who is the new member: an accepted invitation; GitHub does not say whose'
  return { actor: who.actor, attribution: { ...who.attribution, method } }
}

function permissionChanges({ payload }: WebhookEvent): DraftChange[] {
  const edits = object(payload.changes)
  const found: DraftChange[] = []
  const { permission, role_name: role, old_permission: old } = edits
  const before = text(object(old).from, 100) ?? text(object(permission).from, 100)
  const after = text(object(permission).to, 100)
  if (before !== undefined || after !== undefined) found.push({ path: 'permission', before, after })
  if (role !== undefined) found.push({ path: 'role_name', ...side(object(role)) })
  return found
}

/** GitHub says of an edit what the permission was, and what it is only sometimes. */
function gaps({ action }: WebhookEvent, changes: readonly DraftChange[]): string | undefined {
  if (action === 'removed') return 'permission'
  const after = changes.some((change) => change.after !== undefined)
  if (!after) return 'permission after'
  const before = changes.some((change) => change.before !== undefined)
  return action === 'edited' && !before ? 'permission before' : undefined
}

function side(edit: JsonObject): Pick<DraftChange, 'before' | 'after'> {
  return { before: text(edit.from, 100), after: text(edit.to, 100) }
}

function severity(event: WebhookEvent, changes: readonly DraftChange[]): Severity | undefined {
  if (event.action === 'removed') return undefined
  return changes.some(({ after }) => typeof after === 'string' && STRONG.has(after)) ? 2 : undefined
}
