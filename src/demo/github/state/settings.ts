import type { Account } from './accounts.js'
import type { GitHubState } from './model.js'
import type { Repository } from './repositories.js'

/** A secret as GitHub shows it: never its value. */
export interface NamedSecret {
  readonly name: string
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** Creates the secret or gives it a new value. @param scope a repository or an environment */
export function setSecret(
  scope: { readonly secrets: Map<string, NamedSecret> },
  name: string,
  at: Date,
): void {
  const createdAt = scope.secrets.get(name)?.createdAt ?? at
  scope.secrets.set(name, { name, createdAt, updatedAt: at })
}

export function removeSecret(
  scope: { readonly secrets: Map<string, NamedSecret> },
  name: string,
): void {
  scope.secrets.delete(name)
}

export interface Environment {
  readonly id: number
  readonly name: string
  readonly createdAt: Date
  updatedAt: Date
  /** Minutes; 0 for none. */
  waitTimer: number
  reviewers: readonly Account[]
  preventSelfReview: boolean
  /** null: every branch may deploy. */
  branchPolicy: 'protected' | 'custom' | null
  readonly secrets: Map<string, NamedSecret>
}

export interface EnvironmentChange {
  readonly waitTimer?: number
  readonly reviewers?: readonly Account[]
  readonly preventSelfReview?: boolean
  readonly branchPolicy?: Environment['branchPolicy']
}

export interface NewEnvironment extends EnvironmentChange {
  readonly name: string
  readonly at: Date
}

export function addEnvironment(
  state: GitHubState,
  repository: Repository,
  wanted: NewEnvironment,
): Environment {
  const { name, at, ...rules } = wanted
  const environment: Environment = {
    id: state.nextId(),
    name,
    createdAt: at,
    updatedAt: at,
    waitTimer: 0,
    reviewers: [],
    preventSelfReview: false,
    branchPolicy: null,
    secrets: new Map(),
    ...rules,
  }
  repository.environments.set(name, environment)
  return environment
}

export function updateEnvironment(
  environment: Environment,
  change: EnvironmentChange,
  at: Date,
): void {
  Object.assign(environment, change, { updatedAt: at })
}

export type RoleName = 'read' | 'triage' | 'write' | 'maintain' | 'admin'

export interface Collaborator {
  readonly account: Account
  readonly roleName: RoleName
}

/** Adds the person or changes their role. */
export function addCollaborator(
  repository: Repository,
  account: Account,
  roleName: RoleName,
): void {
  repository.collaborators.set(account.id, { account, roleName })
}

export function removeCollaborator(repository: Repository, account: Account): void {
  repository.collaborators.delete(account.id)
}

export interface DeployKey {
  readonly id: number
  readonly title: string
  readonly key: string
  readonly readOnly: boolean
  readonly addedBy: Account | null
  readonly createdAt: Date
}

export interface NewDeployKey {
  readonly title: string
  readonly key: string
  readonly readOnly: boolean
  readonly addedBy?: Account
  readonly at: Date
  readonly id?: number
}

export function addDeployKey(
  state: GitHubState,
  repository: Repository,
  wanted: NewDeployKey,
): DeployKey {
  const key: DeployKey = {
    id: wanted.id ?? state.nextId(),
    title: wanted.title,
    key: wanted.key,
    readOnly: wanted.readOnly,
    addedBy: wanted.addedBy ?? null,
    createdAt: wanted.at,
  }
  repository.deployKeys.set(key.id, key)
  return key
}

export function removeDeployKey(repository: Repository, id: number): void {
  repository.deployKeys.delete(id)
}

/** A rule as GitHub writes it: `{ type: 'pull_request', parameters: {…} }`. */
export interface Rule {
  readonly type: string
  readonly parameters?: Readonly<Record<string, unknown>>
}

export interface BypassActor {
  readonly actor_id: number | null
  readonly actor_type: 'Integration' | 'OrganizationAdmin' | 'RepositoryRole' | 'Team' | 'DeployKey'
  readonly bypass_mode: 'always' | 'pull_request'
}

export interface Ruleset {
  readonly id: number
  name: string
  readonly target: 'branch' | 'tag' | 'push'
  enforcement: 'disabled' | 'active' | 'evaluate'
  /** Ref patterns: `~DEFAULT_BRANCH`, `refs/tags/v*`. */
  include: readonly string[]
  exclude: readonly string[]
  rules: readonly Rule[]
  bypassActors: readonly BypassActor[]
  readonly createdAt: Date
  updatedAt: Date
}

export interface RulesetChange {
  readonly name?: string
  readonly enforcement?: Ruleset['enforcement']
  readonly include?: readonly string[]
  readonly exclude?: readonly string[]
  readonly rules?: readonly Rule[]
  readonly bypassActors?: readonly BypassActor[]
}

export interface NewRuleset extends RulesetChange {
  readonly name: string
  readonly at: Date
  readonly target?: Ruleset['target']
  readonly id?: number
}

export function addRuleset(
  state: GitHubState,
  repository: Repository,
  wanted: NewRuleset,
): Ruleset {
  const { at, ...given } = wanted
  const ruleset: Ruleset = {
    target: 'branch',
    enforcement: 'active',
    include: ['~DEFAULT_BRANCH'],
    exclude: [],
    rules: [],
    bypassActors: [],
    ...given,
    id: wanted.id ?? state.nextId(),
    createdAt: at,
    updatedAt: at,
  }
  repository.rulesets.set(ruleset.id, ruleset)
  return ruleset
}

export function updateRuleset(ruleset: Ruleset, change: RulesetChange, at: Date): void {
  Object.assign(ruleset, change, { updatedAt: at })
}

export function removeRuleset(repository: Repository, id: number): void {
  repository.rulesets.delete(id)
}

export interface BranchProtection {
  readonly enforceAdmins: boolean
  /** Approving reviews that a merge needs; 0: no pull request needed. */
  readonly requiredReviews: number
  readonly dismissStaleReviews: boolean
  readonly requireCodeOwnerReviews: boolean
  /** Names of checks that must pass. */
  readonly requiredChecks: readonly string[]
  /** The branch must be up to date before it merges. */
  readonly strictChecks: boolean
  readonly requireSignatures: boolean
  readonly linearHistory: boolean
  readonly allowForcePushes: boolean
  readonly allowDeletions: boolean
}

const NO_PROTECTION: BranchProtection = {
  enforceAdmins: false,
  requiredReviews: 0,
  dismissStaleReviews: false,
  requireCodeOwnerReviews: false,
  requiredChecks: [],
  strictChecks: false,
  requireSignatures: false,
  linearHistory: false,
  allowForcePushes: false,
  allowDeletions: false,
}

/** Sets a branch's protection anew: what is left out is off. */
export function setProtection(
  repository: Repository,
  branch: string,
  protection: Partial<BranchProtection>,
): BranchProtection {
  const complete = { ...NO_PROTECTION, ...protection }
  repository.protections.set(branch, complete)
  return complete
}

export function removeProtection(repository: Repository, branch: string): void {
  repository.protections.delete(branch)
}
