import { fullName, type GitHubState, type Repository } from '../state.js'
import { accountView } from './account.js'
import { nodeId, repositoryApi, repositoryPage, time, type View } from './links.js'

/** `minimal-repository`: how a repository appears inside runs. */
export function minimalRepositoryView(state: GitHubState, repository: Repository): View {
  return {
    id: repository.id,
    node_id: nodeId('Repository', repository.id),
    name: repository.name,
    full_name: fullName(repository),
    private: repository.visibility !== 'public',
    owner: accountView(state, repository.owner),
    html_url: repositoryPage(state, repository),
    description: repository.description,
    fork: repository.parent !== null,
    ...apiLinks(repositoryApi(state, repository)),
  }
}

function apiLinks(api: string) {
  return {
    url: api,
    archive_url: `${api}/{archive_format}{/ref}`,
    assignees_url: `${api}/assignees{/user}`,
    blobs_url: `${api}/git/blobs{/sha}`,
    branches_url: `${api}/branches{/branch}`,
    collaborators_url: `${api}/collaborators{/collaborator}`,
    comments_url: `${api}/comments{/number}`,
    commits_url: `${api}/commits{/sha}`,
    compare_url: `${api}/compare/{base}...{head}`,
    contents_url: `${api}/contents/{+path}`,
    contributors_url: `${api}/contributors`,
    deployments_url: `${api}/deployments`,
    downloads_url: `${api}/downloads`,
    events_url: `${api}/events`,
    forks_url: `${api}/forks`,
    git_commits_url: `${api}/git/commits{/sha}`,
    git_refs_url: `${api}/git/refs{/sha}`,
    git_tags_url: `${api}/git/tags{/sha}`,
    hooks_url: `${api}/hooks`,
    issue_comment_url: `${api}/issues/comments{/number}`,
    issue_events_url: `${api}/issues/events{/number}`,
    issues_url: `${api}/issues{/number}`,
    keys_url: `${api}/keys{/key_id}`,
    labels_url: `${api}/labels{/name}`,
    languages_url: `${api}/languages`,
    merges_url: `${api}/merges`,
    milestones_url: `${api}/milestones{/number}`,
    notifications_url: `${api}/notifications{?since,all,participating}`,
    pulls_url: `${api}/pulls{/number}`,
    releases_url: `${api}/releases{/id}`,
    stargazers_url: `${api}/stargazers`,
    statuses_url: `${api}/statuses/{sha}`,
    subscribers_url: `${api}/subscribers`,
    subscription_url: `${api}/subscription`,
    tags_url: `${api}/tags`,
    teams_url: `${api}/teams`,
    trees_url: `${api}/git/trees{/sha}`,
  }
}

/** `repository`: how it appears in lists and pull requests. */
export function repositoryView(state: GitHubState, repository: Repository): View {
  const page = repositoryPage(state, repository)
  const openIssues = [...repository.issues.values()].filter((one) => one.state === 'open').length
  return {
    ...minimalRepositoryView(state, repository),
    clone_url: `${page}.git`,
    git_url: `git:${page.slice(page.indexOf('//'))}.git`,
    ssh_url: `git@${new URL(state.url).hostname}:${fullName(repository)}.git`,
    svn_url: page,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    size: repository.commits.size,
    visibility: repository.visibility,
    default_branch: repository.defaultBranch,
    archived: repository.archived,
    disabled: false,
    is_template: false,
    topics: repository.topics,
    has_issues: repository.hasIssues,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_downloads: false,
    has_discussions: false,
    allow_forking: repository.visibility === 'public',
    web_commit_signoff_required: false,
    forks: 0,
    forks_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    open_issues: openIssues,
    open_issues_count: openIssues,
    created_at: time(repository.createdAt),
    updated_at: time(repository.updatedAt),
    pushed_at: time(repository.pushedAt),
  }
}

/** `full-repository`. */
export function fullRepositoryView(state: GitHubState, repository: Repository): View {
  const parent = repository.parent && repositoryView(state, repository.parent)
  return {
    ...repositoryView(state, repository),
    ...(parent && { parent, source: parent }),
    network_count: 0,
    subscribers_count: 0,
  }
}
