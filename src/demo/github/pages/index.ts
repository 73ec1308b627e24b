import type { Request } from '../api.js'
import type { Answer, World } from '../route.js'
import { findRepository } from '../state.js'
import { checkRunPage } from './check-run.js'
import { issuePage } from './issue.js'
import { acceptManifest } from './manifest.js'
import { homePage, repositoryPage } from './overview.js'

/** First parts of the API's own paths, which no owner's name can take. */
const API = [
  'api',
  'app',
  'app-manifests',
  'installation',
  'meta',
  'orgs',
  'rate_limit',
  'repos',
  'user',
  'users',
]

/** The pages that links of the API lead to; undefined for anything else. */
export function servePage(world: World, request: Request): Answer | undefined {
  const { method, path } = request
  if (method === 'POST' && /^\/(?:organizations\/[^/]+\/)?settings\/apps\/new$/.test(path)) {
    return acceptManifest(world, request)
  }
  if (method !== 'GET') return undefined
  return path === '/' ? homePage(world.state) : pageAt(world, path)
}

function pageAt(world: World, path: string): Answer | undefined {
  const [, owner = '', name = '', kind, id] = path.split('/')
  const repository = API.includes(owner) ? undefined : findRepository(world.state, owner, name)
  if (!repository) return undefined
  if (kind === undefined) return repositoryPage(repository)
  if (kind === 'runs') return checkRunPage(world, repository, Number(id))
  return kind === 'issues' ? issuePage(repository, Number(id)) : undefined
}
