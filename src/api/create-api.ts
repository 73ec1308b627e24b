import { Hono, type Context } from 'hono'
import { compress } from 'hono/compress'
import { requestId } from 'hono/request-id'

import { LogFollower } from '../ledger/index.js'
import type { Config, Database, Logger } from '../platform/index.js'
import type { ApiEnv } from './api-env.js'
import { errorProblem } from './error-problem.js'
import { health } from './health.js'
import { homePage } from './home-page.js'
import { logRoutes } from './log-routes.js'
import { apiDescription } from './openapi/description.js'
import { referencePage } from './openapi/reference-page.js'
import { STYLE } from './page.js'
import { problem } from './problem.js'
import { limitToken, limitWrongTokens, USUAL_REQUESTS } from './rate-limit.js'
import { requireToken } from './require-token.js'
import { securityHeaders } from './security-headers.js'
import { serveOperations } from './serve-operations.js'
import { OpenStreams } from './streams/open-streams.js'

interface ApiOptions {
  readonly database: Database
  readonly config: Pick<Config, 'apiToken' | 'timeZone'>
  readonly version: string
  /** Milliseconds since 1970: what `created:>-7d` counts from. */
  readonly now: () => number
  /** Where errors go that the answer does not explain. */
  readonly log: Logger
  /** Whoever stops the server ends them first. */
  readonly streams?: OpenStreams
  /** With one token, in a minute. */
  readonly requests?: number
}

/** Not what is live, which would wait in the compressor. */
const COMPRESSED = /^(?:text\/(?!event-stream)|application\/(?:[\w.-]+[+-])?(?:nd)?json)/

/** What is there beside the operations: without a token, but for the entries below /tile. */
const PUBLIC_PATHS = ['/', '/healthz', '/checkpoint', '/tile/*', '/api/v1', '/api/v1/openapi.json']

/**
 * What Hooktrail says over HTTP, webhooks excepted. Every answer carries `X-Request-Id`.
 * @see docs/api.md
 */
export function createApi({
  database,
  config,
  version,
  now,
  log,
  streams = new OpenStreams(),
  requests = USUAL_REQUESTS,
}: ApiOptions): Hono<ApiEnv> {
  const api = new Hono<ApiEnv>()
  api.use(requestId(), securityHeaders({ style: STYLE }))
  api.use('/api/*', compress({ contentTypeFilter: (type) => COMPRESSED.test(type) }))
  api.onError((error, context) => failed(error, context, log))
  api.notFound(missing)

  servePublic(api, { database, version })
  const authenticate = requireToken({ database, apiToken: config.apiToken, now })
  const limitWrong = limitWrongTokens(now)
  // Not so many a minute with one token: whoever verifies the log takes all of its tiles.
  api.route('/', logRoutes(database, limitWrong, authenticate))
  api.use('/api/*', limitWrong, authenticate, limitToken(now, requests))
  const follower = new LogFollower(database)
  const paths = serveOperations(api, {
    database,
    timeZone: config.timeZone,
    now,
    streams,
    follower,
    log,
  })
  for (const path of [...PUBLIC_PATHS, ...paths]) api.all(path, readOnly)
  return api
}

function servePublic(
  api: Hono<ApiEnv>,
  { database, version }: Pick<ApiOptions, 'database' | 'version'>,
): void {
  const description = apiDescription(version)
  api.get('/', (context) => context.html(homePage(version)))
  api.get('/healthz', (context) => health(context, database, version))
  api.get('/api/v1', (context) => context.html(referencePage(version)))
  api.get('/api/v1/openapi.json', (context) => context.json(description))
}

function missing(context: Context): Response {
  return problem(context, { code: 'api.not_found', detail: 'there is nothing at this path' })
}

function readOnly(context: Context): Response {
  context.header('Allow', 'GET, HEAD')
  return problem(context, {
    code: 'api.method',
    detail: 'This path can only be read: use GET.',
  })
}

function failed(error: Error, context: Context<ApiEnv>, log: Logger): Response {
  const known = errorProblem(error)
  const request = context.get('requestId')
  // What is damaged or was not expected, the operator must hear of.
  if (!known || known.code === 'corrupt' || known.code === 'unavailable') {
    log.error({ err: error, request }, 'a request failed')
  }
  const detail = `The log of Hooktrail says more under request ${request}.`
  return problem(context, known ?? { code: 'api.internal', detail })
}
