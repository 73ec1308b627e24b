import { listAnswer } from '../pagination.js'
import { notFound, Refusal } from '../refusal.js'
import { needs, ok, param, repositoryOf, type Answer, type Call, type Route } from '../route.js'
import type { GitHubState, Repository } from '../state.js'
import { commitView } from '../views/commit.js'
import { nodeId, repositoryApi, repositoryPage } from '../views/links.js'
import { protectionView } from '../views/settings.js'
import { refsUnder, type Ref } from './repositories.js'

export const refRoutes: readonly Route[] = [
  { id: 'repos/list-branches', access: needs('contents'), answer: listBranches },
  { id: 'repos/get-branch', access: needs('contents'), answer: getBranch },
  { id: 'repos/get-branch-protection', access: needs('administration'), answer: getProtection },
  { id: 'git/list-matching-refs', access: needs('contents'), answer: listMatchingRefs },
  { id: 'git/get-ref', access: needs('contents'), answer: getRef },
  { id: 'repos/list-tags', access: needs('contents'), answer: listTags },
]

function listMatchingRefs(call: Call): Answer {
  const repository = repositoryOf(call)
  const wanted = `refs/${param(call, 'ref')}`
  const refs = refsUnder(repository, '').filter(([name]) => name.startsWith(wanted))
  return ok(refs.map((ref) => refView(call.world.state, repository, ref)))
}

function getRef(call: Call): Answer {
  const repository = repositoryOf(call)
  const name = `refs/${param(call, 'ref')}`
  const sha = repository.refs.get(name)
  if (sha === undefined) throw notFound()
  return ok(refView(call.world.state, repository, [name, sha]))
}

function listTags(call: Call): Answer {
  const repository = repositoryOf(call)
  const { state } = call.world
  const tags = refsUnder(repository, 'refs/tags/')
  return listAnswer(call, tags, (tag) => tagView(state, repository, tag))
}

function listBranches(call: Call): Answer {
  const repository = repositoryOf(call)
  const api = repositoryApi(call.world.state, repository)
  const wanted = call.query.get('protected')
  const branches = refsUnder(repository, 'refs/heads/').filter(
    ([name]) => wanted === null || repository.protections.has(name) === (wanted === 'true'),
  )
  return listAnswer(call, branches, ([name, sha]) => ({
    name,
    commit: { sha, url: `${api}/commits/${sha}` },
    protected: repository.protections.has(name),
  }))
}

function getBranch(call: Call): Answer {
  const { state } = call.world
  const repository = repositoryOf(call)
  const name = param(call, 'branch')
  const commit = repository.commits.get(repository.refs.get(`refs/heads/${name}`) ?? '')
  if (!commit) throw new Refusal('not-found', 'Branch not found')
  const self = `${repositoryApi(state, repository)}/branches/${encodeURIComponent(name)}`
  const guarded = repository.protections.has(name)
  return ok({
    name,
    commit: commitView(state, repository, commit),
    _links: { self, html: `${repositoryPage(state, repository)}/tree/${name}` },
    protected: guarded,
    protection: {
      enabled: guarded,
      required_status_checks: {
        enforcement_level: guarded ? 'non_admins' : 'off',
        contexts: repository.protections.get(name)?.requiredChecks ?? [],
        checks: [],
      },
    },
    protection_url: `${self}/protection`,
  })
}

function getProtection(call: Call): Answer {
  const repository = repositoryOf(call)
  const name = param(call, 'branch')
  if (!repository.refs.has(`refs/heads/${name}`)) {
    throw new Refusal('not-found', 'Branch not found')
  }
  const protection = repository.protections.get(name)
  if (!protection) throw new Refusal('not-found', 'Branch not protected')
  return ok(protectionView(call.world.state, repository, name, protection))
}

function refView(state: GitHubState, repository: Repository, [name, sha]: Ref): object {
  const api = repositoryApi(state, repository)
  return {
    ref: name,
    node_id: nodeId('Ref', name),
    url: `${api}/git/${name}`,
    object: { type: 'commit', sha, url: `${api}/git/commits/${sha}` },
  }
}

function tagView(state: GitHubState, repository: Repository, [name, sha]: Ref): object {
  const api = repositoryApi(state, repository)
  return {
    name,
    node_id: nodeId('Ref', `refs/tags/${name}`),
    commit: { sha, url: `${api}/commits/${sha}` },
    zipball_url: `${api}/zipball/refs/tags/${name}`,
    tarball_url: `${api}/tarball/refs/tags/${name}`,
  }
}
