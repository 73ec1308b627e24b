import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'

import type { AlertReport } from '../../../src/core/domain/index.js'
import { createAlertReporter, type AlertReporter } from '../../../src/reporters/index.js'
import { githubBorder, type Answer, type GitHubBorder } from '../../support/github-border.js'
import { memoryReactions, type MemoryReactions } from '../reactions.js'
import { alert as alertOf, finding, SHA } from '../report.js'

const ISSUES = '/repos/acme/shop/issues'
const LIST = '/repos/acme/shop/issues'
const PAGE = 'https://github.com/acme/shop/issues/31'
const BOT = { login: 'hooktrail-acme[bot]' }

const APP: Answer = [
  200,
  {
    id: 4711,
    slug: 'hooktrail-acme',
    name: 'H',
    html_url: 'https://x.test',
    permissions: {},
    events: [],
  },
]
const created: Answer = [201, { number: 31, html_url: PAGE }]
const changed: Answer = [200, { number: 31, html_url: PAGE }]

let border: GitHubBorder
let reactions: MemoryReactions
let reporter: AlertReporter

beforeEach(() => {
  border = githubBorder()
  reactions = memoryReactions()
  reporter = createAlertReporter({ github: border.github, reactions })
})

afterEach(() => {
  expect(border.complaints()).toEqual([])
  border.close()
})

/** With a commit, so that only the issue is asked for. */
function alert(over: Partial<AlertReport> = {}): AlertReport {
  return alertOf({ headSha: SHA, ...over })
}

/** The body of the issue as it was sent last. */
function sentBody(): string {
  return String(border.seen.findLast(({ body }) => 'body' in body)?.body['body'])
}

async function openIssue(): Promise<void> {
  border
    .expectToken()
    .expect('GET', '/app', APP)
    .expect('GET', LIST, [200, []])
    .expect('POST', ISSUES, created)
  await reporter.report(alert())
}

