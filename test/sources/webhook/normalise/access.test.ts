import { describe, expect, it } from '@jest/globals'

import { personal, type EntryDraft, type JsonObject } from '../../../../src/core/domain/index.js'
import { ACCOUNT, example, leafText, MONA, OCTOCAT, readOne, REPOSITORY } from './reading.js'

const ACME = { id: 9919, login: 'acme' }
const TEAM = {
  id: 3,
  name: 'release',
  slug: 'release',
  description: 'Ask mona',
  privacy: 'closed',
  permission: 'pull',
  html_url: 'https://github.com/orgs/acme/teams/release',
}

describe('a team', () => {
  const team = (action: string, over: JsonObject): EntryDraft =>
    readOne('team', { action, team: TEAM, organization: ACME, sender: OCTOCAT, ...over })

  it('that got a repository says which permission it got, as the repository’s own', () => {
    const repository = { ...REPOSITORY, role_name: 'maintain', permissions: { push: true } }
    const entry = team('added_to_repository', { repository })
    expect(entry).toMatchObject({
      action: 'team.added_to_repository',
      severity: 2,
      changes: [{ path: 'permission', before: null, after: 'maintain' }],
    })
    expect(entry.targets.map(({ type, name }) => [type, name])).toEqual([
      ['team', 'release'],
      ['repository', 'acme/shop'],
    ])
  })

  it('whose permission was raised says from what to what', () => {
    const from = { admin: false, pull: true, push: true }
    const repository = { ...REPOSITORY, permissions: { admin: true, push: true, pull: true } }
    expect(
      team('edited', { repository, changes: { repository: { permissions: { from } } } }),
    ).toMatchObject({
      severity: 2,
      changes: [{ path: 'permission', before: 'push', after: 'admin' }],
    })
  })

  it('that was edited seals its description, in the change and in the snapshot', () => {
    const entry = team('edited', {
      changes: { description: { from: 'Ask octocat' }, privacy: { from: 'secret' } },
    })
    expect(entry.changes).toEqual([
      { path: 'description', before: personal('Ask octocat'), after: personal('Ask mona') },
      { path: 'privacy', before: 'secret', after: 'closed' },
    ])
    expect(entry.snapshot).toMatchObject({ type: 'team', id: 3, value: { privacy: 'closed' } })
    expect(leafText(entry)).not.toMatch(/mona|octocat/)
  })

  it('that was edited in a way that GitHub does not tell says so', () => {
    expect(team('edited', { changes: {} }).labels?.['not_stated']).toBe('changes')
  })

  it('added is said twice: the second word repeats the first, by the organization', () => {
    const entry = readOne('team_add', example('team_add'))
    expect(entry).toMatchObject({
      action: 'team.addition_reported',
      actor: { type: 'unknown' },
      attribution: { method: 'sender: GitHub names the Organization itself, no person' },
      labels: { repeats: 'team.added_to_repository' },
    })
  })

  it('loses and gains members, who are sealed', () => {
    const entry = readOne('membership', {
      action: 'removed',
      member: MONA,
      team: { id: 3, name: 'release', deleted: true },
      organization: ACME,
      sender: MONA,
    })
    expect(entry).toMatchObject({
      action: 'team_member.removed',
      changes: [{ path: 'member', before: true, after: false }],
      labels: { self: true, team_deleted: true },
    })
    expect(leafText(entry)).not.toMatch(/mona|21031067/)
  })
})

describe('an organization', () => {
  const organization = (action: string, over: JsonObject): EntryDraft =>
    readOne('organization', { action, organization: ACME, sender: OCTOCAT, ...over })

  it('that gains an owner is worth a look', () => {
    const membership = { role: 'admin', state: 'active', user: MONA }
    expect(organization('member_added', { membership })).toMatchObject({
      action: 'organization_member.added',
      severity: 3,
      targets: [{ type: 'member', principal: { login: 'mona' } }, { type: 'organization' }],
      changes: [{ path: 'role', before: null, after: 'admin' }],
      links: [
        { rel: 'people', url: 'https://github.com/orgs/acme/people' },
        { rel: 'account', url: 'https://github.com/acme' },
      ],
    })
  })

  it('that invites an address seals it; without a sender the inviter did it', () => {
    const invitation = { email: 'mona@example.com', role: 'direct_member', inviter: OCTOCAT }
    const entry = readOne('organization', {
      action: 'member_invited',
      invitation,
      organization: ACME,
    })
    expect(entry.attribution).toEqual({ confidence: 'verified', method: 'invitation.inviter' })
    expect(entry.targets[0]).toEqual({ type: 'invited', name: personal('mona@example.com') })
    expect(leafText(entry)).not.toContain('mona')
  })

  it('that is renamed has both names, under its id', () => {
    expect(organization('renamed', { changes: { login: { from: 'initech' } } })).toMatchObject({
      account: ACCOUNT,
      changes: [{ path: 'login', before: 'initech', after: 'acme' }],
    })
  })

  it('that blocks somebody may stand as the sender itself, and then no person is named', () => {
    const entry = readOne('org_block', example('org_block'))
    expect(entry).toMatchObject({
      action: 'user.blocked',
      attribution: {
        confidence: 'unknown',
        method: 'sender: GitHub names the Organization itself, no person',
      },
      changes: [{ path: 'blocked', before: false, after: true }],
    })
  })
})

