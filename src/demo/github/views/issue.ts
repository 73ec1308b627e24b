import type { App } from '../app.js'
import type { GitHubState, Issue, IssueComment, Repository } from '../state.js'
import { accountView } from './account.js'
import { appView } from './app.js'
import {
  apiUrl,
  nodeId,
  repositoryApi,
  repositoryPage,
  time,
  timeOrNull,
  type View,
} from './links.js'

/** `issue`. @param app who made it, if an App did */
export function issueView(
  state: GitHubState,
  repository: Repository,
  issue: Issue,
  app: App | undefined,
): View {
  const api = repositoryApi(state, repository)
  const self = `${api}/issues/${String(issue.number)}`
  const assignees = issue.assignees.map((account) => accountView(state, account))
  return {
    id: issue.id,
    node_id: nodeId('Issue', issue.id),
    number: issue.number,
    title: issue.title,
    body: issue.body,
    state: issue.state,
    state_reason: issue.stateReason,
    locked: false,
    user: accountView(state, issue.user),
    labels: issue.labels.map((name) => labelView(api, name)),
    assignee: assignees[0] ?? null,
    assignees,
    milestone: null,
    comments: issue.comments.length,
    author_association: 'NONE',
    performed_via_github_app: app ? appView(state, app) : null,
    created_at: time(issue.createdAt),
    updated_at: time(issue.updatedAt),
    closed_at: timeOrNull(issue.closedAt),
    url: self,
    repository_url: api,
    labels_url: `${self}/labels{/name}`,
    comments_url: `${self}/comments`,
    events_url: `${self}/events`,
    html_url: `${repositoryPage(state, repository)}/issues/${String(issue.number)}`,
  }
}

function labelView(api: string, name: string) {
  let id = 0
  for (const letter of name) id = (id * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_000_007
  return {
    id,
    node_id: nodeId('Label', id),
    url: `${api}/labels/${encodeURIComponent(name)}`,
    name,
    color: 'ededed',
    description: null,
    default: false,
  }
}

/** `issue-comment`. */
export function commentView(
  state: GitHubState,
  repository: Repository,
  issue: Issue,
  { comment, app }: { readonly comment: IssueComment; readonly app: App | undefined },
): View {
  const page = `${repositoryPage(state, repository)}/issues/${String(issue.number)}`
  return {
    id: comment.id,
    node_id: nodeId('IssueComment', comment.id),
    body: comment.body,
    user: accountView(state, comment.user),
    author_association: 'NONE',
    performed_via_github_app: app ? appView(state, app) : null,
    created_at: time(comment.createdAt),
    updated_at: time(comment.updatedAt),
    url: `${repositoryApi(state, repository)}/issues/comments/${String(comment.id)}`,
    html_url: `${page}#issuecomment-${String(comment.id)}`,
    issue_url: `${apiUrl(state)}/repos/${repository.owner.login}/${repository.name}/issues/${String(issue.number)}`,
  }
}
