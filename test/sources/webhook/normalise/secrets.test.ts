import { describe, expect, it } from '@jest/globals'

import { personal, type JsonObject } from '../../../../src/core/domain/index.js'
import { example, leafText, MONA, OCTOCAT, read, readOne, RECEIVED, REPOSITORY } from './reading.js'

const ALERT = {
  number: 12,
  html_url: 'https://github.com/acme/shop/security/secret-scanning/12',
  secret_type: 'aws_secret_access_key',
  secret_type_display_name: 'AWS Secret Access Key',
  validity: 'unknown',
  resolution: null,
  created_at: '2026-10-30T09:00:00Z',
  updated_at: '2026-10-30T10:00:00Z',
  push_protection_bypassed: false,
}
const octocat = { type: 'user', id: 583231, login: 'octocat' }

function payload(action: string, alert: JsonObject = {}, over: JsonObject = {}): JsonObject {
  return { action, alert: { ...ALERT, ...alert }, repository: REPOSITORY, ...over }
}

describe('a secret alert', () => {
  it('that opened is of high severity and is the scanner’s work if nobody sent it', () => {
    expect(readOne('secret_scanning_alert', payload('created'))).toMatchObject({
      action: 'secret_alert.opened',
      occurred_at: '2026-10-30T09:00:00.000Z',
      actor: { type: 'system', login: 'github' },
      attribution: {
        confidence: 'derived',
        method: 'secret scanning does this itself; no sender in the payload',
      },
      targets: [
        {
          type: 'secret_scanning_alert',
          id: 12,
          name: 'AWS Secret Access Key',
          url: 'https://github.com/acme/shop/security/secret-scanning/12',
        },
      ],
      links: [
        { rel: 'alert', url: 'https://github.com/acme/shop/security/secret-scanning/12' },
        { rel: 'repository', url: 'https://github.com/acme/shop' },
      ],
      correlation_id: 'secret_alert:1296269/12',
      labels: { secret_type: 'aws_secret_access_key', validity: 'unknown' },
    })
  })

  it('whose secret somebody pushed past the protection says who did that, first', () => {
    const entries = read(
      'secret_scanning_alert',
      payload('created', {
        push_protection_bypassed: true,
        push_protection_bypassed_by: OCTOCAT,
        push_protection_bypassed_at: '2026-10-30T08:59:00Z',
        push_protection_bypass_request_reviewer: MONA,
        push_protection_bypass_request_comment: 'it is only for tests',
      }),
    )
    expect(entries.map(({ action }) => action)).toEqual([
      'push_protection.bypassed',
      'secret_alert.opened',
    ])
    expect(entries[0]).toMatchObject({
      occurred_at: '2026-10-30T08:59:00.000Z',
      actor: octocat,
      attribution: { confidence: 'verified', method: 'alert.push_protection_bypassed_by' },
      reason: personal('it is only for tests'),
      targets: [{}, { type: 'reviewer', principal: { id: 21031067 } }],
    })
  })

  it.each([
    ['revoked', undefined],
    ['false_positive', 2],
    ['wont_fix', 2],
    ['used_in_tests', 2],
  ])('that was resolved as %s has the severity %s', (resolution, severity) => {
    const resolved = {
      resolution,
      resolved_by: MONA,
      resolved_at: '2026-10-30T11:00:00Z',
      resolution_comment: 'gone',
    }
    const entry = readOne(
      'secret_scanning_alert',
      payload('resolved', resolved, { sender: OCTOCAT }),
    )
    expect(entry).toMatchObject({
      action: 'secret_alert.resolved',
      occurred_at: '2026-10-30T11:00:00.000Z',
      actor: { login: 'mona' },
      attribution: { method: 'alert.resolved_by' },
      changes: [{ path: 'resolution', before: null, after: resolution }],
      reason: personal('gone'),
    })
    expect(entry.severity).toBe(severity)
  })

  it('that was found to work is critical', () => {
    const validated = (validity: string): unknown =>
      readOne('secret_scanning_alert', payload('validated', { validity })).severity
    expect(validated('active')).toBe(4)
    expect(validated('inactive')).toBeUndefined()
  })

  it.each([
    ['reopened', 'secret_alert.reopened'],
    ['publicly_leaked', 'secret_alert.publicly_leaked'],
    ['assigned', 'secret_alert.assigned'],
    ['unassigned', 'secret_alert.unassigned'],
    ['metadata_created', 'secret_alert.metadata_added'],
    ['metadata_removed', 'secret_alert.metadata_removed'],
  ])('has the action %s recorded as %s', (action, name) => {
    const entry = readOne('secret_scanning_alert', payload(action, {}, { assignee: MONA }))
    expect(entry.action).toBe(name)
    expect(entry.targets[1]).toMatchObject({ type: 'assignee', principal: { login: 'mona' } })
  })

  it('never brings the secret into the log, should GitHub ever send it', () => {
    const secret = { secret: 'AKIA-not-for-the-log', secret_value: 'AKIA-not-for-the-log' }
    for (const draft of read('secret_scanning_alert', payload('created', secret))) {
      expect(JSON.stringify(draft)).not.toContain('AKIA')
      expect(leafText(draft)).not.toContain('AKIA')
    }
  })
})

