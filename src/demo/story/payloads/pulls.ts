import type { Json, JsonObject } from '../../../core/domain/index.js'
import { type Account, type PullRequest, type Repository } from '../../github/index.js'
import { nodeId } from '../random.js'
import { fill } from '../template.js'
import { isoOrNull, isoTime } from '../time.js'
import type { Links } from '../world.js'
import { userJson, userOrNull } from './accounts.js'
import { repositoryBlanks, repositoryJson, tinyRepositoryJson } from './repositories.js'

export interface Reviewing {
  readonly reviewers?: readonly Account[]
}

export function pullJson(
  links: Links,
  repository: Repository,
  pull: PullRequest,
  { reviewers = [] }: Reviewing = {},
): JsonObject {
  return fill('pull-request', {
    ...repositoryBlanks(links, repository),
    ...pullFacts(links, pull),
    ...pullTimes(pull),
    requested_reviewers: reviewers.map((reviewer) => userJson(links, reviewer)),
    head: endJson(links, pull.headRepository, { ref: pull.headRef, sha: pull.headSha }),
    base: endJson(links, repository, { ref: pull.baseRef, sha: pull.baseSha }),
    commits: 1,
    additions: 12,
    deletions: 3,
    changed_files: 1,
  })
}

function pullFacts(links: Links, pull: PullRequest) {
  return {
    id: pull.id,
    node_id: nodeId('PR', pull.id),
    number: pull.number,
    state: pull.state,
    title: pull.title,
    user: userJson(links, pull.user),
    body: pull.body,
    author_association: associationOf(pull),
    head_sha: pull.headSha,
    merged: pull.mergedAt !== null,
    merged_by: userOrNull(links, pull.mergedBy),
    merge_commit_sha: pull.mergeCommitSha,
  }
}

function pullTimes(pull: PullRequest) {
  return {
    created_at: isoTime(pull.createdAt),
    updated_at: isoTime(pull.updatedAt),
    closed_at: isoOrNull(pull.closedAt),
    merged_at: isoOrNull(pull.mergedAt),
  }
}

function associationOf(pull: PullRequest): string {
  if (pull.headRepository.parent) return 'FIRST_TIME_CONTRIBUTOR'
  return pull.user.type === 'Bot' ? 'CONTRIBUTOR' : 'MEMBER'
}

interface End {
  readonly ref: string
  readonly sha: string
}

function endJson(links: Links, repository: Repository, { ref, sha }: End): JsonObject {
  const { owner } = repository
  return {
    label: `${owner.login}:${ref}`,
    ref,
    sha,
    user: userJson(links, owner),
    repo: {
      ...repositoryJson(links, repository),
      allow_squash_merge: true,
      allow_merge_commit: false,
      allow_rebase_merge: false,
      delete_branch_on_merge: true,
    },
  }
}

/** Open pull requests as a run or a check names them. */
export function tinyPullsJson(
  links: Links,
  repository: Repository,
  numbers: readonly number[],
): Json[] {
  const repo = tinyRepositoryJson(links, repository)
  const { api, repo: name } = repositoryBlanks(links, repository)
  const found: Json[] = []
  for (const number of numbers) {
    const pull = repository.pulls.get(number)
    if (!pull) continue
    found.push({
      url: `${api}/repos/${name}/pulls/${String(number)}`,
      id: pull.id,
      number,
      head: { ref: pull.headRef, sha: pull.headSha, repo },
      base: { ref: pull.baseRef, sha: pull.baseSha, repo },
    })
  }
  return found
}

export interface Review {
  readonly id: number
  readonly by: Account
  readonly state: 'approved' | 'commented' | 'changes_requested'
  readonly body: string | null
  readonly at: number
}

export function reviewJson(
  links: Links,
  repository: Repository,
  pull: PullRequest,
  review: Review,
): JsonObject {
  return fill('review', {
    ...repositoryBlanks(links, repository),
    id: review.id,
    node_id: nodeId('PRR', review.id),
    number: pull.number,
    user: userJson(links, review.by),
    body: review.body,
    head_sha: pull.headSha,
    submitted_at: isoTime(review.at),
    state: review.state,
    author_association: 'MEMBER',
  })
}

// The pull request inside a review lacks what GitHub would have to compute for it.
const NOT_IN_REVIEW = new Set([
  'merged',
  'mergeable',
  'rebaseable',
  'mergeable_state',
  'merged_by',
  'comments',
  'review_comments',
  'maintainer_can_modify',
  'commits',
  'additions',
  'deletions',
  'changed_files',
])

export function reviewedPullJson(
  links: Links,
  repository: Repository,
  pull: PullRequest,
): JsonObject {
  const members = Object.entries(pullJson(links, repository, pull))
  return Object.fromEntries(members.filter(([name]) => !NOT_IN_REVIEW.has(name)))
}
