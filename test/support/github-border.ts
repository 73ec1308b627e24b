import { generateKeyPairSync } from 'node:crypto'

import nock from 'nock'

import {
  createOpenApiValidator,
  describeViolation,
  readGitHubDescription,
} from '../../src/demo/github/openapi/index.js'
import { createGitHub, type GitHub, type GitHubOptions } from '../../src/platform/github/index.js'

const API = 'https://api.github.com'
export const APP_ID = 4711

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const validator = createOpenApiValidator(readGitHubDescription())

/** A request as it came to GitHub. */
export interface Seen {
  readonly method: string
  /** With the query, decoded. */
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string | string[]>>
}

export type Answer = readonly [
  status: number,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
]

/**
 * GitHub's border in one test: requests are answered in the order of `expect`, each is checked against GitHub's
 * OpenAPI description, and one that was not expected fails.
 */
export interface GitHubBorder {
  readonly github: GitHub
  readonly seen: readonly Seen[]
  /** One request. An Error as the answer: GitHub did what was asked, and the answer was lost. */
  expect(method: string, path: string, answer: Answer | Error): GitHubBorder
  /** The next token, with these rights. */
  expectToken(permissions?: Readonly<Record<string, string>>): GitHubBorder
  /** What was sent that GitHub does not describe, and what was expected and not sent. */
  complaints(): string[]
  /** Takes nock away again. */
  close(): void
}

export function githubBorder(options: Partial<GitHubOptions> = {}): GitHubBorder {
  nock.disableNetConnect()
  const seen: Seen[] = []
  const violations: string[] = []
  const border: GitHubBorder = {
    github: testGitHub(options),
    seen,
    expect(method, path, answer) {
      nock(API)
        .intercept(path, method)
        .query(true)
        .reply(function (uri, body, done) {
          const request = read(method, uri, body, this.req.headers)
          seen.push(request.seen)
          violations.push(...validator.request(request.sent).map(describeViolation))
          if (answer instanceof Error) done(answer, [500])
          else done(null, [answer[0], (answer[1] ?? '') as nock.Body, { ...answer[2] }])
        })
      return border
    },
    expectToken: (permissions = { checks: 'write', issues: 'write', metadata: 'read' }) =>
      border.expect('POST', '/app/installations/7/access_tokens', [
        201,
        { token: 'ghs_secret', expires_at: '2100-01-01T00:00:00Z', permissions },
      ]),
    complaints: () => [...violations, ...nock.pendingMocks().map((one) => `not sent: ${one}`)],
    close() {
      nock.cleanAll()
      nock.enableNetConnect()
    },
  }
  return border
}

function testGitHub(options: Partial<GitHubOptions>): GitHub {
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return createGitHub({
    app: { id: APP_ID, privateKey: pem },
    apiUrl: API,
    version: '0.1.0',
    log: { debug: () => undefined, warn: () => undefined },
    pace: false,
    secondMs: 1,
    ...options,
  })
}

function read(
  method: string,
  uri: string,
  body: unknown,
  headers: Seen['headers'],
): { seen: Seen; sent: Parameters<typeof validator.request>[0] } {
  const url = new URL(uri, API)
  const json = typeof body === 'object' && body !== null ? { ...body } : {}
  const sent = {
    method,
    path: url.pathname,
    query: url.searchParams,
    ...(Object.keys(json).length > 0 && { body: json }),
  }
  return { sent, seen: { method, path: decodeURIComponent(uri), body: json, headers } }
}
