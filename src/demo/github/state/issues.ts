import type { Account } from './accounts.js'
import type { GitHubState } from './model.js'
import type { Repository } from './repositories.js'

export interface Issue {
  readonly id: number
  readonly number: number
  title: string
  body: string | null
  state: 'open' | 'closed'
  stateReason: 'completed' | 'reopened' | 'not_planned' | 'duplicate' | null
  labels: readonly string[]
  assignees: readonly Account[]
  readonly user: Account
  /** Written by the App with this id, if by an App. */
  readonly appId: number | null
  readonly createdAt: Date
  updatedAt: Date
  closedAt: Date | null
  readonly comments: IssueComment[]
}

export interface IssueComment {
  readonly id: number
  body: string
  readonly user: Account
  readonly appId: number | null
  readonly createdAt: Date
  updatedAt: Date
}

export interface NewIssue {
  readonly title: string
  readonly body?: string | null
  readonly user: Account
  readonly appId?: number
  readonly labels?: readonly string[]
  readonly assignees?: readonly Account[]
  readonly at: Date
}

export function addIssue(state: GitHubState, repository: Repository, wanted: NewIssue): Issue {
  const issue: Issue = {
    id: state.nextId(),
    number: ++repository.lastNumber,
    title: wanted.title,
    body: wanted.body ?? null,
    state: 'open',
    stateReason: null,
    labels: wanted.labels ?? [],
    assignees: wanted.assignees ?? [],
    user: wanted.user,
    appId: wanted.appId ?? null,
    createdAt: wanted.at,
    updatedAt: wanted.at,
    closedAt: null,
    comments: [],
  }
  repository.issues.set(issue.number, issue)
  return issue
}

export interface IssueChange {
  readonly title?: string
  readonly body?: string | null
  readonly state?: Issue['state']
  readonly stateReason?: Issue['stateReason']
  readonly labels?: readonly string[]
  readonly assignees?: readonly Account[]
}

export function updateIssue(issue: Issue, change: IssueChange, at: Date): void {
  const before = issue.state
  Object.assign(issue, change, { updatedAt: at })
  if (issue.state === before) return
  issue.closedAt = issue.state === 'closed' ? at : null
  issue.stateReason = change.stateReason ?? (issue.state === 'closed' ? 'completed' : 'reopened')
}

export interface NewComment {
  readonly body: string
  readonly user: Account
  readonly appId?: number
  readonly at: Date
}

export function addComment(state: GitHubState, issue: Issue, wanted: NewComment): IssueComment {
  const comment: IssueComment = {
    id: state.nextId(),
    body: wanted.body,
    user: wanted.user,
    appId: wanted.appId ?? null,
    createdAt: wanted.at,
    updatedAt: wanted.at,
  }
  issue.comments.push(comment)
  issue.updatedAt = wanted.at
  return comment
}
