import createClient, { type Client, type Middleware } from 'openapi-fetch'

import type { paths } from './api-types.js'
import { answerChecker, type CheckAnswer } from './check-answer.js'
import { guardedFetch, type Guard } from './guarded-fetch.js'
import { isProblem } from './problem.js'
import { readText } from './read-text.js'
import { serverAddress } from './server-address.js'
import { ServerError } from './server-error.js'
import { unreachable } from './unreachable.js'

export interface Server extends Guard {
  /** `https://hooktrail.example.com`, with a path in front of `/api/v1` if it has one. */
  readonly url: string
  readonly token: string
  /** Of this program: said to the server, and where the two do not understand each other. */
  readonly version: string
}

/** Typed by the API's description: `api.GET('/api/v1/entries', { params: { query: { limit: 10 } } })`. */
export type ApiClient = Client<paths, 'application/json'>

/**
 * A client of one server. Every JSON answer is checked against the description before anybody sees it; what is an answer
 * of no Hooktrail is an error.
 * @throws ServerError `server.address`; so does each request, with all of its codes
 * @see https://openapi-ts.dev/openapi-fetch/
 */
export function connect({ url, token, version, ...guard }: Server): ApiClient {
  const baseUrl = serverAddress(url)
  const ask = guardedFetch(guard)
  const api = createClient<paths, 'application/json'>({
    baseUrl,
    fetch: ask,
    redirect: 'manual',
    headers: { Authorization: `Bearer ${token}`, 'User-Agent': `hooktrail/${version}` },
  })
  const { signal } = guard
  const known = (): Promise<ServerDescription> => describeServer(`${baseUrl}/api/v1`, ask, signal)
  api.use(checkAnswers({ check: answerChecker(), version, known, signal }))
  return api
}

interface ServerDescription {
  readonly version: string
  readonly paths: ReadonlySet<string>
}

interface Checks {
  readonly check: CheckAnswer
  readonly version: string
  readonly known: () => Promise<ServerDescription>
  readonly signal: AbortSignal
}

function checkAnswers({ check, version, known, signal }: Checks): Middleware {
  return {
    async onResponse({ request, response, schemaPath, options }) {
      if (response.ok && options.parseAs === 'stream' && isStream(response)) return undefined
      const text = await wholeText(request, response, signal)
      const wrong = response.ok
        ? wrongAnswer(parsed(response, text), schemaPath, check)
        : await wrongRefusal(parsed(response, text), schemaPath, response.status, known)
      if (wrong === 'strange') throw stranger(request.url, response)
      if (wrong !== undefined) throw await misunderstood(request.url, wrong, { version, known })
      return new Response(text, { status: response.status })
    },
  }
}

/** @throws ServerError, also where the answer breaks off in its middle */
async function wholeText(
  request: Request,
  response: Response,
  signal: AbortSignal,
): Promise<string> {
  try {
    return await readText(response)
  } catch (error) {
    signal.throwIfAborted()
    request.signal.throwIfAborted()
    if (error instanceof ServerError) throw error
    throw unreachable(request.url, error)
  }
}

/** Of those that the description knows; each piece is checked by whoever reads it. */
function isStream({ headers }: Response): boolean {
  return /^(?:application\/x-ndjson|text\/event-stream)\b/.test(headers.get('Content-Type') ?? '')
}

/** What is not as described; `strange` where nothing of it can be from a Hooktrail. */
function wrongAnswer(body: unknown, path: string, check: CheckAnswer): string | undefined {
  if (body === undefined) return 'strange'
  const wrong = check(path, body)
  return wrong === undefined ? undefined : `${path}: ${wrong}`
}

async function wrongRefusal(
  body: unknown,
  path: string,
  status: number,
  known: Checks['known'],
): Promise<string | undefined> {
  if (!isProblem(body)) return 'strange'
  if (status !== 404 || (await known()).paths.has(path)) return undefined
  return `there is no ${path}`
}

function parsed({ headers }: Response, text: string): unknown {
  if (!/[/+]json\b/.test(headers.get('Content-Type') ?? '')) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What the server says of itself, as far as it can be read. */
async function describeServer(
  base: string,
  ask: (request: Request) => Promise<Response>,
  signal: AbortSignal,
): Promise<ServerDescription> {
  const request = new Request(`${base}/openapi.json`, { redirect: 'manual' })
  const response = await ask(request)
  const body = parsed(response, await wholeText(request, response, signal)) as
    { readonly info?: { readonly version?: unknown }; readonly paths?: object } | null | undefined
  const { version } = body?.info ?? {}
  return {
    version: typeof version === 'string' ? version.slice(0, 40) : 'unknown',
    paths: new Set(Object.keys(body?.paths ?? {})),
  }
}

async function misunderstood(
  url: string,
  what: string,
  { version, known }: Pick<Checks, 'version' | 'known'>,
): Promise<ServerError> {
  const server = (await known()).version
  const same = server === version ? 'of this version too' : `${server}, and this is ${version}`
  const message = `${new URL(url).origin} does not answer as this version expects (${what}). Its Hooktrail is ${same}: use the same on both sides.`
  return new ServerError('server.answer', message)
}

/** A proxy, or another program, or a path in front that is not in the address. */
function stranger(url: string, { status, headers }: Response): ServerError {
  const { origin } = new URL(url)
  if (status >= 502 && status <= 504) {
    const message = `${origin} answers ${String(status)}: what is in front of Hooktrail does not reach it. Try again in a moment.`
    return new ServerError('server.away', message)
  }
  if (status === 429) {
    const message = `${origin} answers 429: what is in front of Hooktrail allows no more requests for now. Try again in a moment.`
    return new ServerError('server.away', message)
  }
  const type = headers.get('Content-Type')?.split(';', 1)[0] ?? 'no type'
  const message = `${url.split('?', 1)[0] ?? ''} answers ${String(status)} in ${type}, as Hooktrail never does: is HOOKTRAIL_URL its address?`
  return new ServerError('server.address', message)
}
