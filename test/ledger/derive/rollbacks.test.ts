import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import type { EntryDraft } from '../../../src/core/domain/index.js'
import { arrive, closeLog, derived, inBothOrders, openLog, scene } from './scenes.js'

beforeAll(openLog)
afterAll(closeLog)

describe('a deployment', () => {
  const push = (before: string | undefined, head: string, over: Partial<EntryDraft> = {}) => ({
    action: 'push.created',
    ci: { ref: 'refs/heads/main', before_sha: before, head_sha: head },
    ...over,
  })
  const deployed = (id: number, sha: string, environment = 'production'): Partial<EntryDraft> => ({
    action: 'deployment.status_changed',
    targets: [{ type: 'deployment', id, name: environment }],
    ci: { environment, head_sha: sha },
    labels: { state: 'success' },
  })

  inBothOrders(
    'of an ancestor of what is there is a rollback',
    (make, scope) => [
      make('09:00:00', push(undefined, 'one', { action: 'branch.created' })),
      make('09:10:00', push('one', 'two')),
      make('09:20:00', push('two', 'three')),
      make('10:00:00', deployed(scope + 1, 'three')),
      make('11:00:00', deployed(scope + 2, 'one')),
    ],
    (facts, scope) => {
      expect(facts.at(-1)).toMatchObject({
        action: 'deployment.rolled_back',
        targets: [{ type: 'deployment', id: scope + 2 }, { type: 'entry' }],
        changes: [{ path: 'sha', before: 'three', after: 'one' }],
        labels: { rollback: true, match: 'high' },
      })
    },
  )

  it('of a commit that was there before, past a force push, is one with less confidence', async () => {
    const { id, make } = scene()
    await arrive(
      make('09:00:00', push(undefined, 'one', { action: 'branch.created' })),
      make('09:10:00', push('one', 'two', { action: 'push.forced', labels: { forced: true } })),
      make('09:30:00', deployed(511, 'one')),
      make('10:00:00', deployed(512, 'two')),
      make('11:00:00', deployed(513, 'one')),
    )
    expect(await derived(id)).toMatchObject([
      { action: 'deployment.rolled_back', labels: { match: 'medium' } },
    ])
  })

  it('of a newer commit, of another branch or to another environment is none', async () => {
    const { id, make } = scene()
    await arrive(
      make('09:00:00', push(undefined, 'one', { action: 'branch.created' })),
      make('09:10:00', push('one', 'two')),
      make('09:20:00', push('zero', 'other', { ci: { ref: 'refs/heads/x', head_sha: 'other' } })),
      make('10:00:00', deployed(521, 'one')),
      make('10:10:00', deployed(522, 'two')),
      make('10:20:00', deployed(523, 'one', 'staging')),
      make('10:30:00', deployed(524, 'other')),
      make('10:40:00', deployed(525, 'two')),
    )
    expect(await derived(id)).toEqual([])
  })
})
