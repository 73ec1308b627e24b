import type { Account } from './accounts.js'
import type { GitHubState } from './model.js'
import type { Repository } from './repositories.js'

export interface Installation {
  readonly id: number
  readonly account: Account
  /** Permission to `read` or `write`, as `GET /app/installations/{id}` shows it. */
  permissions: Readonly<Record<string, string>>
  events: readonly string[]
  /** Ids, or every repository of the account. */
  repositories: 'all' | ReadonlySet<number>
  readonly createdAt: Date
  updatedAt: Date
  suspendedAt: Date | null
  suspendedBy: Account | null
}

export interface NewInstallation {
  readonly account: Account
  readonly permissions: Readonly<Record<string, string>>
  readonly events: readonly string[]
  /** All of the account's when left out. */
  readonly repositories?: readonly Repository[]
  readonly id?: number
  readonly at: Date
}

export function addInstallation(state: GitHubState, wanted: NewInstallation): Installation {
  const installation: Installation = {
    id: wanted.id ?? state.nextId(),
    account: wanted.account,
    permissions: wanted.permissions,
    events: wanted.events,
    repositories: wanted.repositories
      ? new Set(wanted.repositories.map((repository) => repository.id))
      : 'all',
    createdAt: wanted.at,
    updatedAt: wanted.at,
    suspendedAt: null,
    suspendedBy: null,
  }
  state.installations.set(installation.id, installation)
  return installation
}

export function suspendInstallation(installation: Installation, by: Account, at: Date): void {
  Object.assign(installation, { suspendedAt: at, suspendedBy: by, updatedAt: at })
}

export function unsuspendInstallation(installation: Installation, at: Date): void {
  Object.assign(installation, { suspendedAt: null, suspendedBy: null, updatedAt: at })
}

export function installationReaches(installation: Installation, repository: Repository): boolean {
  if (installation.repositories !== 'all') return installation.repositories.has(repository.id)
  return repository.owner.id === installation.account.id
}

/** The installation that may read a repository, if there is one. */
export function installationOf(
  state: GitHubState,
  repository: Repository,
): Installation | undefined {
  return [...state.installations.values()].find((one) => installationReaches(one, repository))
}
