import { z } from 'zod'

import { HooktrailError } from '../../core/domain/index.js'
import { printable } from '../printable.js'

/** Why GitHub did not do what was asked. Only `rate_limited` and `unavailable` pass by themselves. */
export type GitHubErrorCode =
  | 'credentials'
  | 'installation_suspended'
  | 'installation_gone'
  | 'not_found'
  | 'forbidden'
  | 'gone'
  | 'rejected'
  | 'rate_limited'
  | 'unavailable'
  | 'unexpected'

export interface GitHubErrorFacts {
  /** HTTP status; absent when no answer came. */
  readonly status?: number | undefined
  /** How long GitHub asks us to wait. */
  readonly retryAfterSeconds?: number | undefined
}

/** A refusal or failure of GitHub's API, without anything of the request but its method and path. */
export class GitHubError extends HooktrailError<GitHubErrorCode> {
  readonly status: number | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(code: GitHubErrorCode, message: string, facts: GitHubErrorFacts = {}) {
    super(code, message)
    this.status = facts.status
    this.retryAfterSeconds = facts.retryAfterSeconds
  }
}

/** What Octokit's RequestError has, as far as it is used. */
const requestFailure = z.object({
  message: z.string(),
  status: z.number(),
  request: z.object({ method: z.string(), url: z.string() }),
  response: z.object({ headers: z.record(z.string(), z.unknown()) }).optional(),
})
type RequestFailure = z.infer<typeof requestFailure>

const REMEDIES: Readonly<Record<GitHubErrorCode, string>> = {
  credentials:
    "Check that APP_ID and PRIVATE_KEY belong to one App, that the key was not deleted in the App's settings, and that this machine's clock is right.",
  installation_suspended:
    'The organisation suspended the App: it has to unsuspend it under Settings, GitHub Apps.',
  installation_gone:
    'The App was uninstalled there; it can be installed again from its page at GitHub.',
  not_found: 'It was deleted, or the App is not installed on it.',
  forbidden: "Compare the installation's permissions with app.yml and have the owner accept them.",
  gone: 'It is switched off or deleted at GitHub.',
  rejected: 'GitHub did not accept the request as it was sent.',
  rate_limited: 'It is tried again when the limit allows it.',
  unavailable: 'It is tried again. See https://www.githubstatus.com, or check network and proxy.',
  unexpected: 'The answer is not one that Hooktrail knows.',
}

/**
 * Octokit's error as ours, anything else as it came. The original is not kept as the cause: it holds headers
 * and bodies, which must not reach a log.
 */
export function toGitHubError(error: unknown): unknown {
  if (error instanceof GitHubError) return error
  const parsed = requestFailure.safeParse(error)
  if (!parsed.success) return error
  const failure = parsed.data
  const code = codeOf(failure)
  const status = failure.response ? failure.status : undefined
  return new GitHubError(code, messageOf(failure, code), {
    status,
    retryAfterSeconds: retryAfterSeconds(failure),
  })
}

const CODES: Readonly<Record<number, GitHubErrorCode>> = {
  400: 'rejected',
  401: 'credentials',
  404: 'not_found',
  410: 'gone',
  422: 'rejected',
  429: 'rate_limited',
  451: 'forbidden',
}

function codeOf(failure: RequestFailure): GitHubErrorCode {
  if (failure.status === 403) return codeOfForbidden(failure)
  if (failure.status === 404 && isTokenRequest(failure.request.url)) return 'installation_gone'
  if (!failure.response || failure.status >= 500) return 'unavailable'
  return CODES[failure.status] ?? 'unexpected'
}

/** Whether a URL is the one where an installation's token is made. */
export function isTokenRequest(url: string): boolean {
  return url.endsWith('/access_tokens')
}

/** 403 is a missing right, a suspended installation, or either of two rate limits. */
function codeOfForbidden(failure: RequestFailure): GitHubErrorCode {
  if (/installation has been suspended/i.test(failure.message)) return 'installation_suspended'
  const limited =
    header(failure, 'x-ratelimit-remaining') === 0 ||
    header(failure, 'retry-after') !== undefined ||
    /rate limit/i.test(failure.message)
  return limited ? 'rate_limited' : 'forbidden'
}

function messageOf(failure: RequestFailure, code: GitHubErrorCode): string {
  const { method, url } = failure.request
  const what = `${method} ${pathOf(url)}`
  // GitHub's message may quote what was sent, and so text of strangers.
  const reason = printable(failure.message.slice(0, 300))
  const answer = failure.response ? `answered ${String(failure.status)}` : 'did not answer'
  return `GitHub ${answer} to ${what}: ${reason} (${REMEDIES[code]})`
}

/** Without the query, which may hold what was searched for. */
function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url
}

function retryAfterSeconds(failure: RequestFailure): number | undefined {
  const after = header(failure, 'retry-after')
  if (after !== undefined) return after
  const reset = header(failure, 'x-ratelimit-reset')
  // GitHub's own clock, because ours may be wrong.
  const now = Date.parse(String(failure.response?.headers['date'])) / 1000
  if (header(failure, 'x-ratelimit-remaining') !== 0 || reset === undefined) return undefined
  return Number.isNaN(now) ? undefined : Math.max(Math.ceil(reset - now) + 1, 0)
}

function header(failure: RequestFailure, name: string): number | undefined {
  const value = failure.response?.headers[name]
  const number = typeof value === 'string' && value !== '' ? Number(value) : NaN
  return Number.isNaN(number) ? undefined : number
}
