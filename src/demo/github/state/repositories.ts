import type { Account } from './accounts.js'
import type { CheckRun } from './check-runs.js'
import type { Commit } from './commits.js'
import type { Issue } from './issues.js'
import type { GitHubState } from './model.js'
import type { PullRequest } from './pulls.js'
import type { Workflow, WorkflowRun } from './runs.js'
import type {
  BranchProtection,
  Collaborator,
  DeployKey,
  Environment,
  NamedSecret,
  Ruleset,
} from './settings.js'

export interface Repository {
  readonly id: number
  name: string
  owner: Account
  description: string | null
  visibility: 'public' | 'private' | 'internal'
  defaultBranch: string
  archived: boolean
  hasIssues: boolean
  topics: readonly string[]
  readonly parent: Repository | null
  readonly createdAt: Date
  updatedAt: Date
  pushedAt: Date
  /** By SHA. A fork shares its parent's, as on GitHub, where a fork's commits can be read through the parent. */
  readonly commits: Map<string, Commit>
  /** Full name (`refs/heads/main`) to SHA. */
  readonly refs: Map<string, string>
  readonly workflows: Map<number, Workflow>
  readonly runs: Map<number, WorkflowRun>
  readonly checkRuns: Map<number, CheckRun>
  readonly issues: Map<number, Issue>
  readonly pulls: Map<number, PullRequest>
  readonly secrets: Map<string, NamedSecret>
  readonly environments: Map<string, Environment>
  readonly collaborators: Map<number, Collaborator>
  readonly deployKeys: Map<number, DeployKey>
  readonly rulesets: Map<number, Ruleset>
  /** Branch name to its protection. */
  readonly protections: Map<string, BranchProtection>
  /** Issues and pull requests share one row of numbers. */
  lastNumber: number
}

export interface NewRepository {
  readonly name: string
  readonly at: Date
  readonly id?: number
  readonly description?: string
  readonly visibility?: Repository['visibility']
  readonly defaultBranch?: string
  readonly hasIssues?: boolean
  readonly topics?: readonly string[]
  /** Makes a fork. */
  readonly parent?: Repository
}

export function addRepository(
  state: GitHubState,
  owner: Account,
  wanted: NewRepository,
): Repository {
  const repository: Repository = {
    id: wanted.id ?? state.nextId(),
    name: wanted.name,
    owner,
    description: wanted.description ?? null,
    visibility: wanted.visibility ?? 'public',
    defaultBranch: wanted.defaultBranch ?? 'main',
    archived: false,
    hasIssues: wanted.hasIssues ?? true,
    topics: wanted.topics ?? [],
    parent: wanted.parent ?? null,
    createdAt: wanted.at,
    updatedAt: wanted.at,
    pushedAt: wanted.at,
    ...emptyContents(wanted.parent),
  }
  state.repositories.set(repository.id, repository)
  return repository
}

function emptyContents(parent?: Repository) {
  return {
    commits: parent?.commits ?? new Map<string, Commit>(),
    refs: new Map(parent?.refs),
    workflows: new Map<number, Workflow>(),
    runs: new Map<number, WorkflowRun>(),
    checkRuns: new Map<number, CheckRun>(),
    issues: new Map<number, Issue>(),
    pulls: new Map<number, PullRequest>(),
    secrets: new Map<string, NamedSecret>(),
    environments: new Map<string, Environment>(),
    collaborators: new Map<number, Collaborator>(),
    deployKeys: new Map<number, DeployKey>(),
    rulesets: new Map<number, Ruleset>(),
    protections: new Map<string, BranchProtection>(),
    lastNumber: 0,
  }
}

export interface RepositoryChange {
  readonly name?: string
  readonly owner?: Account
  readonly description?: string | null
  readonly visibility?: Repository['visibility']
  readonly defaultBranch?: string
  readonly archived?: boolean
  readonly hasIssues?: boolean
  readonly topics?: readonly string[]
}

export function updateRepository(repository: Repository, change: RepositoryChange, at: Date): void {
  Object.assign(repository, change, { updatedAt: at })
}

export function fullName(repository: Repository): string {
  return `${repository.owner.login}/${repository.name}`
}

export function findRepository(
  state: GitHubState,
  owner: string,
  name: string,
): Repository | undefined {
  const wanted = `${owner}/${name}`.toLowerCase()
  return [...state.repositories.values()].find((one) => fullName(one).toLowerCase() === wanted)
}
