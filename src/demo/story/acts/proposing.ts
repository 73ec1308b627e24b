import {
  addCommit,
  addPullRequest,
  closePullRequest,
  filesBetween,
  mergePullRequest,
  movePullRequest,
  type Account,
  type Commit,
  type PullRequest,
  type Repository,
} from '../../github/index.js'
import { userJson } from '../payloads/accounts.js'
import { pullJson, reviewedPullJson, reviewJson, type Reviewing } from '../payloads/pulls.js'
import { envelope } from '../payloads/repositories.js'
import { tipOf } from '../places.js'
import type { Stage } from '../stage.js'
import { sendPush } from './pushing.js'

export interface Proposal {
  readonly title: string
  readonly body?: string
  readonly user: Account
  readonly branch: string
  readonly sha: string
  /** A fork. */
  readonly headRepository?: Repository
}

export function openPull(stage: Stage, repository: Repository, proposal: Proposal): PullRequest {
  const { world } = stage
  const pull = addPullRequest(world.state, repository, {
    title: proposal.title,
    user: proposal.user,
    headRef: proposal.branch,
    headSha: proposal.sha,
    at: new Date(world.now()),
    id: world.id('pull'),
    ...(proposal.body === undefined ? {} : { body: proposal.body }),
    ...(proposal.headRepository ? { headRepository: proposal.headRepository } : {}),
  })
  emitPull(stage, repository, pull, { action: 'opened', sender: proposal.user })
  return pull
}

export interface PullNews extends Reviewing {
  readonly action: string
  readonly sender: Account
  readonly before?: string
}

export function emitPull(
  { world }: Stage,
  repository: Repository,
  pull: PullRequest,
  news: PullNews,
): void {
  const moved = news.before === undefined ? {} : { before: news.before, after: pull.headSha }
  const reviewer = news.reviewers?.[0]
  const asked = reviewer ? { requested_reviewer: userJson(world.links, reviewer) } : {}
  world.emit('pull_request', {
    action: news.action,
    number: pull.number,
    pull_request: pullJson(world.links, repository, pull, news),
    ...moved,
    ...asked,
    ...envelope(world, repository, news.sender),
  })
}

/** After a push to the branch of a pull request. */
export function movePull(
  stage: Stage,
  repository: Repository,
  pull: PullRequest,
  commit: Commit,
): void {
  const before = pull.headSha
  movePullRequest(pull, commit.sha, new Date(stage.world.now()))
  emitPull(stage, repository, pull, { action: 'synchronize', sender: pull.user, before })
}

export interface Verdict {
  readonly by: Account
  readonly state: 'approved' | 'commented' | 'changes_requested'
  readonly body: string | null
}

export function reviewPull(
  { world }: Stage,
  repository: Repository,
  pull: PullRequest,
  verdict: Verdict,
): void {
  const review = { id: world.id('review'), at: world.now(), ...verdict }
  world.emit('pull_request_review', {
    action: 'submitted',
    review: reviewJson(world.links, repository, pull, review),
    pull_request: reviewedPullJson(world.links, repository, pull),
    ...envelope(world, repository, verdict.by),
  })
}

/** Squashes the pull request onto the default branch. */
export function mergePull(
  stage: Stage,
  repository: Repository,
  pull: PullRequest,
  by: Account,
): Commit {
  const { world } = stage
  const at = new Date(world.now())
  const before = tipOf(repository)
  const commit = addCommit(repository, {
    author: pull.user,
    committer: by,
    message: `${pull.title} (#${String(pull.number)})`,
    at,
    branch: repository.defaultBranch,
    files: changesOf(repository, pull),
    verified: true,
  })
  mergePullRequest(pull, { by, sha: commit.sha, at })
  emitPull(stage, repository, pull, { action: 'closed', sender: by })
  const ref = `refs/heads/${repository.defaultBranch}`
  sendPush(stage, repository, { ref, before, after: commit.sha, commits: [commit], by })
  return commit
}

/** What the pull request changes against the commit that it started from; null deletes. */
function changesOf(repository: Repository, pull: PullRequest): Record<string, string | null> {
  const head = repository.commits.get(pull.headSha)
  if (!head) return {}
  const changes = filesBetween(repository.commits.get(pull.baseSha), head)
  return Object.fromEntries(changes.map(({ path, after }) => [path, after ?? null]))
}

export function closePull(
  stage: Stage,
  repository: Repository,
  pull: PullRequest,
  by: Account,
): void {
  closePullRequest(pull, new Date(stage.world.now()))
  emitPull(stage, repository, pull, { action: 'closed', sender: by })
}
