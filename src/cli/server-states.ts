import { found, type ApiClient } from '../client/index.js'
import type { LogReader } from './log-reader.js'

type States = Pick<
  LogReader,
  | 'runs'
  | 'deployments'
  | 'pullRequests'
  | 'repositories'
  | 'accounts'
  | 'installations'
  | 'subjects'
>

/** What entries amount to, told by a server. What it does not know, and what the token may not see, is an empty list. */
export function serverStates(api: ApiClient): States {
  return {
    async runs(id) {
      const params = { path: { run_id: id } }
      return found(await api.GET('/api/v1/runs/{run_id}', { params }))?.runs ?? []
    },
    async deployments(id) {
      const path = '/api/v1/deployments/{deployment_id}'
      const params = { path: { deployment_id: id } }
      return found(await api.GET(path, { params }))?.deployments ?? []
    },
    async installations(id) {
      const path = '/api/v1/installations/{installation_id}'
      const params = { path: { installation_id: id } }
      return found(await api.GET(path, { params }))?.installations ?? []
    },
    ...named(api),
  }
}

function named(
  api: ApiClient,
): Pick<States, 'pullRequests' | 'repositories' | 'accounts' | 'subjects'> {
  return {
    async pullRequests({ repository: full, number }) {
      const [owner = '', repository = ''] = full.split('/')
      if (!isName(owner) || !isName(repository)) return []
      const path = '/api/v1/repositories/{owner}/{repository}/pulls/{number}'
      const params = { path: { owner, repository, number } }
      return found(await api.GET(path, { params }))?.pullRequests ?? []
    },
    async repositories(reference) {
      const [owner = '', repository] = reference.split('/')
      if (repository === undefined) return repositoriesById(api, Number(reference))
      if (!isName(owner) || !isName(repository)) return []
      const path = '/api/v1/repositories/{owner}/{repository}'
      const params = { path: { owner, repository } }
      return found(await api.GET(path, { params }))?.repositories ?? []
    },
    async accounts(account) {
      if (!isName(account)) return []
      const params = { path: { account } }
      return found(await api.GET('/api/v1/accounts/{account}', { params }))?.accounts ?? []
    },
    async subjects(reference) {
      if (!/^(?!\.{1,2}$)\P{Cc}{1,200}$/u.test(reference)) return []
      const params = { path: { reference } }
      return found(await api.GET('/api/v1/subjects/{reference}', { params }))?.subjects ?? []
    },
  }
}

async function repositoriesById(api: ApiClient, id: number): ReturnType<LogReader['repositories']> {
  const path = '/api/v1/repositories/{repository_id}'
  const params = { path: { repository_id: id } }
  return found(await api.GET(path, { params }))?.repositories ?? []
}

/** Nothing of GitHub is called otherwise, and a URL does not keep dots alone as a step of its path. */
function isName(name: string): boolean {
  return /^[\w.-]{1,100}$/.test(name) && !/^\.{1,2}$/.test(name)
}
