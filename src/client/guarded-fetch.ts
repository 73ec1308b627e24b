import { ServerError } from './server-error.js'
import { unreachable } from './unreachable.js'

export interface Guard {
  /** As `fetch`; a test gives another. */
  readonly fetch: (request: Request) => Promise<Response>
  /** Ends what is under way, in the middle of an answer too. */
  readonly signal: AbortSignal
  /** @throws when the signal is aborted */
  readonly pause: (ms: number) => Promise<void>
  /** Told to the person who waits. */
  readonly onWait?: ((seconds: number) => void) | undefined
}

/** A question has ten seconds in the server's database; more, and something between is stuck. */
const HEADERS_TIMEOUT_MS = 30_000
/** A server that asks for a longer pause is told of, not waited for. */
const LONGEST_WAIT_S = 60
const MOST_WAITS = 5

/**
 * `fetch` for one server: says why nothing came, follows no redirect (the token is for this server alone), and waits where
 * the server asks for it.
 * @throws ServerError
 */
export function guardedFetch(guard: Guard): (request: Request) => Promise<Response> {
  return async (request) => {
    for (let waits = 0; ; waits += 1) {
      const response = await send(request, guard)
      if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
        throw redirected(request.url, response)
      }
      const seconds = secondsToWait(response)
      if (seconds === undefined) return response
      await response.body?.cancel()
      if (waits >= MOST_WAITS || seconds > LONGEST_WAIT_S) throw tooMany(request.url, seconds)
      guard.onWait?.(seconds)
      await guard.pause(seconds * 1000)
    }
  }
}

/** The time limit is for the beginning of the answer; an export takes as long as it takes. */
async function send(request: Request, { fetch, signal }: Guard): Promise<Response> {
  const late = new AbortController()
  const timer = setTimeout(() => {
    late.abort()
  }, HEADERS_TIMEOUT_MS)
  try {
    return await fetch(
      new Request(request, { signal: AbortSignal.any([request.signal, signal, late.signal]) }),
    )
  } catch (error) {
    signal.throwIfAborted()
    request.signal.throwIfAborted()
    if (!late.signal.aborted) throw unreachable(request.url, error)
    const limit = `${String(HEADERS_TIMEOUT_MS / 1000)} seconds`
    const message = `${new URL(request.url).origin} has not answered for ${limit}.`
    throw new ServerError('server.away', message, { cause: error })
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Of a server that asks to come later. One that does not say when is not waited for: what it says helps more.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-retry-after
 */
function secondsToWait({ status, headers }: Response): number | undefined {
  if (status !== 429) return undefined
  const said = headers.get('Retry-After') ?? ''
  return /^\d{1,9}$/.test(said) ? Number(said) : undefined
}

function tooMany(url: string, seconds: number): ServerError {
  const message = `${new URL(url).origin} allows no more requests for now (429): ask again in ${String(seconds)} seconds.`
  return new ServerError('server.away', message)
}

function redirected(url: string, { status, headers }: Response): ServerError {
  const location = headers.get('Location') ?? ''
  const target = URL.canParse(location, url) ? new URL(location, url) : undefined
  const where = target ? target.origin + target.pathname : 'elsewhere'
  const message = `${new URL(url).origin} sends to ${where} (${String(status)}), where the token was not sent: if that is your Hooktrail, set HOOKTRAIL_URL to its address.`
  return new ServerError('server.address', message)
}
