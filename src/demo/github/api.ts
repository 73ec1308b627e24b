import { createHash } from 'node:crypto'
import type { App } from './app.js'
import type { Journal } from './journal.js'
import { describeViolation, type OpenApiValidator, type Violation } from './openapi/index.js'
import { errorBody, notFound, Refusal } from './refusal.js'
import type { Answer, Call, Route, World } from './route.js'
import { HOURLY_LIMIT } from './routes/meta.js'
import { routes } from './routes/index.js'
import { authenticateApp, authenticateInstallation, type InstallationToken } from './tokens.js'

/** A request as the stand-in reads it from the socket. */
export interface Request {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Parsed JSON, or undefined for none. */
  readonly body: unknown
}

export interface Api {
  /** Answers a request of the REST API, whatever it holds. */
  readonly answer: (request: Request) => Promise<Answered>
}

export interface Answered extends Answer {
  readonly operation?: string
  readonly installationId?: number
}

export interface ApiParts {
  readonly world: World
  readonly validator: OpenApiValidator
  readonly journal: Journal
}

export function createApi({ world, validator, journal }: ApiParts): Api {
  const quotas = new Map<string, Quota>()

  async function answer(request: Request): Promise<Answered> {
    const match = validator.find(request.method, request.path)
    if (!match) {
      journal.blame(validator.request(request))
      return refuse(notFound())
    }
    const operation = match.described.id
    const found = validator.request(request)
    const violations = found.filter((one) => !isLimit(one))
    if (violations.length > 0) return { ...blame(violations), operation }
    const route = routes.get(operation)
    if (!route) throw new RangeError(`The stand-in has no route for ${operation}.`)
    const limits = found.filter(isLimit)
    return { ...(await serve(route, request, { params: match.params, limits })), operation }
  }

  async function serve(route: Route, request: Request, read: Read): Promise<Answered> {
    try {
      const caller = authenticate(world, route, request)
      const quota = useQuota(quotas, caller, world.now())
      const call = { ...callOf(world, route, request, read.params), ...caller, quota }
      refuseLimits(read.limits)
      const raw = await route.answer(call)
      const answered = checked(validator, request, raw)
      const installation = caller.token?.installation.id
      return {
        ...withHeaders(request, answered, { quota, route }),
        ...(installation !== undefined && { installationId: installation }),
      }
    } catch (error) {
      if (error instanceof Refusal) return refuse(error)
      throw error
    }
  }

  function checked(rules: OpenApiValidator, request: Request, raw: Answer): Answer {
    if (raw.text) return raw
    const { method, path } = request
    const violations = rules.response({ method, path, status: raw.status, body: raw.body })
    return violations.length > 0 ? blame(violations) : raw
  }

  function blame(violations: readonly Violation[]): Answer {
    journal.blame(violations)
    return { status: 500, body: errorBody(500, violations.map(describeViolation).join('\n')) }
  }

  return { answer }
}

interface Read {
  readonly params: Readonly<Record<string, string>>
  readonly limits: readonly Violation[]
}

/** Too long or too many is what GitHub answers with 422; any other violation is a client gone wrong. */
function isLimit({ in: where, rule }: Violation): boolean {
  return where === 'request body' && (rule === 'maxLength' || rule === 'maxItems')
}

function refuseLimits(limits: readonly Violation[]): void {
  if (limits.length === 0) return
  const lines = limits.map(({ at, message }) => `For '${at.slice(1)}', ${message}.`)
  throw new Refusal('invalid', `Invalid request.\n\n${lines.join('\n')}`)
}

function refuse(refusal: Refusal): Answer {
  const { status, message, errors } = refusal
  return { status, body: errorBody(status, message, errors) }
}

interface Caller {
  readonly app: App | undefined
  readonly token: InstallationToken | undefined
}

function authenticate(world: World, route: Route, request: Request): Caller {
  if (request.headers['user-agent'] === undefined) {
    throw new Refusal(
      'forbidden',
      'Request forbidden by administrative rules. Please make sure your request has a User-Agent header',
    )
  }
  const { authorization } = request.headers
  const now = world.now()
  if (route.access.kind === 'app') {
    return { app: authenticateApp(world.apps, authorization, now), token: undefined }
  }
  // What needs no token still refuses a bad one.
  if (route.access.kind === 'public' && !/^(?:bearer|token) ghs_/i.test(authorization ?? '')) {
    return { app: undefined, token: undefined }
  }
  return { app: undefined, token: authenticateInstallation(world.tokens, authorization, now) }
}

function callOf(
  world: World,
  route: Route,
  request: Request,
  params: Call['params'],
): Omit<Call, 'app' | 'token' | 'quota'> {
  return {
    world,
    url: `${world.state.url}${request.path}`,
    params,
    query: request.query,
    body: request.body,
    need: route.access.kind === 'installation' ? route.access.need : undefined,
    accept: request.headers['accept'] ?? '',
  }
}

interface Quota {
  used: number
  readonly reset: number
}

/** Counts, and shows in the headers; only a fault makes the stand-in refuse. */
function useQuota(quotas: Map<string, Quota>, caller: Caller, now: Date): Quota {
  const key = String(caller.token?.installation.id ?? caller.app?.slug ?? '')
  const seconds = now.getTime() / 1000
  const known = quotas.get(key)
  const quota =
    known && known.reset > seconds ? known : { used: 0, reset: Math.ceil(seconds) + 3600 }
  quota.used += 1
  quotas.set(key, quota)
  return quota
}

function withHeaders(
  request: Request,
  answer: Answer,
  { quota, route }: { readonly quota: Quota; readonly route: Route },
): Answer {
  const etag = etagOf(request, answer)
  const headers: Record<string, string> = {
    ...answer.headers,
    'x-ratelimit-limit': String(HOURLY_LIMIT),
    'x-ratelimit-remaining': String(Math.max(0, HOURLY_LIMIT - quota.used)),
    'x-ratelimit-used': String(quota.used),
    'x-ratelimit-reset': String(quota.reset),
    'x-ratelimit-resource': 'core',
    ...(etag !== undefined && { etag }),
  }
  if (route.access.kind === 'installation') {
    headers['x-accepted-github-permissions'] = route.access.need.join('=')
  }
  if (etag !== undefined && request.headers['if-none-match'] === etag) {
    return { status: 304, headers }
  }
  return { ...answer, headers }
}

function etagOf(request: Request, answer: Answer): string | undefined {
  if (request.method !== 'GET' || answer.status !== 200) return undefined
  const content = answer.text?.content ?? JSON.stringify(answer.body)
  return `W/"${createHash('sha256').update(content).digest('hex')}"`
}
