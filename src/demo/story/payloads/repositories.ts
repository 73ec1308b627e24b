import type { JsonObject } from '../../../core/domain/index.js'
import { fullName, type Account, type Repository } from '../../github/index.js'
import { nodeId } from '../random.js'
import { fill } from '../template.js'
import { isoTime } from '../time.js'
import type { Links, World } from '../world.js'
import { installationRef, organizationJson, userJson } from './accounts.js'

export function repositoryJson(links: Links, repository: Repository): JsonObject {
  return fill('repository', {
    ...links,
    repo: fullName(repository),
    name: repository.name,
    id: repository.id,
    node_id: nodeId('R', repository.id),
    owner: userJson(links, repository.owner),
    private: repository.visibility !== 'public',
    visibility: repository.visibility,
    description: repository.description,
    fork: repository.parent !== null,
    language: 'TypeScript',
    created_at: isoTime(repository.createdAt),
    updated_at: isoTime(repository.updatedAt),
    pushed_at: isoTime(repository.pushedAt),
  })
}

const LAST_OF_SHORT = 'deployments_url'

/** The form inside a workflow run: names and links only, as far as `deployments_url`. */
export function shortRepositoryJson(links: Links, repository: Repository): JsonObject {
  const members = Object.entries(repositoryJson(links, repository))
  const end = members.findIndex(([name]) => name === LAST_OF_SHORT)
  return Object.fromEntries(members.slice(0, end + 1))
}

/** The form inside a pull request's head and base, when that stands in a run or a check. */
export function tinyRepositoryJson(links: Links, repository: Repository): JsonObject {
  const { id, name } = repository
  return { id, url: `${links.api}/repos/${fullName(repository)}`, name }
}

/** What surrounds the subject of each delivery about a repository. */
export function envelope(world: World, repository: Repository, sender: Account): JsonObject {
  return {
    repository: repositoryJson(world.links, repository),
    ...organizationEnvelope(world, sender),
  }
}

/** The same for what concerns the organisation alone. */
export function organizationEnvelope(world: World, sender: Account): JsonObject {
  return {
    organization: organizationJson(world.links, world.organization),
    sender: userJson(world.links, sender),
    installation: installationRef(world.installation),
  }
}

/** What templates about a repository ask for again and again. */
export function repositoryBlanks(
  links: Links,
  repository: Repository,
): { readonly web: string; readonly api: string; readonly repo: string } {
  return { web: links.web, api: links.api, repo: fullName(repository) }
}
