import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'

import { createCheckRunReporter, type CheckRunReporter } from '../../../src/reporters/index.js'
import {
  APP_ID,
  githubBorder,
  type Answer,
  type GitHubBorder,
} from '../../support/github-border.js'
import { memoryReactions, type MemoryReactions } from '../reactions.js'
import { finding, report, run, SHA } from '../report.js'

const LIST = `/repos/acme/shop/commits/${SHA}/check-runs`
const CREATE = '/repos/acme/shop/check-runs'
const PAGE = 'https://github.com/acme/shop/runs/501'
const KEY = `check-run:github.com:99:${SHA}`

const none: Answer = [200, { total_count: 0, check_runs: [] }]
const found: Answer = [
  200,
  {
    total_count: 2,
    check_runs: [
      { id: 500, external_id: 'of another one' },
      { id: 501, external_id: `hooktrail:99:${SHA}` },
    ],
  },
]
const written: Answer = [201, { id: 501, html_url: PAGE }]
const updated: Answer = [200, { id: 501, html_url: PAGE }]

let border: GitHubBorder
let reactions: MemoryReactions
let reporter: CheckRunReporter

beforeEach(() => {
  border = githubBorder()
  reactions = memoryReactions()
  reporter = createCheckRunReporter({ github: border.github, reactions })
})

afterEach(() => {
  expect(border.complaints()).toEqual([])
  border.close()
})

describe('a first report', () => {
  it('creates one check run and remembers it', async () => {
    border.expectToken().expect('GET', LIST, none).expect('POST', CREATE, written)
    expect(await reporter.report(report())).toEqual({
      outcome: 'created',
      checkRunId: 501,
      url: PAGE,
    })
    expect(border.seen[1]?.path).toContain(`check_name=Hooktrail&app_id=${String(APP_ID)}`)
    expect(border.seen[2]?.body).toMatchObject({
      name: 'Hooktrail',
      head_sha: SHA,
      external_id: `hooktrail:99:${SHA}`,
      status: 'completed',
      conclusion: 'success',
      output: { title: 'Nothing unusual · octocat · push' },
    })
    expect(reactions.rows.get(KEY)).toMatchObject({ kind: 'check_run', remoteId: 501, url: PAGE })
  })

  it('has no conclusion while runs are under way, and links to our page', async () => {
    border.expectToken().expect('GET', LIST, none).expect('POST', CREATE, written)
    const permalink = 'https://hooktrail.acme.test/commits/1f3c8e2'
    await reporter.report(
      report({ runs: [run({ state: 'waiting', outcome: 'pending' })], permalink }),
    )
    expect(border.seen[2]?.body).toMatchObject({ status: 'in_progress', details_url: permalink })
    expect(border.seen[2]?.body).not.toHaveProperty('conclusion')
  })
})

describe('a later report', () => {
  beforeEach(async () => {
    border.expectToken().expect('GET', LIST, none).expect('POST', CREATE, written)
    await reporter.report(report())
  })

  it('that says the same changes nothing, without a request', async () => {
    const one = report()
    const grown = { ...one, proof: { ...one.proof, treeSize: 22, rootHash: 'bmV3' } }
    expect(await reporter.report(grown)).toEqual({
      outcome: 'unchanged',
      checkRunId: 501,
      url: PAGE,
    })
    expect(border.seen).toHaveLength(3)
  })

  it('that says more updates the check run in place', async () => {
    border.expect('PATCH', `${CREATE}/501`, updated)
    expect(await reporter.report(report({ findings: [finding()] }))).toMatchObject({
      outcome: 'updated',
    })
    expect(border.seen.at(-1)?.body).toMatchObject({
      conclusion: 'neutral',
      output: { title: '1 notable: Branch protection weakened' },
    })
  })

  it('can take the conclusion back when another run starts', async () => {
    border.expect('PATCH', `${CREATE}/501`, updated)
    await reporter.report(report({ runs: [run({ state: 'in_progress', outcome: 'pending' })] }))
    expect(border.seen.at(-1)?.body).toMatchObject({ status: 'in_progress' })
  })

  it('creates the check run again when somebody removed it', async () => {
    border
      .expect('PATCH', `${CREATE}/501`, [404, { message: 'Not Found' }])
      .expect('GET', LIST, none)
      .expect('POST', CREATE, [201, { id: 502, html_url: PAGE }])
    expect(await reporter.report(report({ findings: [finding()] }))).toMatchObject({
      outcome: 'created',
      checkRunId: 502,
    })
    expect(reactions.rows.get(KEY)).toMatchObject({ remoteId: 502 })
  })
})

