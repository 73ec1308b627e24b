import { listAnswer } from '../pagination.js'
import { notFound, Refusal } from '../refusal.js'
import { needs, ok, param, repositoryOf, type Answer, type Call, type Route } from '../route.js'
import { history, resolveCommit, type Commit, type Repository } from '../state.js'
import { commitView, commitWithFilesView } from '../views/commit.js'
import { fullRepositoryView } from '../views/repository.js'

export const repositoryRoutes: readonly Route[] = [
  { id: 'repos/get', access: needs('metadata'), answer: get },
  { id: 'repos/get-commit', access: needs('contents'), answer: getCommit },
  { id: 'repos/list-commits', access: needs('contents'), answer: listCommits },
]

function get(call: Call): Answer {
  return ok(fullRepositoryView(call.world.state, repositoryOf(call)))
}

function getCommit(call: Call): Answer {
  const repository = repositoryOf(call)
  const commit = commitNamed(repository, param(call, 'ref'))
  // The diff and patch forms are of no use here; the SHA alone is what conditional requests ask for.
  if (call.accept.includes('application/vnd.github.sha')) {
    return {
      status: 200,
      text: { type: 'application/vnd.github.sha; charset=utf-8', content: commit.sha },
    }
  }
  return ok(commitWithFilesView(call.world.state, repository, commit))
}

/** @throws Refusal `invalid`, as GitHub says it for a ref or SHA that it does not find */
function commitNamed(repository: Repository, name: string): Commit {
  const commit = resolveCommit(repository, name)
  if (!commit) throw new Refusal('invalid', `No commit found for SHA: ${name}`)
  return commit
}

function listCommits(call: Call): Answer {
  const repository = repositoryOf(call)
  if (repository.commits.size === 0) throw new Refusal('conflict', 'Git Repository is empty.')
  const start = resolveCommit(repository, call.query.get('sha') ?? repository.defaultBranch)
  if (!start) throw notFound()
  const found = history(repository, start).filter((commit) => isWanted(call, repository, commit))
  const { state } = call.world
  return listAnswer(call, found, (commit) => commitView(state, repository, commit))
}

function isWanted(call: Call, repository: Repository, commit: Commit): boolean {
  const author = call.query.get('author')
  if (author !== null && !wrote(commit, author)) return false
  const path = call.query.get('path')
  if (path !== null && !touches(repository, commit, path)) return false
  return isBetween(call, commit.committer.date)
}

function wrote(commit: Commit, who: string): boolean {
  return commit.authorAccount?.login === who || commit.author.email === who
}

function touches(repository: Repository, commit: Commit, path: string): boolean {
  const parent = repository.commits.get(commit.parents[0] ?? '')
  const under = (name: string): boolean => name === path || name.startsWith(`${path}/`)
  const names = [...commit.files.keys(), ...(parent?.files.keys() ?? [])].filter(under)
  return names.some((name) => commit.files.get(name) !== parent?.files.get(name))
}

function isBetween(call: Call, at: Date): boolean {
  const since = call.query.get('since')
  const until = call.query.get('until')
  return (since === null || at >= new Date(since)) && (until === null || at <= new Date(until))
}

export type Ref = readonly [name: string, sha: string]

/** Refs under a prefix, without it: `refsUnder(repository, 'refs/heads/')`. */
export function refsUnder(repository: Repository, prefix: string): Ref[] {
  const found: Ref[] = []
  for (const [name, sha] of repository.refs) {
    if (name.startsWith(prefix)) found.push([name.slice(prefix.length), sha])
  }
  return found.sort(([a], [b]) => (a < b ? -1 : 1))
}
