import { createAppAuth } from '@octokit/auth-app'
import { Octokit } from '@octokit/rest'
import {
  addCommit,
  addInstallation,
  addOrganization,
  addRepository,
  addUser,
  createApp,
  createGitHubState,
  startStandIn,
  type Account,
  type Commit,
  type GitHubState,
  type Installation,
  type Repository,
  type StandIn,
} from '../../../src/demo/index.js'

export const AT = new Date('2026-11-02T09:00:00Z')

export const PERMISSIONS = {
  metadata: 'read',
  actions: 'read',
  administration: 'read',
  checks: 'write',
  contents: 'read',
  environments: 'read',
  issues: 'write',
  pull_requests: 'read',
  secrets: 'read',
}

/** A small organisation on a running stand-in, and Octokit as a client. */
export interface Scene {
  readonly state: GitHubState
  readonly standIn: StandIn
  readonly privateKey: string
  readonly octocat: Account
  readonly repository: Repository
  readonly installation: Installation
  /** The tip of main. */
  readonly commit: Commit
  /** A client with the App's JWT. */
  readonly app: Octokit
  /** A client with an installation token. */
  readonly installed: Octokit
}

const { app, privateKey } = createScenesApp()

function createScenesApp(): ReturnType<typeof createApp> {
  const owner = addOrganization(createGitHubState(), { login: 'octo-org', id: 1 })
  const facts = { id: 4242, slug: 'hooktrail', owner, permissions: PERMISSIONS, at: AT }
  return createApp({ ...facts, events: ['push'] })
}

export async function openScene(options: { now?: () => Date } = {}): Promise<Scene> {
  const state = createGitHubState()
  const org = addOrganization(state, { login: 'octo-org', id: 1 })
  const octocat = addUser(state, { login: 'octocat', id: 583231, email: 'octocat@example.com' })
  const repository = addRepository(state, org, { name: 'hello', at: AT })
  const commit = addCommit(repository, {
    author: octocat,
    message: 'Say hello\n\nTo everybody.',
    at: AT,
    branch: 'main',
    files: { 'README.md': '# Hello\n', '.github/workflows/ci.yml': 'on: push\njobs: {}\n' },
  })
  const events = ['push', 'workflow_run']
  const installation = addInstallation(state, {
    account: org,
    permissions: PERMISSIONS,
    events,
    at: AT,
  })
  const standIn = await startStandIn({ state, app, ...options })
  const clients = clientsOf(standIn.url, installation.id)
  return { state, standIn, privateKey, octocat, repository, installation, commit, ...clients }
}

export function clientsOf(url: string, installationId: number): Pick<Scene, 'app' | 'installed'> {
  const common = { baseUrl: `${url}/api/v3`, log: silent, authStrategy: createAppAuth }
  const auth = { appId: 4242, privateKey }
  return {
    app: new Octokit({ ...common, auth }),
    installed: new Octokit({ ...common, auth: { ...auth, installationId } }),
  }
}

const nothing = (): void => undefined
/** Octokit logs refusals; the tests ask for them. */
export const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing }

/** The status that a refused call carries. */
export async function statusOf(call: Promise<unknown>): Promise<unknown> {
  return (await refusalOf(call)).status
}

export async function refusalOf(
  call: Promise<unknown>,
): Promise<{ status: unknown; message: string }> {
  try {
    await call
  } catch (error) {
    if (error instanceof Error && 'status' in error)
      return { status: error.status, message: error.message }
    throw error
  }
  return { status: 'not refused', message: '' }
}
