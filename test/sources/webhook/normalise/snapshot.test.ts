import { describe, expect, it } from '@jest/globals'

import { personal, type EntryDraft, type JsonObject } from '../../../../src/core/domain/index.js'
import { example, leafText, OCTOCAT, readOne, REPOSITORY } from './reading.js'

const RULESET = {
  id: 21,
  name: 'main is safe',
  enforcement: 'active',
  rules: [{ type: 'deletion' }],
  bypass_actors: [
    { actor_id: 5, actor_type: 'RepositoryRole', bypass_mode: 'always' },
    { actor_id: 583231, actor_type: 'User', bypass_mode: 'pull_request' },
  ],
  current_user_can_bypass: 'always',
  updated_at: '2026-10-30T11:00:00.000+02:00',
  node_id: 'RRS_lACqUmVwb3NpdG9yeQ',
  _links: { html: { href: 'https://github.com/acme/shop/rules/21' } },
}

function ruleset(action: string, over: JsonObject = {}): EntryDraft {
  return readOne('repository_ruleset', {
    action,
    repository_ruleset: { ...RULESET, ...over },
    changes: {},
    repository: REPOSITORY,
    sender: OCTOCAT,
  })
}

/** Checks in such a number that a ruleset is long. */
function manyChecks(count: number): JsonObject {
  const required = Array.from({ length: count }, (_, at) => ({ context: `check ${String(at)}` }))
  return { type: 'required_status_checks', parameters: { required_status_checks: required } }
}

describe('a snapshot', () => {
  it.each(['created', 'edited'])('holds the whole ruleset after it was %s', (action) => {
    const person = { type: 'user', id: 583231, login: undefined } as const
    expect(ruleset(action).snapshot).toEqual({
      type: 'ruleset',
      id: 21,
      value: {
        id: 21,
        name: 'main is safe',
        enforcement: 'active',
        rules: [{ type: 'deletion' }],
        bypass_actors: [
          { actor_id: 5, actor_type: 'RepositoryRole', bypass_mode: 'always' },
          { actor_id: personal('583231', person), actor_type: 'User', bypass_mode: 'pull_request' },
        ],
      },
    })
  })

  it('is not of what is gone', () => {
    expect(ruleset('deleted').snapshot).toBeUndefined()
    const deleted = readOne('branch_protection_rule', example('branch_protection_rule', 3))
    expect(deleted.snapshot).toBeUndefined()
  })

  it('holds no one’s id or login in the leaf, not even where it was cut', () => {
    const long = (id: number): EntryDraft => {
      const account = { id, login: 'mona-lisa', type: 'User' }
      const parameters = Array.from({ length: 300 }, () => account)
      return ruleset('edited', { rules: [{ type: 'a', parameters }, manyChecks(900)] })
    }
    expect(long(90210).snapshot?.cut).toBe(true)
    expect(leafText(long(90210))).not.toMatch(/mona|90210|583231/)
    expect(long(90210).snapshot).toEqual(long(7).snapshot)
  })

  it('cuts long parts where they stand, with a digest that tells one from another', () => {
    const long = ruleset('edited', { rules: [{ type: 'deletion' }, manyChecks(900)] })
    const longer = ruleset('edited', { rules: [{ type: 'deletion' }, manyChecks(901)] })
    expect(long.snapshot).toMatchObject({
      cut: true,
      value: {
        name: 'main is safe',
        rules: [
          { type: 'deletion' },
          { type: 'required_status_checks', parameters: { length: 21_518 } },
        ],
      },
    })
    expect(longer.snapshot).not.toEqual(long.snapshot)
    expect(leafText(long).length).toBeLessThan(65_536)
  })

  it('that no cut makes short is one digest', () => {
    const rules = Array.from({ length: 20_000 }, () => ({ type: 'x' }))
    const { snapshot, labels } = ruleset('edited', { rules, note: '\u0001'.repeat(9000) })
    expect(snapshot).toMatchObject({ cut: true, value: { length: 314_165 } })
    expect(labels?.['truncated']).toBeUndefined()
  })

  it('holds a branch protection rule with the logins in it sealed', () => {
    const rule = { id: 5, name: 'main', authorized_actor_names: ['mona'], brand_new: { level: 3 } }
    const payload = { action: 'edited', rule, changes: {}, repository: REPOSITORY, sender: OCTOCAT }
    const entry = readOne('branch_protection_rule', payload)
    const mona = personal('mona', { type: 'user', login: 'mona' })
    expect(entry.snapshot).toEqual({
      type: 'branch_protection_rule',
      id: 5,
      value: { ...rule, authorized_actor_names: [mona] },
    })
    expect(leafText(entry)).not.toContain('mona')
  })

  it('holds all security features of a repository', () => {
    const features = {
      secret_scanning: { status: 'disabled' },
      dependabot_security_updates: { status: 'enabled' },
    }
    const entry = readOne('security_and_analysis', {
      changes: { from: { security_and_analysis: { secret_scanning: { status: 'enabled' } } } },
      repository: { ...REPOSITORY, security_and_analysis: features },
    })
    expect(entry.snapshot).toEqual({
      type: 'security_features',
      id: REPOSITORY.id,
      value: features,
    })
  })

  it('is sealed into the leaf', () => {
    const leaf = JSON.parse(leafText(ruleset('edited'))) as { snapshot: unknown }
    expect(leaf.snapshot).toMatchObject({
      type: 'ruleset',
      value: { bypass_actors: [{ actor_id: 5 }, { actor_id: { $sealed: expect.anything() } }] },
    })
  })
})
