import type { DraftTarget, Link } from '../../../core/domain/index.js'
import type { WebhookEvent } from './event.js'
import { below, links } from './links.js'

/** Where it happened, for what has no page of its own: the repository, else the account, else the server. */
export function placeLinks({ host, repoUrl, account }: WebhookEvent): Link[] {
  const server = `https://${host}`
  if (repoUrl !== undefined) return links([['repository', repoUrl]])
  const page = account && below(server, account.name)
  return links([page === undefined ? ['server', server] : ['account', page]])
}

/** What it happened to, for what has no number of its own: the repository, else the account. */
export function placeTarget({ repo, repoUrl, account }: WebhookEvent): DraftTarget[] {
  if (repo) return [{ type: 'repository', id: repo.id, name: repo.name, url: repoUrl }]
  return account ? [{ type: 'account', id: account.id, name: account.name }] : []
}

/** A page below the organization's settings: `https://github.com/organizations/acme/settings/…`. */
export function organizationSettings(
  { host, account }: WebhookEvent,
  ...parts: string[]
): string | undefined {
  return account && below(`https://${host}`, 'organizations', account.name, 'settings', ...parts)
}
