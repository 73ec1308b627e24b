import { describe, expect, it } from '@jest/globals'

import { personal, type EntryDraft, type JsonObject } from '../../../../src/core/domain/index.js'
import { example, leafText, MONA, OCTOCAT, read, readOne, REPO, REPOSITORY } from './reading.js'

describe('a repository', () => {
  const change = (action: string, over: JsonObject = {}): EntryDraft =>
    readOne('repository', { action, repository: REPOSITORY, sender: OCTOCAT, ...over })

  it.each([
    ['publicized', { path: 'private', before: true, after: false }],
    ['privatized', { path: 'private', before: false, after: true }],
    ['archived', { path: 'archived', before: false, after: true }],
    ['unarchived', { path: 'archived', before: true, after: false }],
  ])('that was %s says what changed', (action, expected) => {
    expect(change(action)).toMatchObject({ action: `repository.${action}`, changes: [expected] })
  })

  it('that was renamed keeps both names', () => {
    expect(
      change('renamed', { changes: { repository: { name: { from: 'old' } } } }).changes,
    ).toEqual([{ path: 'name', before: 'old', after: 'shop' }])
  })

  it('that came to another owner keeps both; a person’s login is sealed as theirs', () => {
    const from = { user: OCTOCAT }
    expect(change('transferred', { changes: { owner: { from } } }).changes).toEqual([
      {
        path: 'owner',
        before: personal('octocat', { type: 'user', id: 583231, login: 'octocat' }),
        after: 'acme',
      },
    ])
  })

  it('whose default branch changed is worth a look, and its description is sealed', () => {
    const changes = { default_branch: { from: 'master' }, description: { from: 'Call Mona' } }
    const entry = change('edited', { changes })
    expect(entry.severity).toBe(2)
    expect(entry.changes).toEqual([
      { path: 'default_branch', before: 'master', after: 'main' },
      { path: 'description', before: personal('Call Mona') },
    ])
    expect(leafText(entry)).not.toContain('Mona')
  })

  it('that became public is reported twice by GitHub and recorded as one fact and one report', () => {
    const fact = change('publicized')
    const report = readOne('public', { repository: REPOSITORY, sender: OCTOCAT })
    expect(report).toMatchObject({
      action: 'repository.publicity_reported',
      labels: { repeats: 'repository.publicized' },
    })
    expect(report.correlation_id).toBe(fact.correlation_id)
  })
})

describe('a collaborator', () => {
  const entry = (action: string, over: JsonObject = {}): EntryDraft =>
    readOne('member', { action, member: MONA, repository: REPOSITORY, sender: OCTOCAT, ...over })

  it('who was added with much power is worth a look, and is nowhere in the leaf', () => {
    const added = entry('added', {
      changes: { permission: { to: 'admin' }, role_name: { to: 'admin' } },
    })
    expect(added).toMatchObject({
      action: 'member.added',
      severity: 2,
      targets: [{ type: 'member', principal: { type: 'user', id: 21031067, login: 'mona' } }],
      changes: [
        { path: 'permission', after: 'admin' },
        { path: 'role_name', after: 'admin' },
      ],
    })
    expect(leafText(added)).not.toMatch(/mona|21031067/)
  })

  it('who accepted an invitation was added by somebody whom GitHub does not name', () => {
    const added = entry('added', { sender: MONA })
    expect(added.labels).toMatchObject({ self: true })
    expect(added.attribution.method).toContain('an accepted invitation')
  })

  it('whose permission changed keeps both', () => {
    const changes = {
      old_permission: { from: 'write' },
      permission: { from: 'write', to: 'maintain' },
    }
    expect(entry('edited', { changes })).toMatchObject({
      severity: 2,
      changes: [{ path: 'permission', before: 'write', after: 'maintain' }],
    })
  })
})

describe('an installation', () => {
  it('that was suspended names who did it and when', () => {
    expect(readOne('installation', example('installation', 5))).toMatchObject({
      action: 'installation.suspended',
      occurred_at: '2021-04-29T02:32:50.000Z',
      attribution: { confidence: 'verified', method: 'installation.suspended_by' },
      changes: [{ path: 'suspended', before: false, after: true }],
    })
  })

  it('that gained repositories has an entry under each', () => {
    const added = [
      { id: 1296269, full_name: 'acme/shop', private: true },
      { id: 2, full_name: 'acme/blog', private: false },
    ]
    const entries = read('installation_repositories', {
      ...example('installation_repositories'),
      repositories_added: added,
    })
    expect(entries.map(({ repo, labels }) => [repo, labels?.['repositories']])).toEqual([
      [REPO, 2],
      [{ ...REPO, id: 2, name: 'acme/blog' }, 2],
    ])
  })

  it('that lost no repository, whatever that means, is still an entry', () => {
    const nothing = { action: 'removed', repositories_removed: [] }
    expect(readOne('installation_repositories', nothing)).toMatchObject({
      action: 'installation_repository.removed',
      attribution: { method: 'no sender in the payload' },
    })
  })
})
