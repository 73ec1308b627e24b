import type { Json, JsonObject } from '../../../core/domain/index.js'
import type { Account, Commit, Repository } from '../../github/index.js'
import { nodeId } from '../random.js'
import { fill } from '../template.js'
import { isoTime } from '../time.js'
import type { Links, World } from '../world.js'
import { userJson } from './accounts.js'
import { headCommitJson } from './commits.js'
import { tinyPullsJson } from './pulls.js'
import { repositoryBlanks } from './repositories.js'

export interface AppIdentity {
  readonly id: number
  readonly slug: string
  readonly name: string
  readonly owner: Account
}

/** An App as a check names it. */
export function appJson(world: World, app: AppIdentity): JsonObject {
  return fill('app', {
    ...world.links,
    id: app.id,
    slug: app.slug,
    node_id: nodeId('A', app.id),
    name: app.name,
    owner: userJson(world.links, app.owner),
    external_url: `${world.links.web}/apps/${app.slug}`,
    created_at: isoTime(world.installation.createdAt),
  })
}

/** GitHub Actions itself, which is an App too. */
export function actionsAppJson(links: Links, github: Account): JsonObject {
  return fill('actions-app', { owner: userJson(links, github) })
}

export interface Suite {
  readonly id: number
  readonly app: JsonObject
  readonly commit: Commit
  /** Null for a fork's commit. */
  readonly branch: string | null
  readonly status: string
  readonly conclusion: string | null
  readonly pulls: readonly number[]
  readonly startedAt: number
  readonly updatedAt: number
}

export function suiteJson(links: Links, repository: Repository, suite: Suite): JsonObject {
  return fill('check-suite', {
    ...repositoryBlanks(links, repository),
    ...suiteBlanks(links, repository, suite),
    id: suite.id,
    node_id: nodeId('CS', suite.id),
    status: suite.status,
    conclusion: suite.conclusion,
    head_commit: headCommitJson(suite.commit),
  })
}

export interface Check {
  readonly id: number
  readonly name: string
  readonly status: string
  readonly conclusion: string | null
  readonly title: string | null
  readonly summary: string | null
  readonly detailsUrl: string
}

export function checkJson(
  links: Links,
  repository: Repository,
  suite: Suite,
  check: Check,
): JsonObject {
  const done = check.status === 'completed'
  return fill('check-run', {
    ...repositoryBlanks(links, repository),
    ...suiteBlanks(links, repository, suite),
    id: check.id,
    node_id: nodeId('CR', check.id),
    name: check.name,
    external_id: '',
    details_url: check.detailsUrl,
    status: check.status,
    conclusion: check.conclusion,
    started_at: isoTime(suite.startedAt),
    completed_at: done ? isoTime(suite.updatedAt) : null,
    title: check.title,
    summary: check.summary,
    suite: suite.id,
    suite_node_id: nodeId('CS', suite.id),
    suite_status: suite.status,
    suite_conclusion: suite.conclusion,
  })
}

function suiteBlanks(
  links: Links,
  repository: Repository,
  suite: Suite,
): Readonly<Record<string, Json>> {
  return {
    app: suite.app,
    head_branch: suite.branch,
    head_sha: suite.commit.sha,
    before: suite.commit.parents[0] ?? '0'.repeat(40),
    pull_requests: tinyPullsJson(links, repository, suite.pulls),
    created_at: isoTime(suite.startedAt),
    updated_at: isoTime(suite.updatedAt),
  }
}