describe('the place of a secret', () => {
  const located = (type: string, details: JsonObject): unknown => {
    const entry = readOne('secret_scanning_alert_location', {
      ...payload('created', {}, { sender: OCTOCAT }),
      location: { type, details },
    })
    expect(entry.action).toBe('secret_alert.located')
    return entry
  }

  it('in a commit is linked by line', () => {
    expect(located('commit', { commit_sha: 'abc', path: 'a b/.env', start_line: 3 })).toMatchObject(
      {
        ci: { head_sha: 'abc' },
        targets: [{}, { type: 'commit', id: 'abc', name: 'a b/.env' }],
        labels: { location: 'commit', line: 3 },
        links: [
          { rel: 'alert' },
          { rel: 'repository' },
          { rel: 'location', url: 'https://github.com/acme/shop/blob/abc/a%20b/.env#L3' },
          { rel: 'commit', url: 'https://github.com/acme/shop/commit/abc' },
        ],
      },
    )
  })

  it.each([
    [
      'issue_title',
      { issue_title_url: 'https://api.github.com/repos/acme/shop/issues/7' },
      'issues/7',
    ],
    [
      'pull_request_review',
      { pull_request_review_url: 'https://api.github.com/repos/acme/shop/pulls/8/reviews/9' },
      'pull/8',
    ],
    [
      'discussion_body',
      { discussion_body_url: 'https://github.com/acme/shop/discussions/5#discussion-1' },
      'discussions/5',
    ],
  ])('in %s is linked to its page', (type, details, page) => {
    expect(located(type, details)).toMatchObject({
      links: [{}, {}, { rel: 'location', url: `https://github.com/acme/shop/${page}` }],
    })
  })

  it('in a comment whose page the payload does not name has no link of its own', () => {
    const details = {
      issue_comment_url: 'https://api.github.com/repos/acme/shop/issues/comments/9',
    }
    const entry = located('issue_comment', details) as { links: unknown[] }
    expect(entry.links).toHaveLength(2)
  })
})

describe('a deploy key', () => {
  it('that may write is of high severity', () => {
    const key = { id: 100, title: 'ci', read_only: false, created_at: '2026-10-30T09:00:00Z' }
    expect(
      readOne('deploy_key', {
        action: 'created',
        key: { ...key, added_by: 'mona' },
        repository: REPOSITORY,
        sender: OCTOCAT,
      }),
    ).toMatchObject({
      action: 'deploy_key.created',
      occurred_at: '2026-10-30T09:00:00.000Z',
      severity: 3,
      targets: [
        { type: 'deploy_key', id: 100, name: personal('ci') },
        { type: 'added_by', principal: { type: 'user', login: 'mona' } },
      ],
      changes: [{ path: 'read_only', after: false }],
      labels: { writable: true },
    })
  })

  it('that only reads is not, and is known by the fingerprint that ssh-keygen prints', () => {
    const entry = readOne('deploy_key', example('deploy_key'))
    expect(entry.severity).toBeUndefined()
    expect(entry.labels).toEqual({
      fingerprint: 'SHA256:ZF9ESg9Zp+csPUMfEJWxIqZrnQpc7MioetmNOpdiXQU',
    })
  })

  it('that was deleted keeps what it could do', () => {
    const entry = readOne('deploy_key', { action: 'deleted', key: { id: 1, read_only: false } })
    expect(entry).toMatchObject({
      action: 'deploy_key.deleted',
      occurred_at: RECEIVED,
      changes: [{ path: 'read_only', before: false }],
      labels: { time: 'received', writable: true },
    })
    expect(entry.severity).toBeUndefined()
  })
})