describe('a fault', () => {
  it('before the write is retried by the caller and leaves one check run', async () => {
    border
      .expectToken()
      .expect('GET', LIST, none)
      .expect('POST', CREATE, [503, { message: 'busy' }])
    await expect(reporter.report(report())).rejects.toMatchObject({ code: 'unavailable' })
    expect(reactions.rows.size).toBe(0)
    border.expect('GET', LIST, none).expect('POST', CREATE, written)
    expect(await reporter.report(report())).toMatchObject({ outcome: 'created' })
  })

  it('after the write, its answer lost, writes no second check run', async () => {
    border
      .expectToken()
      .expect('GET', LIST, none)
      .expect('POST', CREATE, new Error('socket hang up'))
    await expect(reporter.report(report())).rejects.toMatchObject({ code: 'unavailable' })
    border.expect('GET', LIST, found).expect('PATCH', `${CREATE}/501`, updated)
    expect(await reporter.report(report())).toMatchObject({ outcome: 'updated', checkRunId: 501 })
    expect(
      border.seen.filter(({ method, path }) => method === 'POST' && path === CREATE),
    ).toHaveLength(1)
  })

  it('after the write, our memory lost, writes no second check run', async () => {
    border.expectToken().expect('GET', LIST, none).expect('POST', CREATE, written)
    await reporter.report(report())
    reactions.rows.clear()
    border.expect('GET', LIST, found).expect('PATCH', `${CREATE}/501`, updated)
    expect(await reporter.report(report())).toMatchObject({ outcome: 'updated', checkRunId: 501 })
  })
})

describe('an expected refusal is an outcome', () => {
  it('for a commit that the repository does not have', async () => {
    const message = `No commit found for SHA: ${SHA}`
    border.expectToken().expect('GET', LIST, [422, { message }])
    expect(await reporter.report(report())).toEqual({
      outcome: 'skipped',
      reason: 'commit_unknown',
    })
    border.expect('GET', LIST, none).expect('POST', CREATE, [422, { message }])
    expect(await reporter.report(report())).toEqual({
      outcome: 'skipped',
      reason: 'commit_unknown',
    })
  })

  it('for a repository that is gone', async () => {
    border.expectToken().expect('GET', LIST, [404, { message: 'Not Found' }])
    expect(await reporter.report(report())).toEqual({
      outcome: 'skipped',
      reason: 'repository_gone',
    })
  })

  it('for a right that was not granted, without trying', async () => {
    border.expectToken({ checks: 'read' })
    expect(await reporter.report(report())).toEqual({ outcome: 'skipped', reason: 'no_permission' })
  })

  it('for a right that GitHub does not see', async () => {
    const message = 'Resource not accessible by integration'
    border.expectToken().expect('GET', LIST, none).expect('POST', CREATE, [403, { message }])
    expect(await reporter.report(report())).toEqual({ outcome: 'skipped', reason: 'no_permission' })
  })

  it('for a suspended installation and one that was removed', async () => {
    const token = '/app/installations/7/access_tokens'
    border.expect('POST', token, [403, { message: 'This installation has been suspended' }])
    expect(await reporter.report(report())).toMatchObject({ reason: 'installation_suspended' })
    border.expect('POST', token, [404, { message: 'Not Found' }])
    expect(await reporter.report(report())).toMatchObject({ reason: 'installation_gone' })
  })

  it('but not for a rate limit or a request that GitHub does not accept', async () => {
    const limited = { message: 'You have exceeded a secondary rate limit' }
    border
      .expectToken()
      .expect('GET', LIST, none)
      .expect('POST', CREATE, [429, limited, { 'retry-after': '60' }])
    await expect(reporter.report(report())).rejects.toMatchObject({
      code: 'rate_limited',
      retryAfterSeconds: 60,
    })
    border.expect('GET', LIST, none).expect('POST', CREATE, [422, { message: 'Invalid request' }])
    await expect(reporter.report(report())).rejects.toMatchObject({ code: 'rejected' })
  })
})
