import type { Json, JsonObject } from '../../../core/domain/index.js'
import type { Account, DeployKey, Repository, Ruleset } from '../../github/index.js'
import { nodeId } from '../random.js'
import { fill } from '../template.js'
import { isoTime } from '../time.js'
import type { Links, World } from '../world.js'
import { userJson, userOrNull } from './accounts.js'
import { repositoryBlanks } from './repositories.js'

/** A branch protection rule: GitHub's example with what the story changes in it. */
export function protectionRuleJson(
  repository: Repository,
  rule: { readonly id: number; readonly createdAt: number; readonly updatedAt: number },
  settings: JsonObject,
): JsonObject {
  const whole = fill('branch-protection-rule', {
    id: rule.id,
    repository_id: repository.id,
    name: repository.defaultBranch,
    created_at: new Date(rule.createdAt).toISOString(),
    updated_at: new Date(rule.updatedAt).toISOString(),
  })
  return { ...whole, ...settings }
}

export function deployKeyJson(links: Links, repository: Repository, key: DeployKey): JsonObject {
  return fill('deploy-key', {
    ...repositoryBlanks(links, repository),
    id: key.id,
    key: key.key,
    title: key.title,
    read_only: key.readOnly,
    created_at: isoTime(key.createdAt),
    added_by: key.addedBy?.login ?? null,
    last_used: null,
  })
}

export function rulesetJson(links: Links, repository: Repository, ruleset: Ruleset): JsonObject {
  return fill('repository-ruleset', {
    ...repositoryBlanks(links, repository),
    id: ruleset.id,
    node_id: nodeId('RRS', ruleset.id),
    name: ruleset.name,
    enforcement: ruleset.enforcement,
    created_at: isoTime(ruleset.createdAt),
    updated_at: isoTime(ruleset.updatedAt),
  })
}

export interface Team {
  readonly id: number
  readonly name: string
  readonly slug: string
  readonly description: string
  readonly permission: string
}

export function teamJson(world: World, team: Team): JsonObject {
  return fill('team', {
    ...world.links,
    ...team,
    node_id: nodeId('T', team.id),
    org: world.organization.login,
    org_id: world.organization.id,
  })
}

export function membershipJson(world: World, member: Account, state: string): JsonObject {
  return fill('membership', {
    ...world.links,
    org: world.organization.login,
    login: member.login,
    state,
    user: userJson(world.links, member),
  })
}

export interface SecretAlert {
  readonly number: number
  readonly type: string
  readonly displayName: string
  readonly createdAt: number
  readonly validity: 'active' | 'inactive' | 'unknown'
  readonly publiclyLeaked: boolean
  readonly resolved?: {
    readonly at: number
    readonly by: Account
    readonly as: string
    readonly comment: string
  }
}

/** The alert as GitHub's description has it: there is no example. The secret itself is never part of it. */
export function secretAlertJson(
  links: Links,
  repository: Repository,
  alert: SecretAlert,
): JsonObject {
  const { resolved } = alert
  return fill('secret-scanning-alert', {
    ...repositoryBlanks(links, repository),
    number: alert.number,
    created_at: isoTime(alert.createdAt),
    updated_at: isoTime(resolved?.at ?? alert.createdAt),
    secret_type: alert.type,
    secret_type_display_name: alert.displayName,
    validity: alert.validity,
    publicly_leaked: alert.publiclyLeaked,
    resolution: resolved?.as ?? null,
    resolved_at: resolved ? isoTime(resolved.at) : null,
    resolved_by: userOrNull(links, resolved?.by ?? null),
    resolution_comment: resolved?.comment ?? null,
  })
}

export interface SecretPlace {
  readonly path: string
  readonly line: number
  readonly blobSha: string
  readonly commitSha: string
}

export function secretLocationJson(
  links: Links,
  repository: Repository,
  place: SecretPlace,
): JsonObject {
  return fill('secret-scanning-location', {
    ...repositoryBlanks(links, repository),
    path: place.path,
    line: place.line,
    blob_sha: place.blobSha,
    commit_sha: place.commitSha,
  })
}

export interface DependabotAlert {
  readonly number: number
  readonly state: 'open' | 'fixed'
  readonly createdAt: number
  readonly updatedAt: number
}

export function dependabotAlertJson(
  links: Links,
  repository: Repository,
  alert: DependabotAlert,
): JsonObject {
  return fill('dependabot-alert', {
    ...repositoryBlanks(links, repository),
    number: alert.number,
    state: alert.state,
    created_at: isoTime(alert.createdAt),
    updated_at: isoTime(alert.updatedAt),
    fixed_at: alert.state === 'fixed' ? isoTime(alert.updatedAt) : null,
  })
}

export interface Release {
  readonly id: number
  readonly tag: string
  readonly name: string
  readonly body: string
  readonly author: Account
  readonly at: number
}

export function releaseJson(links: Links, repository: Repository, release: Release): JsonObject {
  return fill('release', {
    ...repositoryBlanks(links, repository),
    id: release.id,
    node_id: nodeId('RE', release.id),
    tag: release.tag,
    name: release.name,
    body: release.body,
    branch: repository.defaultBranch,
    author: userJson(links, release.author),
    created_at: isoTime(release.at),
    published_at: isoTime(release.at),
  })
}

export type Changes = Readonly<Record<string, { readonly from: Json }>>
