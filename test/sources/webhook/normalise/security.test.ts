import { describe, expect, it } from '@jest/globals'

import { personal, type EntryDraft, type JsonObject } from '../../../../src/core/domain/index.js'
import { example, leafText, MONA, OCTOCAT, readOne, REPOSITORY } from './reading.js'

const GITHUB = { id: 9919, login: 'github', type: 'Organization' }

describe('a code scanning alert', () => {
  const alert = (action: string, over: JsonObject = {}): EntryDraft => {
    const payload = example('code_scanning_alert', 1)
    return readOne('code_scanning_alert', {
      ...payload,
      action,
      alert: { ...(payload['alert'] as JsonObject), ...over },
    })
  }

  it('that was closed names who dismissed it, why, and how it was before', () => {
    const entry = alert('closed_by_user', {
      dismissed_by: MONA,
      dismissed_comment: 'Not reachable, says mona',
    })
    expect(entry).toMatchObject({
      action: 'code_alert.dismissed',
      occurred_at: '2021-02-11T02:59:08.000Z',
      actor: { login: 'mona' },
      attribution: { confidence: 'verified', method: 'alert.dismissed_by' },
      reason: personal('Not reachable, says mona'),
      changes: [
        { path: 'state', before: 'open', after: 'dismissed' },
        { path: 'dismissed_reason', before: null, after: 'false positive' },
      ],
    })
    expect(leafText(entry)).not.toContain('mona')
  })

  it('that a scan opened is by GitHub itself, on a branch and a commit, in a file', () => {
    const entry = readOne('code_scanning_alert', example('code_scanning_alert', 2))
    expect(entry).toMatchObject({
      action: 'code_alert.opened',
      severity: 2,
      actor: { type: 'system', login: 'github' },
      ci: {
        head_sha: '788437584c2522f27feab10d8e631bab3e9e783a',
        ref: 'refs/heads/code-feature',
      },
      labels: { rule: 'java/sql-injection', rule_severity: 'error', tool: 'CodeQL' },
    })
    expect(entry.targets).toContainEqual({
      type: 'file',
      id: 84,
      name: 'src/main/java/com/github/demo/service/BookService.java',
    })
  })

  it('of which GitHub says less, or something new, is recorded all the same', () => {
    const entry = readOne('code_scanning_alert', { action: 'closed_by_user', alert: null })
    expect(entry.attribution).toEqual({
      confidence: 'unknown',
      method: 'no alert.dismissed_by, sender in the payload',
    })
    expect(alert('muted').action).toBe('github.code_scanning_alert.muted')
  })
})

describe('a Dependabot alert', () => {
  const alert = (action: string, over: JsonObject, sender: JsonObject): EntryDraft => {
    const payload = example('dependabot_alert', 1)
    const about = { ...(payload['alert'] as JsonObject), ...over }
    return readOne('dependabot_alert', { ...payload, action, alert: about, sender })
  }

  it('that was dismissed names who did it and why', () => {
    const dismissal = {
      state: 'dismissed',
      dismissed_by: MONA,
      dismissed_at: '2026-10-30T09:00:00Z',
      dismissed_reason: 'tolerable_risk',
      dismissed_comment: 'only in tests',
    }
    expect(alert('dismissed', dismissal, OCTOCAT)).toMatchObject({
      action: 'dependency_alert.dismissed',
      occurred_at: '2026-10-30T09:00:00.000Z',
      actor: { login: 'mona' },
      attribution: { confidence: 'verified', method: 'alert.dismissed_by' },
      reason: personal('only in tests'),
      changes: [
        { path: 'state', before: 'open', after: 'dismissed' },
        { path: 'dismissed_reason', before: null, after: 'tolerable_risk' },
      ],
    })
  })

  it('that a rule dismissed is by GitHub', () => {
    const entry = alert('auto_dismissed', { state: 'auto_dismissed', dismissed_by: null }, GITHUB)
    expect(entry).toMatchObject({
      action: 'dependency_alert.auto_dismissed',
      actor: { type: 'system' },
      changes: [{ path: 'state', before: 'open', after: 'auto_dismissed' }],
    })
  })

  it.each([
    ['critical', 3],
    ['high', 2],
    ['medium', undefined],
    ['abysmal', undefined],
  ])('of %s severity is opened with the severity %s', (level, severity) => {
    const entry = alert('created', { security_vulnerability: { severity: level } }, GITHUB)
    expect(entry.severity).toBe(severity)
    expect(entry.targets).toContainEqual({ type: 'dependency', id: 'npm', name: 'semver' })
    expect(entry.targets).toContainEqual({ type: 'file', name: 'package-lock.json' })
  })
})

