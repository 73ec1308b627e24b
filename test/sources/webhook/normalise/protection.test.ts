import { describe, expect, it } from '@jest/globals'

import { personal, type EntryDraft, type JsonObject } from '../../../../src/core/domain/index.js'
import { example, leafText, OCTOCAT, readOne, RECEIVED, REPOSITORY } from './reading.js'

const mona = { type: 'user', login: 'mona' } as const

describe('branch protection', () => {
  const RULE = {
    id: 5,
    name: 'main',
    updated_at: '2026-10-30T11:00:00.000+02:00',
    admin_enforced: false,
    authorized_actors_only: true,
    authorized_actor_names: ['mona'],
    pull_request_reviews_enforcement_level: 'off',
    allow_force_pushes_enforcement_level: 'everyone',
    required_approving_review_count: 1,
    required_status_checks: ['test'],
    lock_allows_fork_sync: true,
  }
  const edit = (changes: JsonObject, rule: JsonObject = {}): EntryDraft =>
    readOne('branch_protection_rule', {
      action: 'edited',
      rule: { ...RULE, ...rule },
      changes,
      repository: REPOSITORY,
      sender: OCTOCAT,
    })

  it.each([
    ['admin_enforced', true],
    ['pull_request_reviews_enforcement_level', 'everyone'],
    ['allow_force_pushes_enforcement_level', 'off'],
    ['required_approving_review_count', 2],
    ['required_status_checks', ['test', 'lint']],
    ['lock_allows_fork_sync', false],
    ['authorized_actor_names', []],
  ])('is weakened by a change of %s from %j', (setting, from) => {
    const entry = edit({ [setting]: { from } })
    expect(entry.severity).toBe(3)
    expect(entry.labels).toEqual({ weakened: true, weakened_settings: setting })
    expect(entry.occurred_at).toBe('2026-10-30T09:00:00.000Z')
  })

  it.each([
    ['admin_enforced', null],
    ['pull_request_reviews_enforcement_level', 'off'],
    ['required_approving_review_count', 0],
    ['required_status_checks', []],
    ['authorized_actor_names', ['mona', 'octocat']],
    ['some_setting_of_next_year', true],
  ])('is not weakened by a change of %s from %j', (setting, from) => {
    const entry = edit({ [setting]: { from } })
    expect(entry.severity).toBeUndefined()
    expect(entry.labels).toBeUndefined()
  })

  it('that begins to restrict pushes to some is not weakened by naming them', () => {
    const changes = {
      authorized_actors_only: { from: false },
      authorized_actor_names: { from: [] },
    }
    const entry = edit(changes)
    expect(entry.labels).toBeUndefined()
    expect(entry.changes).toEqual([
      { path: 'authorized_actors_only', before: false, after: true },
      { path: 'authorized_actor_names', after: personal('mona', mona) },
    ])
    expect(leafText(entry)).not.toContain('mona')
  })

  it('keeps every setting of a new and of a deleted rule', () => {
    const created = readOne('branch_protection_rule', example('branch_protection_rule', 1))
    expect(created.action).toBe('branch_protection.created')
    expect(created.changes).toContainEqual({ path: 'required_approving_review_count', after: 1 })
    expect(created.changes?.length).toBeGreaterThan(20)
    const deleted = readOne('branch_protection_rule', example('branch_protection_rule', 3))
    expect(deleted.action).toBe('branch_protection.deleted')
    expect(deleted.changes).toContainEqual({ path: 'authorized_actors_only', before: true })
    expect(deleted.labels).toEqual({ weakened: true, time: 'received' })
    expect(deleted.occurred_at).toBe(RECEIVED)
  })

  it('that was switched off altogether is weakened', () => {
    const about = { repository: REPOSITORY, sender: OCTOCAT }
    expect(
      readOne('branch_protection_configuration', { action: 'disabled', ...about }),
    ).toMatchObject({
      action: 'branch_protection.disabled',
      changes: [{ path: 'branch_protection', before: true, after: false }],
      links: [{ rel: 'settings', url: 'https://github.com/acme/shop/settings/branches' }, {}],
      labels: { weakened: true },
    })
    const enabled = readOne('branch_protection_configuration', { action: 'enabled', ...about })
    expect(enabled.labels).toEqual({ time: 'received' })
  })
})

