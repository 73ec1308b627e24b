import type { JsonObject } from '../../../core/domain/index.js'
import {
  addCollaborator,
  addDeployKey,
  removeCollaborator,
  removeDeployKey,
  setProtection,
  updateRepository,
  type Account,
  type DeployKey,
  type Repository,
  type RoleName,
} from '../../github/index.js'
import { userJson } from '../payloads/accounts.js'
import { envelope, organizationEnvelope } from '../payloads/repositories.js'
import {
  deployKeyJson,
  membershipJson,
  protectionRuleJson,
  teamJson,
  type Changes,
  type Team,
} from '../payloads/settings.js'
import { objectId } from '../random.js'
import type { Stage } from '../stage.js'
import { DAY } from '../time.js'
import type { StoryDelivery } from '../world.js'

export interface KeyOrder {
  readonly title: string
  readonly readOnly: boolean
  readonly by: Account
}

export function addKey({ world }: Stage, repository: Repository, order: KeyOrder): DeployKey {
  const id = world.id('key')
  const key = addDeployKey(world.state, repository, {
    id,
    title: order.title,
    key: `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${objectId('key', id)}`,
    readOnly: order.readOnly,
    addedBy: order.by,
    at: new Date(world.now()),
  })
  emitKey(world, repository, { key, action: 'created', by: order.by })
  return key
}

export function removeKey(
  { world }: Stage,
  repository: Repository,
  key: DeployKey,
  by: Account,
): void {
  removeDeployKey(repository, key.id)
  emitKey(world, repository, { key, action: 'deleted', by })
}

function emitKey(
  world: Stage['world'],
  repository: Repository,
  { key, action, by }: { readonly key: DeployKey; readonly action: string; readonly by: Account },
): void {
  world.emit('deploy_key', {
    action,
    key: deployKeyJson(world.links, repository, key),
    ...envelope(world, repository, by),
  })
}

/** The rule of the default branch as it stands when all is well. */
const STRICT: JsonObject = {
  pull_request_reviews_enforcement_level: 'everyone',
  required_approving_review_count: 1,
  dismiss_stale_reviews_on_push: true,
  required_status_checks: ['lint', 'test'],
  required_status_checks_enforcement_level: 'everyone',
  admin_enforced: true,
}
const WEAK: JsonObject = {
  ...STRICT,
  pull_request_reviews_enforcement_level: 'off',
  required_status_checks_enforcement_level: 'off',
  admin_enforced: false,
}
const SAFE = { enforceAdmins: true, requiredReviews: 1, requiredChecks: ['lint', 'test'] }

export function weakenProtection(stage: Stage, repository: Repository, by: Account): void {
  setProtection(repository, 'main', {})
  emitProtection(stage, repository, { by, before: STRICT, after: WEAK })
}

export function restoreProtection(stage: Stage, repository: Repository, by: Account): void {
  setProtection(repository, 'main', SAFE)
  emitProtection(stage, repository, { by, before: WEAK, after: STRICT })
}

interface RuleEdit {
  readonly by: Account
  readonly before: JsonObject
  readonly after: JsonObject
}

function emitProtection({ world }: Stage, repository: Repository, edit: RuleEdit): void {
  const changes: Record<string, Changes[string]> = {}
  for (const [name, before] of Object.entries(edit.before)) {
    if (before !== undefined && before !== edit.after[name]) changes[name] = { from: before }
  }
  const createdAt = repository.createdAt.getTime() + DAY
  const rule = { id: repository.id % 100_000_000, createdAt, updatedAt: world.now() }
  world.emit('branch_protection_rule', {
    action: 'edited',
    rule: protectionRuleJson(repository, rule, edit.after),
    changes,
    ...envelope(world, repository, edit.by),
  })
}

export interface MemberChange {
  readonly member: Account
  readonly by: Account
}

export function addMember(
  { world }: Stage,
  repository: Repository,
  { member, by, role }: MemberChange & { readonly role: RoleName },
): void {
  addCollaborator(repository, member, role)
  world.emit('member', {
    action: 'added',
    member: userJson(world.links, member),
    changes: { permission: { to: role }, role_name: { to: role } },
    ...envelope(world, repository, by),
  })
}

export function removeMember(
  { world }: Stage,
  repository: Repository,
  { member, by }: MemberChange,
): void {
  removeCollaborator(repository, member)
  world.emit('member', {
    action: 'removed',
    member: userJson(world.links, member),
    ...envelope(world, repository, by),
  })
}

export function changeOrganizationMember(
  { world }: Stage,
  action: 'member_added' | 'member_removed',
  { member, by }: MemberChange,
): void {
  const state = action === 'member_added' ? 'pending' : 'active'
  world.emit('organization', {
    action,
    membership: membershipJson(world, member, state),
    ...organizationEnvelope(world, by),
  })
}

export function changeTeam(
  { world }: Stage,
  action: 'added' | 'removed',
  { member, by, team }: MemberChange & { readonly team: Team },
): void {
  world.emit('membership', {
    action,
    scope: 'team',
    member: userJson(world.links, member),
    team: teamJson(world, team),
    ...organizationEnvelope(world, by),
  })
}

export function giveTeamAccess(
  { world }: Stage,
  repository: Repository,
  team: Team,
  by: Account,
): void {
  world.emit('team', {
    action: 'added_to_repository',
    team: teamJson(world, team),
    ...envelope(world, repository, by),
  })
}

/** GitHub tells of it in two ways: as `repository` and as `public`. */
export function publish({ world }: Stage, repository: Repository, by: Account): StoryDelivery {
  updateRepository(repository, { visibility: 'public' }, new Date(world.now()))
  world.emit('public', envelope(world, repository, by))
  return world.emit('repository', { action: 'publicized', ...envelope(world, repository, by) })
}