describe('a request for an exception', () => {
  const REQUEST = {
    id: 4711,
    number: 12,
    requester_id: OCTOCAT.id,
    requester_login: 'octocat',
    request_type: 'push_ruleset_bypass',
    exemption_request_data: {
      type: 'push_ruleset_bypass',
      data: [{ ruleset_id: 7, ruleset_name: 'no binaries', rule_type: 'max_file_size' }],
    },
    status: 'pending',
    requester_comment: 'octocat needs it',
    metadata: null,
    created_at: '2026-10-30T09:00:00Z',
    html_url: 'https://github.com/acme/shop/exemptions/12',
  }
  const ANSWER = {
    id: 1,
    reviewer_id: MONA.id,
    reviewer_login: 'mona',
    status: 'approved',
    reviewer_comment: 'mona looked',
    created_at: '2026-10-30T10:00:00Z',
  }
  const request = (
    event: string,
    action: string,
    { answer, about = {} }: { answer?: JsonObject; about?: JsonObject } = {},
  ): EntryDraft =>
    readOne(event, {
      action,
      exemption_request: { ...REQUEST, ...about },
      ...(answer && { exemption_response: answer }),
      repository: REPOSITORY,
      sender: { id: 1, login: 'hubot', type: 'User' },
    })

  it('is by whoever asked', () => {
    const entry = request('exemption_request_push_ruleset', 'created')
    expect(entry).toMatchObject({
      action: 'push_ruleset_bypass.requested',
      occurred_at: '2026-10-30T09:00:00.000Z',
      actor: { type: 'user', id: OCTOCAT.id, login: 'octocat' },
      attribution: { confidence: 'verified', method: 'exemption_request.requester_login' },
      changes: [{ path: 'status', before: null, after: 'pending' }],
      correlation_id: 'push_ruleset_bypass:1296269/12',
    })
    expect(entry.targets).toEqual([
      {
        type: 'push_ruleset_bypass',
        id: 12,
        url: 'https://github.com/acme/shop/exemptions/12',
      },
      { type: 'ruleset', id: 7, name: 'no binaries' },
    ])
    expect(leafText(entry)).not.toMatch(/octocat|583231/)
  })

  it.each([
    ['approved', 'push_protection_bypass.approved'],
    ['rejected', 'push_protection_bypass.rejected'],
    ['denied', 'push_protection_bypass.rejected'],
    ['postponed', 'push_protection_bypass.answered'],
  ])('that is answered with %s is by the reviewer', (status, action) => {
    const answer = { ...ANSWER, status }
    const entry = request('bypass_request_secret_scanning', 'response_submitted', { answer })
    expect(entry).toMatchObject({
      action,
      occurred_at: '2026-10-30T10:00:00.000Z',
      actor: { login: 'mona' },
      attribution: { confidence: 'verified', method: 'exemption_response.reviewer_login' },
    })
    expect(entry.changes).toContainEqual({ path: 'response', before: null, after: status })
    expect(entry.targets).toContainEqual({
      type: 'requester',
      principal: { type: 'user', id: OCTOCAT.id, login: 'octocat' },
    })
    expect(leafText(entry)).not.toMatch(/octocat|mona/)
  })

  it('whose answer is taken back is by the sender, with both people as targets', () => {
    const entry = request('dismissal_request_secret_scanning', 'response_dismissed', {
      answer: ANSWER,
      about: { exemption_request_data: { data: [{ alert_number: '9', secret_type: 'aws' }] } },
    })
    expect(entry.action).toBe('secret_alert_dismissal.answer_withdrawn')
    expect(entry.actor.login).toBe('hubot')
    expect(entry.targets.map(({ type }) => type)).toEqual([
      'secret_alert_dismissal',
      'secret_scanning_alert',
      'requester',
      'reviewer',
    ])
  })
})

describe('an advisory', () => {
  it('about software of the world is by GitHub itself, which names nobody', () => {
    expect(readOne('security_advisory', example('security_advisory', 0))).toMatchObject({
      action: 'security_advisory.published',
      occurred_at: '2018-10-03T21:13:54.000Z',
      actor: { type: 'system' },
      attribution: { confidence: 'derived' },
      targets: [{ type: 'advisory', id: 'GHSA-rf4j-j272-fj86' }],
    })
  })

  it('that is reported without a sender is by its author', () => {
    const advisory = { ghsa_id: 'GHSA-1', author: MONA, created_at: '2026-10-30T09:00:00Z' }
    const payload = { action: 'reported', repository_advisory: advisory, repository: REPOSITORY }
    expect(readOne('repository_advisory', payload)).toMatchObject({
      action: 'repository_advisory.reported',
      actor: { login: 'mona' },
      attribution: { confidence: 'verified', method: 'repository_advisory.author' },
    })
  })
})

it('a scan for secrets says what it went through, and when', () => {
  const payload = {
    action: 'completed',
    type: 'backfill',
    source: 'git',
    started_at: '2026-10-30T08:00:00Z',
    completed_at: '2026-10-30T09:00:00Z',
    secret_types: ['aws', 'npm'],
    repository: REPOSITORY,
  }
  expect(readOne('secret_scanning_scan', payload)).toMatchObject({
    action: 'secret_scan.completed',
    actor: { type: 'system' },
    ci: { started_at: '2026-10-30T08:00:00.000Z', completed_at: '2026-10-30T09:00:00.000Z' },
    labels: { scan_type: 'backfill', secret_types: 2, secret_type: 'aws npm' },
  })
})