describe('a ruleset', () => {
  const RULESET = {
    id: 42,
    name: 'main is safe',
    target: 'branch',
    source_type: 'Repository',
    source: 'acme/shop',
    enforcement: 'active',
    conditions: { ref_name: { include: ['refs/heads/main'], exclude: [] } },
    rules: [
      { type: 'deletion' },
      { type: 'pull_request', parameters: { required_approving_review_count: 1 } },
    ],
    bypass_actors: [
      { actor_id: 5, actor_type: 'RepositoryRole', bypass_mode: 'always' },
      { actor_id: 583231, actor_type: 'User', bypass_mode: 'always' },
    ],
    _links: { html: { href: 'https://github.com/acme/shop/rules/42' } },
    updated_at: '2026-10-30T09:00:00Z',
  }
  const entry = (action: string, over: JsonObject = {}, changes?: JsonObject): EntryDraft =>
    readOne('repository_ruleset', {
      action,
      repository_ruleset: { ...RULESET, ...over },
      repository: REPOSITORY,
      sender: OCTOCAT,
      ...(changes && { changes }),
    })
  const somebody = personal('583231', { type: 'user', id: 583231 })
  const bypass = [
    { actor_id: 5, actor_type: 'RepositoryRole', bypass_mode: 'always' },
    { actor_id: somebody, actor_type: 'User', bypass_mode: 'always' },
  ]

  it('that was created is kept whole; people who may bypass it are targets, not ids in the leaf', () => {
    const created = entry('created')
    expect(created.changes).toEqual([
      { path: 'enforcement', after: 'active' },
      { path: 'conditions/ref_name', after: { include: ['refs/heads/main'], exclude: [] } },
      { path: 'rules/deletion', after: true },
      { path: 'rules/pull_request', after: { required_approving_review_count: 1 } },
      { path: 'bypass_actors', after: bypass },
    ])
    expect(created.targets).toEqual([
      {
        type: 'ruleset',
        id: 42,
        name: 'main is safe',
        url: 'https://github.com/acme/shop/rules/42',
      },
      { type: 'bypass_actor', principal: { type: 'user', id: 583231 } },
    ])
    expect(leafText(created)).not.toContain('583231')
  })

  it('that was deleted is of high severity if it was enforced', () => {
    expect(entry('deleted')).toMatchObject({
      action: 'ruleset.deleted',
      labels: { weakened: true },
    })
    expect(entry('deleted', { enforcement: 'disabled' }).severity).toBe(1)
  })

  const include = (from: string[]): JsonObject => ({
    conditions: {
      updated: [{ condition: RULESET.conditions, changes: { include: { from } } }],
    },
  })
  const parameters = (from: JsonObject, rule: JsonObject): JsonObject => ({
    rules: { updated: [{ rule, changes: { configuration: { from: JSON.stringify(from) } } }] },
  })
  const reviews = { type: 'pull_request', parameters: { required_approving_review_count: 1 } }
  it.each([
    ['enforcement', { enforcement: { from: 'active' } }, { enforcement: 'evaluate' }],
    ['rules deleted', { rules: { deleted: [{ type: 'required_signatures' }] } }, {}],
    ['conditions narrowed', include(['refs/heads/main', 'refs/heads/release']), {}],
    ['rules loosened', parameters({ required_approving_review_count: 2 }, reviews), {}],
    ['conditions deleted', { conditions: { deleted: [{ ref_name: {} }] } }, {}],
  ])('is weakened: %s', (why, changes, over) => {
    const edited = entry('edited', over, changes)
    expect(edited.severity).toBe(3)
    expect(edited.labels).toMatchObject({ weakened: true, weakened_by: why })
  })

  it.each([
    ['stricter enforcement', { enforcement: { from: 'evaluate' } }],
    ['a new rule', { rules: { added: [{ type: 'deletion' }] } }],
    ['more branches', include([])],
    ['more reviews', parameters({ required_approving_review_count: 0 }, reviews)],
    ['a new name', { name: { from: 'main' } }],
  ])('is not weakened by %s', (_, changes) => {
    const edited = entry('edited', {}, changes)
    expect(edited.severity).toBeUndefined()
    expect(edited.labels?.['weakened']).toBeUndefined()
  })

  it('that was edited has before and after of each rule, and says what GitHub does not', () => {
    const changes = parameters({ required_approving_review_count: 2 }, reviews)
    const edited = entry('edited', {}, changes)
    expect(edited.labels).toMatchObject({ not_stated: 'bypass_actors', bypass_actors: 2 })
    expect(edited.changes).toEqual([
      {
        path: 'rules/pull_request',
        before: { required_approving_review_count: 2 },
        after: { required_approving_review_count: 1 },
      },
    ])
  })
})

describe('security features', () => {
  it('that were switched off are a weakening', () => {
    const before = { secret_scanning: { status: 'enabled' }, code_security: { status: 'disabled' } }
    const after = { secret_scanning: { status: 'disabled' }, code_security: { status: 'disabled' } }
    expect(
      readOne('security_and_analysis', {
        changes: { from: { security_and_analysis: before } },
        repository: { ...REPOSITORY, security_and_analysis: after },
        sender: OCTOCAT,
      }),
    ).toMatchObject({
      action: 'security_feature.changed',
      severity: 3,
      changes: [{ path: 'secret_scanning/status', before: 'enabled', after: 'disabled' }],
      labels: { weakened: true },
    })
  })
})
