import {
  filesBetween,
  history,
  type Commit,
  type GitHubState,
  type PullRequest,
  type Repository,
} from '../state.js'
import { accountView } from './account.js'
import { diffEntry } from './diff.js'
import {
  apiUrl,
  nodeId,
  repositoryApi,
  repositoryPage,
  time,
  timeOrNull,
  type View,
} from './links.js'
import { repositoryView } from './repository.js'

/** `pull-request-minimal`: how a pull request appears in runs and check runs. */
export function minimalPullView(
  state: GitHubState,
  repository: Repository,
  pull: PullRequest,
): View {
  const end = (of: Repository, ref: string, sha: string): object => ({
    ref,
    sha,
    repo: { id: of.id, url: repositoryApi(state, of), name: of.name },
  })
  return {
    id: pull.id,
    number: pull.number,
    url: `${repositoryApi(state, repository)}/pulls/${String(pull.number)}`,
    head: end(pull.headRepository, pull.headRef, pull.headSha),
    base: end(repository, pull.baseRef, pull.baseSha),
  }
}

/** `pull-request-simple`, as lists show it. */
export function pullView(state: GitHubState, repository: Repository, pull: PullRequest): View {
  const links = pullLinks(state, repository, pull)
  return {
    id: pull.id,
    node_id: nodeId('PullRequest', pull.id),
    number: pull.number,
    state: pull.state,
    locked: false,
    draft: pull.draft,
    title: pull.title,
    body: pull.body,
    user: accountView(state, pull.user),
    labels: [],
    milestone: null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    author_association: 'NONE',
    auto_merge: null,
    created_at: time(pull.createdAt),
    updated_at: time(pull.updatedAt),
    closed_at: timeOrNull(pull.closedAt),
    merged_at: timeOrNull(pull.mergedAt),
    merge_commit_sha: pull.mergeCommitSha,
    head: endView(state, pull.headRepository, pull.headRef, pull.headSha),
    base: endView(state, repository, pull.baseRef, pull.baseSha),
    ...links.urls,
    _links: links.hypertext,
  }
}

function endView(state: GitHubState, of: Repository, ref: string, sha: string) {
  return {
    label: `${of.owner.login}:${ref}`,
    ref,
    sha,
    user: accountView(state, of.owner),
    repo: repositoryView(state, of),
  }
}

function pullLinks(state: GitHubState, repository: Repository, pull: PullRequest) {
  const api = repositoryApi(state, repository)
  const self = `${api}/pulls/${String(pull.number)}`
  const issue = `${api}/issues/${String(pull.number)}`
  const page = `${repositoryPage(state, repository)}/pull/${String(pull.number)}`
  const link = (href: string): { href: string } => ({ href })
  return {
    urls: {
      url: self,
      html_url: page,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
      issue_url: issue,
      commits_url: `${self}/commits`,
      review_comments_url: `${self}/comments`,
      review_comment_url: `${api}/pulls/comments{/number}`,
      comments_url: `${issue}/comments`,
      statuses_url: `${api}/statuses/${pull.headSha}`,
    },
    hypertext: {
      self: link(self),
      html: link(page),
      issue: link(issue),
      comments: link(`${issue}/comments`),
      review_comments: link(`${self}/comments`),
      review_comment: link(`${apiUrl(state)}/pulls/comments{/number}`),
      commits: link(`${self}/commits`),
      statuses: link(`${api}/statuses/${pull.headSha}`),
    },
  }
}

/** `pull-request`, with what its commits change. */
export function fullPullView(state: GitHubState, repository: Repository, pull: PullRequest): View {
  const base = repository.commits.get(pull.baseSha)
  const head = repository.commits.get(pull.headSha)
  const files = head ? filesBetween(base, head) : []
  const entries = files.map((change) => diffEntry(state, repository, pull.headSha, change))
  return {
    ...pullView(state, repository, pull),
    merged: pull.mergedAt !== null,
    merged_by: pull.mergedBy && accountView(state, pull.mergedBy),
    mergeable: pull.state === 'open' ? true : null,
    rebaseable: null,
    mergeable_state: pull.state === 'open' ? 'clean' : 'unknown',
    maintainer_can_modify: false,
    comments: 0,
    review_comments: 0,
    commits: head ? commitsAhead(repository, base, head).length : 0,
    additions: sum(entries.map((entry) => entry.additions)),
    deletions: sum(entries.map((entry) => entry.deletions)),
    changed_files: files.length,
  }
}

/** Commits of `head` that `base` does not have, newest first. */
export function commitsAhead(
  repository: Repository,
  base: Commit | undefined,
  head: Commit,
): Commit[] {
  const known = new Set(base ? history(repository, base).map((commit) => commit.sha) : [])
  return history(repository, head).filter((commit) => !known.has(commit.sha))
}

function sum(numbers: readonly number[]): number {
  let total = 0
  for (const number of numbers) total += number
  return total
}
