import type { DraftChange, DraftTarget } from '../../../../core/domain/index.js'
import { actionName } from '../action-names.js'
import { draft } from '../draft.js'
import { hosted, type Normaliser, type WebhookEvent } from '../event.js'
import { gitRef } from '../git-ref.js'
import { links } from '../links.js'
import { LIMITS, object, text } from '../payload.js'
import { sealedLogin } from '../people.js'
import { placeLinks, placeTarget } from '../place.js'
import { principal } from '../who.js'

/** The account that installed Hooktrail got another name: ids stay, so nothing of its past is lost. */
export const installationTarget: Normaliser = {
  event: 'installation_target',
  normalise(event) {
    const account = hosted(event.host, event.payload.account) ?? event.account
    const renamed = { ...event, account }
    const entry = draft(renamed, {
      action: actionName(event, { renamed: 'account.renamed' }),
      at: [],
      targets: account ? [{ type: 'account', id: account.id, name: account.name }] : [],
      changes: names(event),
      links: placeLinks({ ...renamed, repoUrl: undefined }),
      correlation: account && `account:${String(account.id)}`,
      labels: { account_type: text(event.payload.target_type, 40) },
    })
    return [entry]
  },
}

/** An organization's name stays in the leaf, as in every entry of it; a person's is sealed. */
function names({ payload }: WebhookEvent): DraftChange[] {
  const isPerson = payload.target_type === 'User'
  const after = object(payload.account)
  return Object.entries(object(payload.changes))
    .slice(0, 10)
    .map(([name, edit]) => {
      const [was, is] = [text(object(edit).from), text(after[name])]
      const shown = (value: string | undefined): DraftChange['before'] =>
        value !== undefined && isPerson ? sealedLogin(value) : value
      return { path: text(name) ?? '', before: shown(was), after: shown(is) }
    })
}

/** Somebody no longer lets Hooktrail act in their name. */
export const appAuthorization: Normaliser = {
  event: 'github_app_authorization',
  normalise(event) {
    const { payload, host } = event
    const entry = draft(event, {
      action: actionName(event, { revoked: 'app_authorization.revoked' }),
      at: [],
      targets: person('user', payload.sender),
      changes: [{ path: 'authorized', before: true, after: false }],
      links: links([['settings', `https://${host}/settings/apps/authorizations`]]),
    })
    return [entry]
  },
}

/** Accounts of an Enterprise Server, whose administrators may send these to a hook. */
export const user: Normaliser = {
  event: 'user',
  normalise(event) {
    const isNew = event.action === 'created'
    const entry = draft(event, {
      action: actionName(event, { created: 'user.created', deleted: 'user.deleted' }),
      at: isNew ? [object(event.payload.user).created_at] : [],
      targets: person('user', event.payload.user),
      changes: [{ path: 'exists', before: !isNew, after: isNew }],
      links: placeLinks({ ...event, repoUrl: undefined, account: undefined }),
    })
    return [entry]
  },
}

/** Whether repositories of an Enterprise Server may be read without an account. */
export const enterprise: Normaliser = {
  event: 'enterprise',
  normalise(event) {
    const isOpen = event.action === 'anonymous_access_enabled'
    const entry = draft(event, {
      action: actionName(event, {
        anonymous_access_enabled: 'enterprise.anonymous_access_enabled',
        anonymous_access_disabled: 'enterprise.anonymous_access_disabled',
      }),
      at: [],
      targets: [{ type: 'server', name: event.host }],
      changes: [{ path: 'anonymous_access', before: !isOpen, after: isOpen }],
      links: placeLinks(event),
    })
    return [entry]
  },
}

/** A cache of an Enterprise Server that caught up with a ref. */
export const cacheSync: Normaliser = {
  event: 'cache_sync',
  normalise(event) {
    const { payload } = event
    const [before, after] = [text(payload.before, LIMITS.sha), text(payload.after, LIMITS.sha)]
    const { full, name } = gitRef(payload.ref)
    const entry = draft(event, {
      action: 'cache.synchronized',
      at: [],
      targets: [{ type: 'ref', id: full, name }, ...placeTarget(event)],
      ci: { ref: full, before_sha: before, head_sha: after },
      changes: [{ path: full, before, after }],
      links: placeLinks(event),
      labels: { cache_location: text(payload.cache_location) },
    })
    return [entry]
  },
}

function person(type: string, somebody: unknown): DraftTarget[] {
  const one = principal(somebody)
  return [one ? { type, principal: one } : { type }]
}
