import { describe, expect, it } from '@jest/globals'

import {
  Personal,
  type AuditEntry,
  type Finding,
  type JsonObject,
} from '../../../src/core/domain/index.js'
import { example } from '../../../src/core/policies/example.js'
import { evaluatePolicies } from '../../../src/core/policies/index.js'
import { normalise } from '../../../src/sources/index.js'
import { delivery } from '../../support/deliveries.js'

// From GitHub's payload to the finding: holds the names that normalisers write and policies read.

describe('a payload of GitHub', () => {
  it('that lowers the number of reviews weakens protection', () => {
    const [found] = protection({ required_approving_review_count: { from: 2 } })
    expect(found).toMatchObject({ policy: 'RS-01', key: 'RS-01:github.com:99:5' })
    expect(found?.explanation).toContain('required_approving_review_count: 2 → 1')
  })

  it.each([
    ['allow_force_pushes_enforcement_level', 'off'],
    ['allow_deletions_enforcement_level', 'off'],
    ['pull_request_reviews_enforcement_level', 'everyone'],
    ['required_status_checks', ['build', 'scan']],
    ['admin_enforced', true],
  ])('that loosens %s weakens protection', (setting, from) => {
    const [found] = protection({ [setting]: { from } })
    expect(found?.title).toBe('Branch protection weakened')
    expect(found?.explanation).toContain(setting)
  })

  it('that raises the number of reviews does not', () => {
    expect(protection({ required_approving_review_count: { from: 0 } })).toEqual([])
  })

  it('that moves a ruleset from active to evaluate weakens it', () => {
    const [found] = ruleset('edited', { enforcement: { from: 'active' } }, 'evaluate')
    expect(found?.explanation).toContain('enforcement: active → evaluate')
  })

  it('that takes a rule out of a ruleset weakens it', () => {
    const changes = { rules: { deleted: [{ type: 'required_signatures' }] } }
    expect(ruleset('edited', changes, 'active')).toHaveLength(1)
  })

  it('that enforces a ruleset does not', () => {
    expect(ruleset('edited', { enforcement: { from: 'disabled' } }, 'active')).toEqual([])
  })

  it('that deletes an enforced ruleset is a finding, and a disabled one is none', () => {
    expect(ruleset('deleted', {}, 'active')[0]?.title).toBe('Ruleset deleted')
    expect(ruleset('deleted', {}, 'disabled')).toEqual([])
  })

  it('that switches all protection off is critical', () => {
    const [found] = findings('branch_protection_configuration', { action: 'disabled' })
    expect(found).toMatchObject({ policy: 'RS-01', severity: 4 })
  })

  it('that makes a repository public is one finding, although two events say so', () => {
    const found = [...findings('repository', { action: 'publicized' }), ...findings('public', {})]
    expect(found.map(({ policy }) => policy)).toEqual(['RS-10'])
  })

  it('that adds a deploy key is a finding unless the key only reads', () => {
    const key = { id: 1, title: 'robot', key: 'ssh-ed25519 QUFBQQ==' }
    const added = (readOnly: boolean): Finding[] =>
      findings('deploy_key', { action: 'created', key: { ...key, read_only: readOnly } })
    expect(added(false)[0]?.explanation).toContain('SHA256:')
    expect(added(true)).toEqual([])
  })

  it('that opens a secret alert is a finding, critical once the secret is known to work', () => {
    const alert = { number: 3, secret_type_display_name: 'AWS Access Key', validity: 'unknown' }
    const [opened] = findings('secret_scanning_alert', { action: 'created', alert })
    const active = { ...alert, validity: 'active' }
    const [works] = findings('secret_scanning_alert', { action: 'validated', alert: active })
    expect(opened).toMatchObject({ policy: 'SE-05', severity: 3 })
    expect(works).toMatchObject({ severity: 4, key: opened?.key })
  })
})

function protection(changes: JsonObject): Finding[] {
  const rule = {
    id: 5,
    name: 'main',
    required_approving_review_count: 1,
    pull_request_reviews_enforcement_level: 'off',
    allow_force_pushes_enforcement_level: 'everyone',
    allow_deletions_enforcement_level: 'non_admins',
    required_status_checks: ['build'],
    admin_enforced: false,
  }
  return findings('branch_protection_rule', { action: 'edited', rule, changes })
}

function ruleset(action: string, changes: JsonObject, enforcement: string): Finding[] {
  const now = { id: 8, name: 'main is safe', target: 'branch', enforcement, rules: [] }
  return findings('repository_ruleset', { action, repository_ruleset: now, changes })
}

function findings(event: string, payload: JsonObject): Finding[] {
  const repository = { id: 99, full_name: 'acme/shop', html_url: 'https://github.com/acme/shop' }
  const sender = { id: 1, login: 'octocat', type: 'User' }
  const drafts = normalise(delivery('guid', { repository, sender, ...payload }, event))
  return evaluatePolicies(drafts.map((draft) => asRead({ ...draft })))
}

/** As the log gives it back: sealed texts are plain texts again. */
function asRead(
  draft: Readonly<Record<string, unknown>> & { readonly action: string },
): AuditEntry {
  const plain = JSON.stringify(draft, (_, value: unknown) =>
    value instanceof Personal ? value.text : value,
  )
  return { ...example(draft), ...(JSON.parse(plain) as Partial<AuditEntry>) }
}
