import { expect } from '@jest/globals'
import type nock from 'nock'
import { describeViolation, gitHubValidator, type ApiRequest } from '../../src/demo/index.js'

/** Fails with every way in which GitHub would not understand the request. */
export function expectValidRequest(request: ApiRequest): void {
  expect(gitHubValidator().request(request).map(describeViolation)).toEqual([])
}

interface Watch {
  /** What is wrong with the requests so far, one line each. */
  readonly violations: () => readonly string[]
}

/** Checks every request that a nock scope for GitHub's API intercepts: `watchRequests(nock('https://api.github.com'))`. */
export function watchRequests(scope: nock.Scope): Watch {
  const found: string[] = []
  scope.on('request', (request: { method: string; path: string }, _interceptor, body: string) => {
    const { pathname, searchParams } = new URL(request.path, 'https://api.github.com')
    const checked = gitHubValidator().request({
      method: request.method,
      path: pathname,
      query: searchParams,
      ...(body !== '' && { body: JSON.parse(body) as unknown }),
    })
    found.push(...checked.map(describeViolation))
  })
  return { violations: () => found }
}
