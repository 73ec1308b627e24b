import { LRUCache } from 'lru-cache'
import { z } from 'zod'

import { createClient, type Octokit } from './client.js'
import { toGitHubError } from './github-error.js'
import type { GitHubOptions } from './github-options.js'

/** Rights of an installation or App: `{ checks: 'write', … }`. */
type Permissions = Readonly<Record<string, string>>

interface Installation {
  readonly octokit: Octokit
  /** What the owner granted, as of the current token (at most an hour old). */
  readonly permissions: Permissions
}

/** The App as GitHub knows it. */
interface OwnApp {
  readonly id: number
  /** Its bot user is `<slug>[bot]`. */
  readonly slug: string
  readonly name: string
  readonly htmlUrl: string
  readonly permissions: Permissions
  readonly events: readonly string[]
}

/** Clients for one App on one host. Tokens are made, kept and renewed inside. */
export interface GitHub {
  readonly appId: number
  /** Speaks as the App (JWT): the App itself, its installations and deliveries. */
  app(): Octokit
  /** Asked once and kept. @throws GitHubError `credentials` when the key is not the App's */
  ownApp(): Promise<OwnApp>
  /**
   * Speaks as the App on one installation's repositories.
   * @throws GitHubError `installation_suspended`, or `installation_gone` when it was uninstalled
   */
  installation(id: number): Promise<Installation>
}

/** Installations whose client is kept; one more costs a token. */
const KEPT_CLIENTS = 1000

/** Makes no request until one is needed. */
export function createGitHub(options: GitHubOptions): GitHub {
  const app = createClient(options)
  const clients = new LRUCache<number, Octokit>({ max: KEPT_CLIENTS })
  let ownApp: Promise<OwnApp> | undefined
  return {
    appId: options.app.id,
    app: () => app,
    ownApp: () => {
      ownApp ??= readOwnApp(app).catch((error: unknown) => {
        ownApp = undefined
        throw error
      })
      return ownApp
    },
    installation: (id) => {
      const octokit = clients.get(id) ?? createClient(options, id)
      clients.set(id, octokit)
      return signIn(octokit)
    },
  }
}

const appAnswer = z.object({
  id: z.number(),
  slug: z.string(),
  name: z.string(),
  html_url: z.string(),
  permissions: z.record(z.string(), z.string()),
  events: z.array(z.string()),
})

async function readOwnApp(octokit: Octokit): Promise<OwnApp> {
  const { data } = await octokit.rest.apps.getAuthenticated()
  const { html_url: htmlUrl, ...app } = appAnswer.parse(data)
  return { ...app, htmlUrl }
}

const tokenAnswer = z.object({ permissions: z.record(z.string(), z.string()) })

/** Gets the token now (or the kept one), so that a suspended installation is told from a refused request. */
async function signIn(octokit: Octokit): Promise<Installation> {
  try {
    const { permissions } = tokenAnswer.parse(await octokit.auth({ type: 'installation' }))
    return { octokit, permissions }
  } catch (error) {
    throw toGitHubError(error)
  }
}
