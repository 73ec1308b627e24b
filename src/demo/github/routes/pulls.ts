import { listAnswer } from '../pagination.js'
import { notFound } from '../refusal.js'
import { needs, ok, param, repositoryOf, type Answer, type Call, type Route } from '../route.js'
import { history, resolveCommit, type PullRequest, type Repository } from '../state.js'
import { fullPullView, pullView } from '../views/pull.js'

export const pullRoutes: readonly Route[] = [
  { id: 'pulls/list', access: needs('pull_requests'), answer: list },
  { id: 'pulls/get', access: needs('pull_requests'), answer: get },
  {
    id: 'repos/list-pull-requests-associated-with-commit',
    access: needs('pull_requests'),
    answer: ofCommit,
  },
]

function get(call: Call): Answer {
  const repository = repositoryOf(call)
  const pull = repository.pulls.get(Number(param(call, 'pull_number')))
  if (!pull) throw notFound()
  return ok(fullPullView(call.world.state, repository, pull))
}

function list(call: Call): Answer {
  const repository = repositoryOf(call)
  const { state } = call.world
  const found = [...repository.pulls.values()].filter((pull) => isWanted(call, pull))
  found.sort((a, b) => b.number - a.number)
  return listAnswer(call, found, (pull) => pullView(state, repository, pull))
}

function isWanted({ query }: Call, pull: PullRequest): boolean {
  const state = query.get('state') ?? 'open'
  const head = `${pull.headRepository.owner.login}:${pull.headRef}`
  return (
    (state === 'all' || pull.state === state) &&
    (query.get('head') ?? head) === head &&
    (query.get('base') ?? pull.baseRef) === pull.baseRef
  )
}

function ofCommit(call: Call): Answer {
  const repository = repositoryOf(call)
  const { state } = call.world
  const sha = param(call, 'commit_sha')
  const found = [...repository.pulls.values()].filter((pull) => holds(repository, pull, sha))
  return listAnswer(call, found, (pull) => pullView(state, repository, pull))
}

/** The merged pull request that brought a commit in, or the open ones that have it. */
function holds(repository: Repository, pull: PullRequest, sha: string): boolean {
  if (pull.mergeCommitSha === sha) return true
  const head = repository.commits.get(pull.headSha)
  const base = resolveCommit(repository, pull.baseSha)
  if (!head) return false
  const before = new Set(base ? history(repository, base).map((commit) => commit.sha) : [])
  return !before.has(sha) && history(repository, head).some((commit) => commit.sha === sha)
}
