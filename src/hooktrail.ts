import { Probot, ProbotOctokit } from 'probot'

import { createApi, OpenStreams, startHttpServer } from './api/index.js'
import {
  Appender,
  compareInThread,
  keepSigning,
  openSigner,
  watchWitnesses,
} from './ledger/index.js'
import { createLookingAfter } from './looking-after.js'
import { createPipeline } from './pipeline.js'
import {
  createGitHub,
  createFileStore,
  createReactionStore,
  migrate,
  migrationStatus,
  openDatabase,
  startQueue,
  VERSION,
  type AppCredentials,
  type Config,
  type Database,
  type Logger,
} from './platform/index.js'
import { createAlertReporter, createCheckRunReporter } from './reporters/index.js'
import { createFileSource, createWebhookSource } from './sources/index.js'

/** A Hooktrail that runs: deliveries are taken, jobs worked off, questions answered. */
export interface RunningHooktrail {
  /** Where it listens, with the port that was really taken. */
  readonly url: string
  /** Stops taking deliveries, finishes or gives back what is under way, and leaves the database. */
  stop(): Promise<void>
}

type Stop = () => Promise<void>

/**
 * Builds everything and starts it, each part before those that need it. If one fails, those before it are stopped.
 * @throws PostgresError, MigrationError, or the error of net.Server when the port cannot be had
 */
export async function startHooktrail(
  config: Config & { readonly app: AppCredentials },
  log: Logger,
): Promise<RunningHooktrail> {
  const stops: Stop[] = []
  const stop: Stop = async () => {
    for (const one of stops.splice(0).toReversed()) await one()
  }
  try {
    const database = await openDatabase(config, log, { role: 'app' })
    stops.push(() => database.close())
    await prepareSchema(database, log)
    const url = await startParts(config, log, { database, stops })
    return { url, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The embedded server is ours to migrate; on a given one that is the operator's decision. */
async function prepareSchema(database: Database, log: Logger): Promise<void> {
  if (database.embedded) {
    const { applied } = await migrate(database)
    if (applied.length > 0) log.info({ applied }, 'schema brought up to date')
    return
  }
  const { pending } = await migrationStatus(database)
  if (pending.length === 0) return
  throw new Error(
    `the database lacks ${String(pending.length)} migrations (${pending.join(', ')}): run \`hooktrail migrate\` first`,
  )
}

async function startParts(
  config: Config & { readonly app: AppCredentials },
  log: Logger,
  { database, stops }: { readonly database: Database; readonly stops: Stop[] },
): Promise<string> {
  const clock = Date.now
  const appender = new Appender(database, clock)
  const pipeline = createPipeline({
    ...config,
    ...reporters(config, log, database),
    database,
    appender,
    appId: config.app.id,
    clock,
  })
  const lookingAfter = createLookingAfter({ ...config, database, clock, logger: log })
  const queue = await startQueue(database, log, {
    handlers: { ...pipeline.handlers, ...lookingAfter.handlers },
    schedule: [...pipeline.schedule, ...lookingAfter.schedule],
    concurrency: config.jobConcurrency,
  })
  stops.push(
    () => queue.stop(),
    () => appender.drain(),
  )
  await startSigning(config, log, { database, appender, stops })
  const webhook = await createWebhookSource({
    probot: createProbot(config, log),
    secrets: config.webhookSecrets,
    githubHost: config.host,
    receive: pipeline.receive,
    log,
    clock,
  })
  const streams = new OpenStreams()
  const api = createApi({ database, config, version: VERSION, now: clock, log, streams })
  const server = await startHttpServer({ ...config, webhook, fetch: api.fetch })
  stops.push(async () => {
    // Together: the server waits for its connections, and takes no new ones meanwhile.
    await Promise.all([server.stop(), streams.stop()])
  })
  return server.url
}

/** A log that cannot be signed goes on recording: its error says what to do. */
async function startSigning(
  config: Config,
  log: Logger,
  {
    database,
    appender,
    stops,
  }: { readonly database: Database; readonly appender: Appender; readonly stops: Stop[] },
): Promise<void> {
  try {
    const clock = Date.now
    const signer = await openSigner(database, config.log, clock)
    const settings = config.log
    const witnesses = await watchWitnesses({ database, appender, settings, log, clock })
    const afterwards = (): void => {
      void witnesses.push()
    }
    const signing = keepSigning({ ...signer, log, afterwards })
    stops.push(
      () => witnesses.stop(),
      () => signing.stop(),
    )
  } catch (error) {
    log.error({ err: error }, 'no checkpoint is signed')
  }
}

function reporters(
  config: Config & { readonly app: AppCredentials },
  log: Logger,
  database: Database,
): Pick<
  Parameters<typeof createPipeline>[0],
  'checkRuns' | 'alerts' | 'fileStore' | 'files' | 'compare'
> {
  const reactions = createReactionStore(database, Date.now)
  const github = createGitHub({
    app: config.app,
    apiUrl: config.githubApiUrl,
    version: VERSION,
    log,
    // A GitHub on this machine is a stand-in, which has no limits to keep.
    pace: !isLoopback(config.githubApiUrl),
  })
  const fileStore = createFileStore(database, Date.now)
  return {
    fileStore,
    files: createFileSource({ github, files: fileStore }),
    compare: compareInThread(),
    checkRuns: createCheckRunReporter({ github, reactions }),
    alerts: createAlertReporter({ github, reactions }),
  }
}

/** Probot takes events over from the front door; it makes no requests of its own. */
function createProbot(config: Config & { readonly app: AppCredentials }, log: Logger): Probot {
  return new Probot({
    appId: config.app.id,
    privateKey: config.app.privateKey,
    secret: config.webhookSecrets[0] ?? '',
    baseUrl: config.githubApiUrl,
    log,
    Octokit: OneOctokit,
  })
}

/**
 * Probot builds a client for every event, which costs more than parsing it; the recorder makes no requests, and reactions
 * have clients of their own (platform/github). So every event is given the same one.
 */
class OneOctokit extends ProbotOctokit {
  constructor(...options: ConstructorParameters<typeof ProbotOctokit>) {
    super(...options)
    const signIn = this.auth
    this.auth = Object.assign(
      (request: unknown) => (isForEvent(request) ? Promise.resolve(this) : signIn(request)),
      signIn,
    )
  }
}

function isForEvent(request: unknown): boolean {
  return (
    typeof request === 'object' &&
    request !== null &&
    'type' in request &&
    request.type === 'event-octokit'
  )
}

function isLoopback(url: string): boolean {
  const { hostname } = new URL(url)
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname)
}
