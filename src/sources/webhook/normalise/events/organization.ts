import {
  personal,
  type DraftChange,
  type DraftTarget,
  type EntryDraft,
  type Severity,
} from '../../../../core/domain/index.js'
import { actionName } from '../action-names.js'
import { draft } from '../draft.js'
import type { Normaliser, WebhookEvent } from '../event.js'
import { below, links } from '../links.js'
import { object, text } from '../payload.js'
import { placeLinks } from '../place.js'
import { firstWho, isSame, principal } from '../who.js'

const NAMES = {
  deleted: 'organization.deleted',
  renamed: 'organization.renamed',
  member_added: 'organization_member.added',
  member_invited: 'organization_member.invited',
  member_removed: 'organization_member.removed',
}

/** An organization and its members. GitHub does not tell when a member becomes an owner, or the other way. */
export const organization: Normaliser = {
  event: 'organization',
  normalise: (event) => [organizationEntry(event)],
}

/** Somebody who may no longer, or may again, take part in an organization's public repositories. */
export const orgBlock: Normaliser = {
  event: 'org_block',
  normalise(event) {
    const blocked = principal(event.payload.blocked_user)
    const isBlocked = event.action === 'blocked'
    const entry = draft(event, {
      action: actionName(event, { blocked: 'user.blocked', unblocked: 'user.unblocked' }),
      at: [],
      targets: [
        ...(blocked ? [{ type: 'user', principal: blocked }] : []),
        ...organizationTarget(event),
      ],
      changes: [{ path: 'blocked', before: !isBlocked, after: isBlocked }],
      links: placeLinks({ ...event, repoUrl: undefined }),
    })
    return [entry]
  },
}

function organizationEntry(event: WebhookEvent): EntryDraft {
  const { payload, account, host } = event
  const people = account && below(`https://${host}`, 'orgs', account.name, 'people')
  const changes = changesOf(event)
  return draft(event, {
    action: actionName(event, NAMES),
    at: event.action === 'member_invited' ? [object(payload.invitation).created_at] : [],
    who: firstWho([
      ['sender', payload.sender],
      ['invitation.inviter', object(payload.invitation).inviter],
    ]),
    severity: severity(event),
    targets: [...affected(event), ...organizationTarget(event)],
    changes,
    links: [
      ...links([['people', event.action.startsWith('member_') ? people : undefined]]),
      ...placeLinks({ ...event, repoUrl: undefined }),
    ],
    correlation: account && `organization:${String(account.id)}`,
    labels: {
      role: role(event),
      self: isSame(principal(object(payload.membership).user), principal(payload.sender)),
    },
  })
}

function organizationTarget({ account }: WebhookEvent): DraftTarget[] {
  return account ? [{ type: 'organization', id: account.id, name: account.name }] : []
}

/** The member or the invited; an invitation may go to an address instead of an account. */
function affected({ action, payload }: WebhookEvent): DraftTarget[] {
  const isInvitation = action === 'member_invited'
  const invitation = object(payload.invitation)
  const somebody = principal(isInvitation ? payload.user : object(payload.membership).user)
  const one = somebody ?? (isInvitation ? principal({ login: invitation.login }) : undefined)
  const type = isInvitation ? 'invited' : 'member'
  if (one) return [{ type, principal: one }]
  const address = text(invitation.email)
  return address === undefined ? [] : [{ type, name: personal(address) }]
}

function role({ action, payload }: WebhookEvent): string | undefined {
  const { role: invited } = object(payload.invitation)
  return text(action === 'member_invited' ? invited : object(payload.membership).role, 40)
}

/** Owners are called `admin`. */
function severity(event: WebhookEvent): Severity | undefined {
  const isGained = event.action === 'member_added' || event.action === 'member_invited'
  return isGained && role(event) === 'admin' ? 3 : undefined
}

function changesOf(event: WebhookEvent): DraftChange[] {
  const { action, payload, account } = event
  if (action === 'renamed') {
    const { from } = object(object(payload.changes).login)
    return [{ path: 'login', before: text(from), after: account?.name }]
  }
  if (action === 'deleted') return [{ path: 'login', before: account?.name, after: null }]
  if (action === 'member_removed') return [{ path: 'role', before: role(event), after: null }]
  return [{ path: 'role', before: null, after: role(event) }]
}
