import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { readAppManifest, type Environment } from '../platform/index.js'
import type { DemoArguments } from './arguments.js'
import {
  createDeliverer,
  createGitHubState,
  generateAppKey,
  startStandIn,
  type Account,
  type App,
  type Deliverer,
  type GitHubState,
  type StandIn,
} from './github/index.js'
import {
  runCommand,
  startProcess,
  type ChildEnvironment,
  type CommandResult,
  type HooktrailProcess,
} from './hooktrail-process.js'
import { storyPermissions } from './story/index.js'

/** What runs while the demo runs, and how to end it. */
export interface Scene {
  readonly state: GitHubState
  readonly standIn: StandIn
  readonly hooktrail: HooktrailProcess
  readonly deliverer: Deliverer
  readonly app: App
  readonly apiToken: string
  readonly dataDirectory: string
  readonly runCli: (...words: string[]) => Promise<CommandResult>
  /** Hooktrail first, then the stand-in, then the data. */
  readonly end: () => Promise<void>
}

/** Short, since the story is played in seconds; long enough for the checkpoint that each second brings. */
export const CHECK_DELAY_MS = 1500

const APP_ID = 1_204_118
const HOOK_ID = 504_118_207

/**
 * Starts the stand-in for GitHub and Hooktrail beside it.
 * @throws DemoError `demo.process`
 */
export async function setScene(wanted: DemoArguments, environment: Environment): Promise<Scene> {
  const ends: (() => Promise<void>)[] = []
  const end = async (): Promise<void> => {
    for (const one of ends.splice(0).toReversed()) await one()
  }
  try {
    return { ...(await build(wanted, environment, ends)), end }
  } catch (error) {
    await end()
    throw error
  }
}

async function build(
  wanted: DemoArguments,
  environment: Environment,
  ends: (() => Promise<void>)[],
): Promise<Omit<Scene, 'end'>> {
  const directory = await makeDirectory()
  ends.push(() => rm(directory, { recursive: true, force: true }))
  const { privateKey, publicKey } = generateAppKey()
  const app = createApp(publicKey)
  const state = createGitHubState()
  const standIn = await startStandIn({ state, app })
  ends.push(() => standIn.close())
  const port = wanted.port === 0 ? await freePort() : wanted.port
  const secrets = { secret: randomHex(32), apiToken: randomHex(24) }
  const dataDirectory = join(directory, 'data')
  const settings = {
    ...inherited(environment),
    ...settingsFor({ privateKey, port, standIn, dataDirectory, ...secrets }),
  }
  const hooktrail = await startProcess(settings, directory)
  const runCli = (...words: string[]): Promise<CommandResult> =>
    runCommand(words, settings, directory)
  ends.push(() => stopHooktrail(hooktrail, runCli))
  const url = `${hooktrail.url}/api/github/webhooks`
  const deliverer = createDeliverer({
    state,
    url,
    secret: secrets.secret,
    hookId: HOOK_ID,
    appId: app.id,
  })
  const { apiToken } = secrets
  return { state, standIn, hooktrail, deliverer, app, apiToken, dataDirectory, runCli }
}

async function stopHooktrail(hooktrail: HooktrailProcess, runCli: Scene['runCli']): Promise<void> {
  // One that was killed left its PostgreSQL behind; the next to use the database takes it over and stops it.
  if (hooktrail.hasEnded()) await runCli('jobs')
  await hooktrail.stop()
}

/** Others may pass through (PostgreSQL does not run as root) but not look. */
async function makeDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'hooktrail-demo-'))
  await chmod(directory, 0o711)
  return directory
}

function createApp(publicKey: App['publicKey']): App {
  const createdAt = new Date()
  const owner: Account = {
    id: 204_118,
    login: 'acme-rail',
    type: 'Organization',
    name: 'Acme Rail',
    email: null,
    createdAt,
  }
  return {
    id: APP_ID,
    slug: 'hooktrail',
    name: 'Hooktrail',
    owner,
    externalUrl: 'https://hooktrail.example.com',
    permissions: storyPermissions(),
    events: readAppManifest().default_events,
    publicKey,
    createdAt,
  }
}

/** What a process needs of ours: no setting of Hooktrail, and no credentials of anybody. */
const INHERITED = ['PATH', 'HOME', 'USER', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'SystemRoot']

function inherited(environment: Environment): ChildEnvironment {
  const found: Record<string, string> = {}
  for (const name of INHERITED) {
    const value = environment[name]
    if (value !== undefined) found[name] = value
  }
  return found
}

interface Settings {
  readonly privateKey: string
  readonly port: number
  readonly standIn: StandIn
  readonly dataDirectory: string
  readonly secret: string
  readonly apiToken: string
}

/** The stand-in is a host of its own, like an Enterprise Server, so that every link leads to it. */
function settingsFor(settings: Settings): ChildEnvironment {
  const { standIn, port } = settings
  return {
    NODE_ENV: 'development',
    APP_ID: String(APP_ID),
    PRIVATE_KEY: settings.privateKey,
    WEBHOOK_SECRET: settings.secret,
    GHE_HOST: new URL(standIn.url).host,
    GHE_PROTOCOL: 'http',
    GITHUB_API_URL: `${standIn.url}/api/v3`,
    HOST: '127.0.0.1',
    PORT: String(port),
    HOOKTRAIL_URL: `http://127.0.0.1:${String(port)}`,
    HOOKTRAIL_DATA_DIR: settings.dataDirectory,
    HOOKTRAIL_API_TOKEN: settings.apiToken,
    HOOKTRAIL_CHECK_DELAY: String(CHECK_DELAY_MS),
    LOG_LEVEL: 'warn',
    LOG_FORMAT: 'pretty',
    NO_COLOR: '1',
  }
}

/** Hooktrail needs to be told a number: a child cannot say which one it got before it is ready. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => {
        resolve(port)
      })
    })
  })
}

function randomHex(bytes: number): string {
  return randomBytes(bytes).toString('hex')
}