describe('the issue of an alert', () => {
  it('is opened once, with our label, and says who, what and what to do', async () => {
    border
      .expectToken()
      .expect('GET', '/app', APP)
      .expect('GET', LIST, [200, []])
      .expect('POST', ISSUES, created)
    expect((await reporter.report(alert())).issue).toEqual({
      outcome: 'created',
      number: 31,
      url: PAGE,
    })
    expect(border.seen.at(-1)?.body).toMatchObject({
      title: 'Hooktrail: Branch protection weakened',
      labels: ['hooktrail'],
    })
    expect(sentBody()).toMatch(/^<!-- hooktrail:[0-9a-f]{32} [0-9a-f]{64} -->\n/)
    expect(sentBody()).toContain('- Who: `mallory` (verified, `sender`)')
    expect(sentBody()).toContain('**What to do**: Restore the rule\\.')
    expect((await reporter.report(alert())).issue).toMatchObject({ outcome: 'unchanged' })
  })

  it('says nothing in the name of strangers', async () => {
    const evil = '@everyone #1 <!-- --> ![x](https://evil.test) `\n# no'
    border
      .expectToken()
      .expect('GET', '/app', APP)
      .expect('GET', LIST, [200, []])
      .expect('POST', ISSUES, created)
    await reporter.report(
      alert({
        finding: finding({
          key: `RS-01:${evil}`,
          explanation: evil,
          remedy: evil,
          target: evil,
          url: 'https://evil.test',
          actor: { type: 'user', login: evil },
        }),
      }),
    )
    const outside = sentBody()
      .replace(/^<!-- hooktrail:[0-9a-f ]+ -->\n/, '')
      .replace(/``[^\n]*?``/g, '')
      .replace(/\\[!-/:-@[-`{-~]\u2060?/g, '')
    expect(outside).not.toMatch(/[@#<]|evil\.test|!\[/)
  })

  it('is opened again when the same thing happens again after somebody closed it', async () => {
    await openIssue()
    const closed = { number: 31, state: 'closed', html_url: PAGE, body: sentBody(), user: BOT }
    border.expect('GET', `${ISSUES}/31`, [200, closed]).expect('PATCH', `${ISSUES}/31`, changed)
    const again = alert({ finding: finding({ seq: 40, at: '2026-11-05T10:00:00.000Z' }) })
    expect((await reporter.report(again)).issue).toMatchObject({ outcome: 'reopened' })
    expect(border.seen.at(-1)?.body).toMatchObject({ state: 'open', state_reason: 'reopened' })
  })

  it('is updated in place while it is open', async () => {
    await openIssue()
    const open = { number: 31, state: 'open', html_url: PAGE, body: sentBody(), user: BOT }
    border.expect('GET', `${ISSUES}/31`, [200, open]).expect('PATCH', `${ISSUES}/31`, changed)
    const again = alert({ finding: finding({ seq: 40 }) })
    expect((await reporter.report(again)).issue).toMatchObject({ outcome: 'updated' })
    expect(border.seen.at(-1)?.body).not.toHaveProperty('state')
  })

  it('is opened anew when it was deleted', async () => {
    await openIssue()
    border
      .expect('GET', `${ISSUES}/31`, [410, { message: 'This issue was deleted' }])
      .expect('GET', LIST, [200, []])
      .expect('POST', ISSUES, [201, { number: 32, html_url: PAGE }])
    const again = alert({ finding: finding({ seq: 40 }) })
    expect((await reporter.report(again)).issue).toMatchObject({ outcome: 'created', number: 32 })
  })

  it('is not doubled when the answer was lost, nor opened again if somebody closed it since', async () => {
    border
      .expectToken()
      .expect('GET', '/app', APP)
      .expect('GET', LIST, [200, []])
      .expect('POST', ISSUES, new Error('socket hang up'))
    await expect(reporter.report(alert())).rejects.toMatchObject({ code: 'unavailable' })
    const ours = { number: 31, state: 'closed', html_url: PAGE, body: sentBody(), user: BOT }
    border.expect('GET', LIST, [200, [ours]])
    expect((await reporter.report(alert())).issue).toEqual({
      outcome: 'unchanged',
      number: 31,
      url: PAGE,
    })
    expect(
      border.seen.filter(({ method, path }) => method === 'POST' && path === ISSUES),
    ).toHaveLength(1)
  })

  it('is not one that somebody else wrote with our marker', async () => {
    await openIssue()
    reactions.rows.clear()
    const forged = {
      number: 30,
      state: 'open',
      html_url: PAGE,
      body: sentBody(),
      user: { login: 'mallory' },
    }
    border.expect('GET', LIST, [200, [forged]]).expect('POST', ISSUES, created)
    expect((await reporter.report(alert())).issue).toMatchObject({ outcome: 'created', number: 31 })
  })
})

describe('an expected refusal is an outcome', () => {
  it('when the installation may not write issues', async () => {
    border.expectToken({ checks: 'write' })
    expect((await reporter.report(alert())).issue).toEqual({
      outcome: 'skipped',
      reason: 'no_permission',
    })
  })

  it('when issues are switched off, or GitHub refuses', async () => {
    border.expectToken().expect('GET', '/app', APP)
    border.expect('GET', LIST, [410, { message: 'Issues are disabled for this repo' }])
    expect((await reporter.report(alert())).issue).toEqual({
      outcome: 'skipped',
      reason: 'issues_disabled',
    })
    border.expect('GET', LIST, [200, []]).expect('POST', ISSUES, [403, { message: 'Forbidden' }])
    expect((await reporter.report(alert())).issue).toEqual({
      outcome: 'skipped',
      reason: 'no_permission',
    })
  })
})

describe('the commit of an alert', () => {
  const repository: Answer = [200, { id: 99, default_branch: 'trunk' }]
  const head = '/repos/acme/shop/commits/heads%2Ftrunk'

  it('is the one that the entry is about, if it is about one', async () => {
    border.expectToken({})
    expect((await reporter.report(alert())).commit).toEqual({ outcome: 'found', headSha: SHA })
  })

  it("is else the default branch's head, and stays so in a retry", async () => {
    border
      .expectToken({})
      .expect('GET', '/repos/acme/shop', repository)
      .expect('GET', head, [200, { sha: SHA }])
    expect((await reporter.report(alertOf())).commit).toEqual({ outcome: 'found', headSha: SHA })
    expect((await reporter.report(alertOf())).commit).toEqual({ outcome: 'found', headSha: SHA })
    expect(border.seen).toHaveLength(3)
  })

  it('is none in an empty repository or one that is gone', async () => {
    border.expectToken({}).expect('GET', '/repos/acme/shop', repository)
    border.expect('GET', head, [409, { message: 'Git Repository is empty.' }])
    expect((await reporter.report(alertOf())).commit).toEqual({
      outcome: 'skipped',
      reason: 'repository_empty',
    })
    border.expect('GET', '/repos/acme/shop', [404, { message: 'Not Found' }])
    expect((await reporter.report(alertOf())).commit).toEqual({
      outcome: 'skipped',
      reason: 'repository_gone',
    })
  })
})