describe('a token’s request', () => {
  const request = (action: string, over: JsonObject = {}): EntryDraft =>
    readOne('personal_access_token_request', {
      action,
      personal_access_token_request: {
        id: 5,
        owner: MONA,
        token_id: 88,
        token_name: 'mona’s laptop',
        permissions_added: { repository: { contents: 'write' } },
        permissions_result: { repository: { contents: 'write', metadata: 'read' } },
        repositories: [{ id: 1, full_name: 'acme/shop' }],
        created_at: '2026-10-30T09:00:00Z',
        ...over,
      },
      organization: ACME,
      sender: OCTOCAT,
    })

  it('is by the token’s owner, and its name is sealed', () => {
    const entry = request('created')
    expect(entry).toMatchObject({
      action: 'token_request.created',
      occurred_at: '2026-10-30T09:00:00.000Z',
      actor: { login: 'mona' },
      attribution: { method: 'personal_access_token_request.owner' },
      labels: { writes: true },
    })
    expect(leafText(entry)).not.toMatch(/mona|21031067/)
  })

  it('is decided by the sender; a token that may write is of medium severity', () => {
    const entry = request('approved')
    expect(entry).toMatchObject({ severity: 2, actor: { login: 'octocat' } })
    expect(entry.targets).toContainEqual({
      type: 'token_owner',
      principal: { type: 'user', id: MONA.id, login: 'mona' },
    })
    const reading = { permissions_result: { repository: { contents: 'read' } } }
    expect(request('approved', reading).severity).toBeUndefined()
  })
})

describe('custom properties', () => {
  it('of a repository have each value before and after', () => {
    const value = (property_name: string, value: string | null | string[]): JsonObject => ({
      property_name,
      value,
    })
    const entry = readOne('custom_property_values', {
      action: 'updated',
      old_property_values: [value('tier', 'low'), value('team', ['a']), value('same', 'x')],
      new_property_values: [value('tier', 'prod'), value('new', 'y'), value('same', 'x')],
      repository: REPOSITORY,
      organization: ACME,
      sender: OCTOCAT,
    })
    expect(entry).toMatchObject({ action: 'custom_property.values_changed' })
    expect(entry.changes).toEqual([
      { path: 'tier', before: 'low', after: 'prod' },
      { path: 'team', before: ['a'], after: null },
      { path: 'new', before: null, after: 'y' },
    ])
  })

  it('that are defined anew say what they are now, and that before is not stated', () => {
    const definition = { property_name: 'tier', value_type: 'string', required: true }
    const payload = { action: 'updated', definition, organization: ACME, sender: OCTOCAT }
    const entry = readOne('custom_property', payload)
    expect(entry.labels).toMatchObject({ not_stated: 'before' })
    expect(entry.changes).toContainEqual({ path: 'required', after: true })
    expect(entry.snapshot).toEqual({
      type: 'custom_property',
      id: '9919/tier',
      value: definition,
    })
  })
})

describe('an account', () => {
  it('that is a person’s is sealed when it is renamed', () => {
    const payload = {
      action: 'renamed',
      target_type: 'User',
      account: { id: 7, login: 'mona' },
      changes: { login: { from: 'lisa' } },
    }
    const entry = readOne('installation_target', payload)
    expect(entry.account).toEqual({ host: 'github.com', id: 7, name: 'mona' })
    expect(leafText({ ...entry, account: undefined, targets: [], links: [] })).not.toMatch(
      /mona|lisa/,
    )
  })

  it('that is an organization has both names', () => {
    const payload = {
      action: 'renamed',
      target_type: 'Organization',
      account: { id: 9919, login: 'acme' },
      changes: { login: { from: 'initech' } },
      sender: OCTOCAT,
    }
    expect(readOne('installation_target', payload)).toMatchObject({
      action: 'account.renamed',
      changes: [{ path: 'login', before: 'initech', after: 'acme' }],
    })
  })
})

describe('a webhook', () => {
  it('that was deleted is told without its address, where secrets may stand', () => {
    const hook = { type: 'App', id: 9, active: true, config: { url: 'https://x.example/s3cret' } }
    const entry = readOne('meta', { action: 'deleted', hook_id: 9, hook })
    expect(entry).toMatchObject({
      action: 'webhook.deleted',
      targets: [{ type: 'webhook', id: 9 }],
      attribution: { confidence: 'unknown', method: 'no sender in the payload' },
    })
    expect(leafText(entry)).not.toContain('s3cret')
  })
})

describe('what people talk about', () => {
  it('is one conversation, whose texts stay out', () => {
    const comment = readOne('issue_comment', example('issue_comment'))
    expect(comment).toMatchObject({
      action: 'issue_comment.created',
      outcome: 'success',
      correlation_id: 'issue:186853002/1',
    })
    expect(comment.targets[0]?.type).toBe('comment')
    expect(leafText(comment)).not.toContain('right')
    const issue = readOne('issues', example('issues'))
    expect(issue.correlation_id).toBe('issue:186853002/1')
  })

  it('with an action of next year falls back', () => {
    expect(readOne('issues', { action: 'dreamt' }).action).toBe('github.issues.dreamt')
  })

  it('is marked where it repeats another event', () => {
    const alert = example('repository_vulnerability_alert', 3)
    expect(readOne('repository_vulnerability_alert', alert)).toMatchObject({
      action: 'vulnerability_alert.dismiss_reported',
      labels: { repeats: 'dependabot_alert' },
    })
  })
})
