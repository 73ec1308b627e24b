import type { Delivery, EntryDraft, HostedName, JsonObject } from '../../../core/domain/index.js'
import { htmlUrl } from './links.js'
import { integer, isObject, text } from './payload.js'

/** A delivery with what nearly every payload carries, read once. */
export interface WebhookEvent {
  readonly host: string
  /** As the header says, for example `workflow_run`. */
  readonly name: string
  /** The payload's `action`; empty for events that have none. */
  readonly action: string
  readonly payload: JsonObject
  readonly receivedAt: number
  readonly repo: HostedName | undefined
  readonly repoUrl: string | undefined
  /** The organization or the person that owns the repository or installed the App. */
  readonly account: HostedName | undefined
}

/**
 * Reads one event's payloads. Pure; may throw on a shape that nobody foresaw (the fallback then takes over),
 * and gives at least one draft.
 */
export interface Normaliser {
  /** The `X-GitHub-Event` that it reads. */
  readonly event: string
  normalise(event: WebhookEvent): EntryDraft[]
}

export function readEvent(delivery: Delivery): WebhookEvent {
  const { host, event: name, payload, receivedAt } = delivery
  const action = text(payload.action, 100) ?? ''
  const repoUrl = htmlUrl(payload.repository)
  const repo = hosted(host, payload.repository)
  return { host, name, action, payload, receivedAt, repo, repoUrl, account: owner(host, payload) }
}

function owner(host: string, payload: JsonObject): HostedName | undefined {
  const { organization, repository, installation } = payload
  return (
    hosted(host, organization) ??
    hosted(host, isObject(repository) ? repository.owner : undefined) ??
    hosted(host, isObject(installation) ? installation.account : undefined)
  )
}

/** A repository or an account by its id; `undefined` without one, since names change. */
export function hosted(host: string, value: unknown): HostedName | undefined {
  if (!isObject(value)) return undefined
  const id = integer(value.id)
  const name = text(value.full_name) ?? text(value.login) ?? text(value.slug) ?? text(value.name)
  return id === undefined || name === undefined ? undefined : { host, id, name }
}
