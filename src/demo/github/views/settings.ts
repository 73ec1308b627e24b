import {
  fullName,
  type BranchProtection,
  type Collaborator,
  type DeployKey,
  type Environment,
  type GitHubState,
  type NamedSecret,
  type Repository,
  type RoleName,
  type Ruleset,
} from '../state.js'
import { accountView } from './account.js'
import { nodeId, repositoryApi, repositoryPage, time, type View } from './links.js'

/** `actions-secret`. */
export function secretView(secret: NamedSecret): View {
  return {
    name: secret.name,
    created_at: time(secret.createdAt),
    updated_at: time(secret.updatedAt),
  }
}

/** `environment`. */
export function environmentView(
  state: GitHubState,
  repository: Repository,
  environment: Environment,
): View {
  const name = encodeURIComponent(environment.name)
  return {
    id: environment.id,
    node_id: nodeId('Environment', environment.id),
    name: environment.name,
    url: `${repositoryApi(state, repository)}/environments/${name}`,
    html_url: `${repositoryPage(state, repository)}/deployments/activity_log?environments_filter=${name}`,
    created_at: time(environment.createdAt),
    updated_at: time(environment.updatedAt),
    protection_rules: protectionRules(state, environment),
    deployment_branch_policy: environment.branchPolicy && {
      protected_branches: environment.branchPolicy === 'protected',
      custom_branch_policies: environment.branchPolicy === 'custom',
    },
  }
}

function protectionRules(state: GitHubState, environment: Environment): object[] {
  const rules: object[] = []
  const add = (offset: number, type: string, rest: object): void => {
    const id = environment.id * 10 + offset
    rules.push({ id, node_id: nodeId('Gate', id), type, ...rest })
  }
  if (environment.waitTimer > 0) add(1, 'wait_timer', { wait_timer: environment.waitTimer })
  if (environment.reviewers.length > 0) {
    add(2, 'required_reviewers', {
      prevent_self_review: environment.preventSelfReview,
      reviewers: environment.reviewers.map((account) => ({
        type: 'User',
        reviewer: accountView(state, account),
      })),
    })
  }
  if (environment.branchPolicy) add(3, 'branch_policy', {})
  return rules
}

/** `collaborator`. */
export function collaboratorView(state: GitHubState, { account, roleName }: Collaborator): View {
  const rank = ROLES.indexOf(roleName)
  return {
    ...accountView(state, account),
    role_name: roleName,
    permissions: {
      pull: rank >= 0,
      triage: rank >= 1,
      push: rank >= 2,
      maintain: rank >= 3,
      admin: rank >= 4,
    },
  }
}

const ROLES: readonly RoleName[] = ['read', 'triage', 'write', 'maintain', 'admin']

/** `deploy-key`. */
export function deployKeyView(state: GitHubState, repository: Repository, key: DeployKey): View {
  return {
    id: key.id,
    key: key.key,
    url: `${repositoryApi(state, repository)}/keys/${String(key.id)}`,
    title: key.title,
    verified: true,
    created_at: time(key.createdAt),
    read_only: key.readOnly,
    added_by: key.addedBy?.login ?? null,
    last_used: null,
    enabled: true,
  }
}

/** `repository-ruleset`, as lists show it. */
export function rulesetView(state: GitHubState, repository: Repository, ruleset: Ruleset): View {
  const id = String(ruleset.id)
  return {
    id: ruleset.id,
    node_id: nodeId('RepositoryRuleset', ruleset.id),
    name: ruleset.name,
    target: ruleset.target,
    source_type: 'Repository',
    source: fullName(repository),
    enforcement: ruleset.enforcement,
    created_at: time(ruleset.createdAt),
    updated_at: time(ruleset.updatedAt),
    _links: {
      self: { href: `${repositoryApi(state, repository)}/rulesets/${id}` },
      html: { href: `${repositoryPage(state, repository)}/rules/${id}` },
    },
  }
}

/** `repository-ruleset` in full. @param bypassActors only writers of rulesets may see them */
export function fullRulesetView(
  state: GitHubState,
  repository: Repository,
  ruleset: Ruleset,
  bypassActors: boolean,
): View {
  return {
    ...rulesetView(state, repository, ruleset),
    conditions: { ref_name: { include: ruleset.include, exclude: ruleset.exclude } },
    rules: ruleset.rules,
    ...(bypassActors && { bypass_actors: ruleset.bypassActors }),
    current_user_can_bypass: 'never',
  }
}

/** `branch-protection`. */
export function protectionView(
  state: GitHubState,
  repository: Repository,
  branch: string,
  protection: BranchProtection,
): View {
  const name = encodeURIComponent(branch)
  const self = `${repositoryApi(state, repository)}/branches/${name}/protection`
  const enabled = (on: boolean): { enabled: boolean } => ({ enabled: on })
  return {
    url: self,
    ...(protection.requiredChecks.length > 0 && {
      required_status_checks: requiredChecks(self, protection),
    }),
    ...(protection.requiredReviews > 0 && {
      required_pull_request_reviews: requiredReviews(self, protection),
    }),
    required_signatures: {
      url: `${self}/required_signatures`,
      enabled: protection.requireSignatures,
    },
    enforce_admins: { url: `${self}/enforce_admins`, enabled: protection.enforceAdmins },
    required_linear_history: enabled(protection.linearHistory),
    allow_force_pushes: enabled(protection.allowForcePushes),
    allow_deletions: enabled(protection.allowDeletions),
    block_creations: enabled(false),
    required_conversation_resolution: enabled(false),
    lock_branch: enabled(false),
    allow_fork_syncing: enabled(false),
  }
}

function requiredChecks(self: string, protection: BranchProtection) {
  return {
    url: `${self}/required_status_checks`,
    strict: protection.strictChecks,
    contexts: protection.requiredChecks,
    contexts_url: `${self}/required_status_checks/contexts`,
    checks: protection.requiredChecks.map((context) => ({ context, app_id: null })),
  }
}

function requiredReviews(self: string, protection: BranchProtection) {
  return {
    url: `${self}/required_pull_request_reviews`,
    dismiss_stale_reviews: protection.dismissStaleReviews,
    require_code_owner_reviews: protection.requireCodeOwnerReviews,
    require_last_push_approval: false,
    required_approving_review_count: protection.requiredReviews,
  }
}
