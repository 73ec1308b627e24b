import { z } from 'zod'
import { generateAppKey, randomHex, type App } from '../app.js'
import { invalid, notFound, Refusal } from '../refusal.js'
import { listAnswer } from '../pagination.js'
import {
  callingApp,
  created,
  forAll,
  forApp,
  ok,
  param,
  type Answer,
  type Call,
  type Route,
} from '../route.js'
import { fullName, type Installation } from '../state.js'
import { issueToken } from '../tokens.js'
import { appView, installationView } from '../views/app.js'
import { time } from '../views/links.js'
import { repositoryView } from '../views/repository.js'
import { repositoriesOf } from './reach.js'

export const appRoutes: readonly Route[] = [
  { id: 'apps/get-authenticated', access: forApp, answer: getAuthenticated },
  { id: 'apps/list-installations', access: forApp, answer: listInstallations },
  { id: 'apps/get-installation', access: forApp, answer: getInstallation },
  { id: 'apps/create-installation-access-token', access: forApp, answer: createToken },
  { id: 'apps/create-from-manifest', access: forAll, answer: convertManifest },
]

function getAuthenticated(call: Call): Answer {
  const installations = installationsOf(call)
  const view = appView(call.world.state, callingApp(call))
  return ok({ ...view, installations_count: installations.length })
}

function listInstallations(call: Call): Answer {
  return listAnswer(call, installationsOf(call), (one) =>
    installationView(call.world.state, callingApp(call), one),
  )
}

function getInstallation(call: Call): Answer {
  return ok(installationView(call.world.state, callingApp(call), installationFor(call)))
}

function installationsOf(call: Call): readonly Installation[] {
  const { state, mainAppId } = call.world
  return callingApp(call).id === mainAppId ? [...state.installations.values()] : []
}

function installationFor(call: Call): Installation {
  const id = Number(param(call, 'installation_id'))
  const installation = installationsOf(call).find((one) => one.id === id)
  if (!installation) throw notFound()
  return installation
}

const grantSchema = z.object({
  repositories: z.array(z.string()).optional(),
  repository_ids: z.array(z.number()).optional(),
  permissions: z.record(z.string(), z.string()).optional(),
})

function createToken(call: Call): Answer {
  const installation = installationFor(call)
  if (installation.suspendedAt) {
    throw new Refusal('forbidden', 'This installation has been suspended')
  }
  const wanted = grantSchema.parse(call.body ?? {})
  const permissions = wanted.permissions ?? installation.permissions
  checkGrant(installation, permissions)
  const repositories = wantedRepositories(call, installation, wanted)
  const grant = { installation, permissions, repositories }
  const issued = issueToken(call.world.tokens, grant, call.world.now())
  const { state } = call.world
  const all = repositories === null && installation.repositories === 'all'
  const reached = repositoriesOf(state, { installation, repositories })
  return created({
    token: issued.token,
    expires_at: time(issued.expiresAt),
    permissions: issued.permissions,
    repository_selection: all ? 'all' : 'selected',
    ...(!all && { repositories: reached.map((one) => repositoryView(state, one)) }),
  })
}

function checkGrant(
  installation: Installation,
  permissions: Readonly<Record<string, string>>,
): void {
  for (const [name, access] of Object.entries(permissions)) {
    const granted = installation.permissions[name]
    if (granted === access || granted === 'write' || granted === 'admin') continue
    throw invalid('The permissions requested are not granted to this installation.')
  }
}

function wantedRepositories(
  call: Call,
  installation: Installation,
  wanted: z.infer<typeof grantSchema>,
): ReadonlySet<number> | null {
  if (!wanted.repositories && !wanted.repository_ids) return null
  const all = repositoriesOf(call.world.state, { installation, repositories: null })
  const names = new Set(wanted.repositories)
  const ids = new Set(wanted.repository_ids)
  const found = all.filter(
    (one) => ids.has(one.id) || names.has(one.name) || names.has(fullName(one)),
  )
  if (found.length < names.size + ids.size) {
    throw invalid(
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    )
  }
  return new Set(found.map((one) => one.id))
}

const manifestSchema = z.object({
  name: z.string().optional(),
  url: z.string(),
  default_permissions: z.record(z.string(), z.string()).optional(),
  default_events: z.array(z.string()).optional(),
})

/** The last step of the manifest flow: the code becomes an App, once. */
function convertManifest(call: Call): Answer {
  const { world } = call
  const code = param(call, 'code')
  const manifest = manifestSchema.safeParse(world.manifests.get(code))
  if (!world.manifests.delete(code) || !manifest.success) throw notFound()
  const { privateKey, publicKey } = generateAppKey()
  const name = manifest.data.name ?? `Hooktrail ${randomHex(3)}`
  const owner = [...world.state.accounts.values()][0]
  if (!owner) throw notFound()
  const app: App = {
    id: world.state.nextId(),
    slug: name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
    name,
    owner,
    externalUrl: manifest.data.url,
    permissions: manifest.data.default_permissions ?? {},
    events: manifest.data.default_events ?? [],
    publicKey,
    createdAt: world.now(),
  }
  world.apps.set(app.id, app)
  return created({
    ...appView(world.state, app),
    client_secret: randomHex(20),
    webhook_secret: randomHex(20),
    pem: privateKey,
  })
}
