import { fullName, type Account, type GitHubState, type Repository } from '../state.js'

/** JSON as GitHub would answer it; the description decides whether it is right. */
export type View = Readonly<Record<string, unknown>>

/** The API as a GitHub Enterprise Server offers it, beside its pages. */
export function apiUrl(state: GitHubState): string {
  return `${state.url}/api/v3`
}

export function repositoryApi(state: GitHubState, repository: Repository): string {
  return `${apiUrl(state)}/repos/${fullName(repository)}`
}

export function repositoryPage(state: GitHubState, repository: Repository): string {
  return `${state.url}/${fullName(repository)}`
}

export function accountPage(state: GitHubState, account: Account): string {
  return `${state.url}/${encodeURIComponent(account.login)}`
}

/** GitHub's opaque second id; here kind and number, readable. */
export function nodeId(kind: string, id: number | string): string {
  return Buffer.from(`${kind}:${String(id)}`).toString('base64')
}

/** Seconds, as GitHub writes times. */
export function time(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`
}

export function timeOrNull(at: Date | null): string | null {
  return at && time(at)
}
