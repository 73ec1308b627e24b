import type { EntryDraft, JsonObject } from '../../../../core/domain/index.js'
import { actionName } from '../action-names.js'
import { bySender, draft } from '../draft.js'
import type { Normaliser, WebhookEvent } from '../event.js'
import { htmlUrl, links } from '../links.js'
import { list, object, text } from '../payload.js'
import { placeLinks, placeTarget } from '../place.js'
import { bySystem, firstWho, principal, type Who } from '../who.js'

/** A vulnerability of the repository's own software. */
export const repositoryAdvisory: Normaliser = {
  event: 'repository_advisory',
  normalise(event) {
    const advisory = object(event.payload.repository_advisory)
    const names = {
      published: 'repository_advisory.published',
      reported: 'repository_advisory.reported',
    }
    const isReport = event.action === 'reported'
    const who = firstWho([
      ['sender', event.payload.sender],
      isReport
        ? ['repository_advisory.author', advisory.author]
        : ['repository_advisory.publisher', advisory.publisher],
    ])
    const at = isReport ? [advisory.created_at] : [advisory.published_at]
    return [advisoryEntry(event, advisory, { action: actionName(event, names), who, at })]
  },
}

/** What GitHub tells everybody about software of the world. */
export const securityAdvisory: Normaliser = {
  event: 'security_advisory',
  normalise(event) {
    const advisory = object(event.payload.security_advisory)
    const names = {
      published: 'security_advisory.published',
      performed: 'security_advisory.published',
      updated: 'security_advisory.updated',
      withdrawn: 'security_advisory.withdrawn',
    }
    const who = principal(event.payload.sender) ? bySender(event) : bySystem(BY_GITHUB)
    const { published_at: published, updated_at: updated, withdrawn_at: withdrawn } = advisory
    const moments = { published, updated, withdrawn }
    const at = [object(moments)[event.action], updated]
    return [advisoryEntry(event, advisory, { action: actionName(event, names), who, at })]
  },
}

const BY_GITHUB = 'GitHub publishes advisories itself; no sender in the payload'

interface About {
  readonly action: string
  readonly who: Who
  readonly at: readonly unknown[]
}

function advisoryEntry(event: WebhookEvent, advisory: JsonObject, about: About): EntryDraft {
  const id = text(advisory.ghsa_id, 40)
  const reference = object(list(advisory.references)[0]).url
  return draft(event, {
    ...about,
    targets: [
      { type: 'advisory', id, name: text(advisory.summary), url: htmlUrl(advisory) },
      ...placeTarget(event),
    ],
    links: [
      ...links([
        ['advisory', htmlUrl(advisory)],
        ['reference', reference],
      ]),
      ...placeLinks(event),
    ],
    correlation: id === undefined ? undefined : `advisory:${id}`,
    labels: {
      cve_id: text(advisory.cve_id, 40),
      advisory_severity: text(advisory.severity, 40),
      state: text(advisory.state, 40),
    },
  })
}
