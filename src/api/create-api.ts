import { Hono, type Context } from 'hono'
import { requestId } from 'hono/request-id'

import { parseQuery, type QueryContext } from '../core/search/index.js'
import { entryByReference, readProofFile, savedQueries, searchEntries } from '../ledger/index.js'
import type { Config, Database, Logger } from '../platform/index.js'
import { readEntriesRequest } from './entries-request.js'
import { errorProblem } from './error-problem.js'
import { health } from './health.js'
import { homePage } from './home-page.js'
import { logRoutes } from './log-routes.js'
import { STYLE } from './page.js'
import { problem } from './problem.js'
import { requireToken } from './require-token.js'
import { securityHeaders } from './security-headers.js'

interface ApiOptions {
  readonly database: Database
  readonly config: Pick<Config, 'apiToken' | 'timeZone'>
  readonly version: string
  /** Milliseconds since 1970: what `created:>-7d` counts from. */
  readonly now: () => number
  /** Where errors go that the answer does not explain. */
  readonly log: Logger
}

const READ_ONLY = [
  '/',
  '/healthz',
  '/checkpoint',
  '/tile/*',
  '/api/v1/entries',
  '/api/v1/entries/:reference',
  '/api/v1/entries/:reference/proof',
]

/**
 * What Hooktrail says over HTTP, webhooks excepted. Every answer carries `X-Request-Id`.
 * @see docs/api.md
 */
export function createApi({ database, config, version, now, log }: ApiOptions): Hono {
  const api = new Hono()
  api.use(requestId(), securityHeaders({ style: STYLE }))
  api.onError((error, context) => failed(error, context, log))
  api.notFound((context) => missing(context, 'there is nothing at this path'))

  api.get('/', (context) => context.html(homePage(version)))
  api.get('/healthz', (context) => health(context, database, version))

  api.route('/', logRoutes(database, config.apiToken))

  api.use('/api/*', requireToken(config.apiToken))
  api.get('/api/v1/entries', (context) =>
    list(context, database, { now: now(), timeZone: config.timeZone }),
  )
  api.get('/api/v1/entries/:reference', (context) => show(context, database))
  api.get('/api/v1/entries/:reference/proof', (context) => prove(context, database))
  for (const path of READ_ONLY) api.all(path, readOnly)
  return api
}

async function list(context: Context, database: Database, asked: QueryContext): Promise<Response> {
  const { query, limit, cursor } = readEntriesRequest(context.req.queries())
  const saved = /saved:/i.test(query) ? await savedQueries(database) : undefined
  const page = await searchEntries(database, parseQuery(query, { ...asked, saved }), {
    limit,
    cursor,
  })
  return context.json({ entries: page.entries, next_cursor: page.next ?? null })
}

async function show(context: Context, database: Database): Promise<Response> {
  const entry = await entryByReference(database, context.req.param('reference') ?? '')
  return entry ? context.json(entry) : missing(context, 'there is no entry with this id or number')
}

/** A C2SP tlog-proof, which needs nothing of ours to be checked. */
async function prove(context: Context, database: Database): Promise<Response> {
  const entry = await entryByReference(database, context.req.param('reference') ?? '')
  if (!entry) return missing(context, 'there is no entry with this id or number')
  const proof = await readProofFile(database, entry.seq)
  if (!proof) {
    return missing(context, 'no checkpoint covers this entry yet: ask again in a second')
  }
  return context.text(proof.file)
}

function missing(context: Context, detail: string): Response {
  return problem(context, { status: 404, code: 'api.not_found', title: 'Not found', detail })
}

function readOnly(context: Context): Response {
  context.header('Allow', 'GET, HEAD')
  return problem(context, {
    status: 405,
    code: 'api.method',
    title: 'The method is not allowed',
    detail: 'This path can only be read: use GET.',
  })
}

function failed(error: Error, context: Context, log: Logger): Response {
  const known = errorProblem(error)
  const request = context.get('requestId')
  if (!known || known.status >= 500) log.error({ err: error, request }, 'a request failed')
  return problem(
    context,
    known ?? {
      status: 500,
      code: 'api.internal',
      title: 'Something went wrong',
      detail: `The log of Hooktrail says more under request ${request}.`,
    },
  )
}
