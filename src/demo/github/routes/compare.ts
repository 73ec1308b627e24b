import { pageOf } from '../pagination.js'
import { notFound } from '../refusal.js'
import { needs, ok, param, repositoryOf, type Answer, type Call, type Route } from '../route.js'
import {
  filesBetween,
  findRepository,
  history,
  resolveCommit,
  type Commit,
  type Repository,
} from '../state.js'
import { commitView } from '../views/commit.js'
import { diffEntry } from '../views/diff.js'
import { repositoryApi, repositoryPage } from '../views/links.js'
import { commitsAhead } from '../views/pull.js'

export const compareRoutes: readonly Route[] = [
  { id: 'repos/compare-commits', access: needs('contents'), answer: compare },
]

function compare(call: Call): Answer {
  const { state } = call.world
  const repository = repositoryOf(call)
  const base = endNamed(call, repository, 'base')
  const head = endNamed(call, repository, 'head')
  const ahead = commitsAhead(repository, base, head)
  const behind = commitsAhead(repository, head, base)
  const common = mergeBase(repository, base, head)
  // GitHub lists the oldest first here.
  const { items, headers } = pageOf(call, ahead.toReversed())
  const view = (commit: Commit): unknown => commitView(state, repository, commit)
  const range = `compare/${param(call, 'base')}...${param(call, 'head')}`
  const page = `${repositoryPage(state, repository)}/${range}`
  const body = {
    url: `${repositoryApi(state, repository)}/${range}`,
    html_url: page,
    permalink_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    base_commit: view(base),
    merge_base_commit: view(common),
    status: statusOf(ahead.length, behind.length),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: items.map(view),
    // Three dots: against the merge base, as `git diff base...head`.
    files: filesBetween(common, head).map((one) => diffEntry(state, repository, head.sha, one)),
  }
  return ok(body, headers)
}

/** `main`, a SHA, or `owner:branch` for a fork. */
function endNamed(call: Call, repository: Repository, which: 'base' | 'head'): Commit {
  const [name = '', owner] = param(call, which).split(':').reverse()
  const where =
    owner === undefined ? repository : findRepository(call.world.state, owner, repository.name)
  const commit = where && resolveCommit(where, name)
  if (!commit) throw notFound()
  return commit
}

/** The newest commit that both have. */
function mergeBase(repository: Repository, base: Commit, head: Commit): Commit {
  const known = new Set(history(repository, base).map((commit) => commit.sha))
  const common = history(repository, head).find((commit) => known.has(commit.sha))
  if (!common) throw notFound()
  return common
}

function statusOf(ahead: number, behind: number): string {
  if (ahead > 0 && behind > 0) return 'diverged'
  if (ahead > 0) return 'ahead'
  return behind > 0 ? 'behind' : 'identical'
}
