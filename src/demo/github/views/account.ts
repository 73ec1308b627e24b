import type { Account, GitHubState } from '../state.js'
import { accountPage, apiUrl, nodeId, time, type View } from './links.js'

/** `simple-user`: how an account appears inside everything else. */
export function accountView(state: GitHubState, account: Account): View {
  const api = `${apiUrl(state)}/users/${encodeURIComponent(account.login)}`
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(account.type, account.id),
    avatar_url: `${state.url}/avatars/${String(account.id)}`,
    gravatar_id: '',
    url: api,
    html_url: accountPage(state, account),
    followers_url: `${api}/followers`,
    following_url: `${api}/following{/other_user}`,
    gists_url: `${api}/gists{/gist_id}`,
    starred_url: `${api}/starred{/owner}{/repo}`,
    subscriptions_url: `${api}/subscriptions`,
    organizations_url: `${api}/orgs`,
    repos_url: `${api}/repos`,
    events_url: `${api}/events{/privacy}`,
    received_events_url: `${api}/received_events`,
    type: account.type,
    user_view_type: 'public',
    site_admin: false,
  }
}

/** `public-user`. */
export function userView(state: GitHubState, account: Account): View {
  return {
    ...accountView(state, account),
    name: account.name,
    company: null,
    blog: null,
    location: null,
    email: account.email,
    hireable: null,
    bio: null,
    public_repos: repositoriesOf(state, account),
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: time(account.createdAt),
    updated_at: time(account.createdAt),
  }
}

/** `organization-full`. */
export function organizationView(state: GitHubState, account: Account): View {
  const api = `${apiUrl(state)}/orgs/${encodeURIComponent(account.login)}`
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId('Organization', account.id),
    url: api,
    repos_url: `${api}/repos`,
    events_url: `${api}/events`,
    hooks_url: `${api}/hooks`,
    issues_url: `${api}/issues`,
    members_url: `${api}/members{/member}`,
    public_members_url: `${api}/public_members{/member}`,
    avatar_url: `${state.url}/avatars/${String(account.id)}`,
    description: null,
    name: account.name ?? account.login,
    has_organization_projects: false,
    has_repository_projects: false,
    public_repos: repositoriesOf(state, account),
    public_gists: 0,
    followers: 0,
    following: 0,
    html_url: accountPage(state, account),
    type: 'Organization',
    created_at: time(account.createdAt),
    updated_at: time(account.createdAt),
    archived_at: null,
  }
}

function repositoriesOf(state: GitHubState, account: Account): number {
  return [...state.repositories.values()].filter((one) => one.owner.id === account.id).length
}
