import type { Account } from './accounts.js'
import type { GitHubState } from './model.js'
import type { Repository } from './repositories.js'

export interface PullRequest {
  readonly id: number
  readonly number: number
  title: string
  body: string | null
  state: 'open' | 'closed'
  draft: boolean
  readonly user: Account
  readonly headRepository: Repository
  /** Branch names. */
  readonly headRef: string
  headSha: string
  readonly baseRef: string
  baseSha: string
  readonly createdAt: Date
  updatedAt: Date
  closedAt: Date | null
  mergedAt: Date | null
  mergedBy: Account | null
  mergeCommitSha: string | null
}

export interface NewPullRequest {
  readonly title: string
  readonly body?: string
  readonly user: Account
  readonly headRef: string
  readonly headSha: string
  /** The repository itself when left out. */
  readonly headRepository?: Repository
  /** The default branch and its tip when left out. */
  readonly baseRef?: string
  readonly baseSha?: string
  readonly draft?: boolean
  readonly at: Date
  readonly id?: number
}

export function addPullRequest(
  state: GitHubState,
  repository: Repository,
  wanted: NewPullRequest,
): PullRequest {
  const baseRef = wanted.baseRef ?? repository.defaultBranch
  const pull: PullRequest = {
    id: wanted.id ?? state.nextId(),
    number: ++repository.lastNumber,
    title: wanted.title,
    body: wanted.body ?? null,
    state: 'open',
    draft: wanted.draft ?? false,
    user: wanted.user,
    headRepository: wanted.headRepository ?? repository,
    headRef: wanted.headRef,
    headSha: wanted.headSha,
    baseRef,
    baseSha: wanted.baseSha ?? repository.refs.get(`refs/heads/${baseRef}`) ?? wanted.headSha,
    createdAt: wanted.at,
    updatedAt: wanted.at,
    closedAt: null,
    mergedAt: null,
    mergedBy: null,
    mergeCommitSha: null,
  }
  repository.pulls.set(pull.number, pull)
  return pull
}

/** After a push to its branch. */
export function movePullRequest(pull: PullRequest, headSha: string, at: Date): void {
  Object.assign(pull, { headSha, updatedAt: at })
}

export function closePullRequest(pull: PullRequest, at: Date): void {
  Object.assign(pull, { state: 'closed', closedAt: at, updatedAt: at })
}

/** Marks it merged; the merge commit itself is added with `addCommit`. */
export function mergePullRequest(
  pull: PullRequest,
  merged: { readonly by: Account; readonly sha: string; readonly at: Date },
): void {
  closePullRequest(pull, merged.at)
  Object.assign(pull, { mergedAt: merged.at, mergedBy: merged.by, mergeCommitSha: merged.sha })
}
