import { describe, expect, it } from '@jest/globals'

import {
  canonicalJson,
  commitment,
  type EntryDraft,
  NOBODY,
  personal,
  sealEntry,
  type SealContext,
} from '../../../src/core/domain/index.js'

const draft: EntryDraft = {
  occurred_at: '2026-11-01T10:00:00.000Z',
  action: 'workflow_run.requested',
  outcome: 'pending',
  actor: { type: 'user', id: 583231, login: 'octocat', display: 'The Octocat' },
  attribution: { confidence: 'verified', method: 'sender' },
  targets: [
    { type: 'workflow_run', id: 7, name: personal('Fix the thing') },
    { type: 'user', principal: { type: 'user', id: 42, login: 'hubot' } },
  ],
  changes: [{ path: 'actors', before: null, after: personal('hubot', { type: 'user', id: 42 }) }],
  ci: { inputs: { 'a/b': personal('secret plans') } },
  reason: personal('because', { type: 'unknown' }),
}

function context(): SealContext {
  let salts = 0
  return {
    id: '01890000-0000-7000-8000-000000000000',
    recordedAt: '2026-11-01T10:00:01.000Z',
    source: { system: 'github', kind: 'webhook', delivery_id: 'guid', event: 'workflow_run' },
    subjectOf: ({ id }) => (id === undefined ? undefined : id === 42 ? 'person-2' : 'person-1'),
    salt: () => `salt-${String((salts += 1))}`,
  }
}

describe('sealing an entry', () => {
  const { leaf, openings } = sealEntry(draft, context())
  const text = canonicalJson(leaf)

  it('leaves no personal text and no GitHub id of a person in the leaf', () => {
    for (const word of [
      'octocat',
      'Octocat',
      'hubot',
      'Fix the thing',
      'secret plans',
      'because',
      '583231',
    ]) {
      expect(text).not.toContain(word)
    }
  })

  it('gives for each commitment the opening that makes it', () => {
    for (const { pointer, salt, value } of openings) {
      expect(text).toContain(commitment(salt, pointer, value))
    }
    expect(openings).toHaveLength(7)
  })

  it('files each opening under the person whose text it is', () => {
    const owners = Object.fromEntries(openings.map(({ pointer, subject }) => [pointer, subject]))
    expect(owners).toEqual({
      '/actor/login': 'person-1',
      '/actor/display': 'person-1',
      '/targets/0/name': 'person-1',
      '/targets/1/name': 'person-2',
      '/ci/inputs/a~1b': 'person-1',
      '/changes/0/after': 'person-2',
      '/reason': NOBODY,
    })
  })

  it('takes category, operation and severity from the registry', () => {
    expect(leaf).toMatchObject({ schema: 1, category: 'build', operation: 'execute', severity: 0 })
  })

  it('commits to the same text differently with another salt or place', () => {
    expect(commitment('a', '/x', 'v')).not.toBe(commitment('b', '/x', 'v'))
    expect(commitment('a', '/x', 'v')).not.toBe(commitment('a', '/y', 'v'))
  })
})
