import { createAppAuth } from '@octokit/auth-app'
import { retry } from '@octokit/plugin-retry'
import { throttling } from '@octokit/plugin-throttling'
import { Octokit as Rest } from '@octokit/rest'

import { isTokenRequest, toGitHubError } from './github-error.js'
import type { GitHubOptions } from './github-options.js'

const Client = Rest.plugin(retry, throttling)

/** A client of GitHub's REST API. Its requests throw GitHubError, never Octokit's own error. */
export type Octokit = InstanceType<typeof Client>

/** Tries after the first one, within one call; after that it is the job queue's turn. */
const RETRIES = 3
/** A longer wait is not sat out, because it would hold a job's place: the error says how long. */
const LONGEST_WAIT_SECONDS = 60
const TIMEOUT_MS = 20_000
/** Answers that a second try does not change. 429 is the throttling plugin's, which honours retry-after. */
const FINAL = [400, 401, 403, 404, 409, 410, 422, 429, 451]

/** For the App itself if no installation is given, else for that installation. */
export function createClient(options: GitHubOptions, installationId?: number): Octokit {
  const { app, apiUrl, version, log, secondMs = 1000, pace = true } = options
  const patient = (
    retryAfter: number,
    _request: unknown,
    _client: unknown,
    tries: number,
  ): boolean => retryAfter <= LONGEST_WAIT_SECONDS && tries < RETRIES
  const client = new Client({
    authStrategy: createAppAuth,
    auth: {
      appId: app.id,
      privateKey: app.privateKey,
      ...(installationId !== undefined && { installationId }),
    },
    baseUrl: apiUrl,
    userAgent: `hooktrail/${version}`,
    // Its debug lines hold whole requests, so they stay out; of the others the first argument is a sentence.
    log: {
      debug: () => undefined,
      info: (line: string) => {
        log.debug(line)
      },
      warn: (line: string) => {
        log.warn(line)
      },
      error: (line: string) => {
        log.debug(line)
      },
    },
    request: { fetch: withTimeout(options.timeoutMs ?? TIMEOUT_MS) },
    retry: { retries: RETRIES, doNotRetry: FINAL, retryAfterBaseValue: secondMs },
    throttle: {
      enabled: pace,
      id: `installation-${String(installationId ?? 'none')}`,
      retryAfterBaseValue: secondMs,
      onRateLimit: patient,
      onSecondaryRateLimit: patient,
    },
  })
  client.hook.wrap('request', async (request, parameters) => {
    try {
      return await request(parameters)
    } catch (error) {
      // The request for a token happens within another one, whose hooks need Octokit's own error.
      throw isTokenRequest(parameters.url) ? error : toGitHubError(error)
    }
  })
  return client
}

/** A fresh limit for each try: an AbortSignal in the client's options would be one for its whole life. */
function withTimeout(milliseconds: number): typeof fetch {
  return (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(milliseconds) })
}
