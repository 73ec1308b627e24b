import type { App } from '../app.js'
import { apiUrl, nodeId, time, timeOrNull, type View } from './links.js'
import type { GitHubState, Installation } from '../state.js'
import { accountView } from './account.js'

/** `integration`. */
export function appView(state: GitHubState, app: App): View {
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId('App', app.id),
    client_id: `Iv1.${app.id.toString(16).padStart(16, '0')}`,
    owner: accountView(state, app.owner),
    name: app.name,
    description: null,
    external_url: app.externalUrl,
    html_url: `${state.url}/apps/${app.slug}`,
    created_at: time(app.createdAt),
    updated_at: time(app.createdAt),
    permissions: app.permissions,
    events: app.events,
  }
}

/** `installation`. */
export function installationView(state: GitHubState, app: App, installation: Installation): View {
  const id = String(installation.id)
  const { account } = installation
  const settings =
    account.type === 'Organization' ? `organizations/${account.login}/settings` : 'settings'
  return {
    id: installation.id,
    app_id: app.id,
    app_slug: app.slug,
    client_id: `Iv1.${app.id.toString(16).padStart(16, '0')}`,
    account: accountView(state, account),
    target_id: account.id,
    target_type: account.type,
    repository_selection: installation.repositories === 'all' ? 'all' : 'selected',
    access_tokens_url: `${apiUrl(state)}/app/installations/${id}/access_tokens`,
    repositories_url: `${apiUrl(state)}/installation/repositories`,
    html_url: `${state.url}/${settings}/installations/${id}`,
    permissions: installation.permissions,
    events: installation.events,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    created_at: time(installation.createdAt),
    updated_at: time(installation.updatedAt),
    suspended_at: timeOrNull(installation.suspendedAt),
    suspended_by: installation.suspendedBy && accountView(state, installation.suspendedBy),
  }
}
