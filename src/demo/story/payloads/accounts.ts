import type { JsonObject } from '../../../core/domain/index.js'
import type { Account, Installation } from '../../github/index.js'
import { nodeId } from '../random.js'
import { fill } from '../template.js'
import type { Links, World } from '../world.js'

/** A person, a bot or an organisation in the place of one. */
export function userJson(links: Links, account: Account): JsonObject {
  const slug = account.login.replace(/\[bot\]$/, '')
  return fill('user', {
    ...links,
    login: account.login,
    handle: encodeURIComponent(account.login),
    id: account.id,
    node_id: nodeId(account.type === 'Organization' ? 'O' : 'U', account.id),
    type: account.type,
    html_url:
      account.type === 'Bot' ? `${links.web}/apps/${slug}` : `${links.web}/${account.login}`,
  })
}

export function userOrNull(links: Links, account: Account | null): JsonObject | null {
  return account && userJson(links, account)
}

export function organizationJson(links: Links, organization: Account): JsonObject {
  return fill('organization', {
    ...links,
    org: organization.login,
    id: organization.id,
    node_id: nodeId('O', organization.id),
    description: organization.name,
  })
}

/** What every delivery to an App carries: which installation it is for. */
export function installationRef(installation: Installation): JsonObject {
  const { id } = installation
  return { id, node_id: Buffer.from(`023:IntegrationInstallation${String(id)}`).toString('base64') }
}

export function installationJson(world: World): JsonObject {
  const { links, installation, organization } = world
  return fill('installation', {
    ...links,
    id: installation.id,
    account: userJson(links, organization),
    org: organization.login,
    org_id: organization.id,
    app_id: world.app.id,
    permissions: installation.permissions,
    events: installation.events,
    created_at: Math.floor(installation.createdAt.getTime() / 1000),
  })
}
