import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import type { EntryDraft } from '../../../src/core/domain/index.js'
import { arrive, closeLog, derived, inBothOrders, MONA, openLog, scene } from './scenes.js'

beforeAll(openLog)
afterAll(closeLog)

const ACTIONS = { type: 'bot', id: 41898282, login: 'github-actions[bot]' } as const

describe('what GitHub Actions’ own account did', () => {
  const run = (
    runId: number,
    sha: string,
    over: Partial<EntryDraft> = {},
  ): Partial<EntryDraft> => ({
    targets: [{ type: 'workflow_run', id: runId, name: 'Release' }],
    ci: { workflow: 'Release', run_id: runId, run_attempt: 1, head_sha: sha },
    ...over,
  })
  const began = (runId: number, sha: string): Partial<EntryDraft> =>
    run(runId, sha, { action: 'workflow_run.started' })
  const ended = (runId: number, sha: string): Partial<EntryDraft> =>
    run(runId, sha, { action: 'workflow_run.completed' })
  const pushed = (from: string): Partial<EntryDraft> => ({
    actor: ACTIONS,
    ci: { ref: 'refs/heads/main', before_sha: from, head_sha: 'f'.repeat(40) },
  })

  inBothOrders(
    'is traced to the only run in progress, and to who started it',
    (make, scope) => [
      make('10:00:00', began(scope + 1, 'a')),
      make('10:03:00', pushed('a')),
      make('10:05:00', ended(scope + 1, 'a')),
    ],
    (facts, scope) => {
      expect(facts.at(-1)).toMatchObject({
        action: 'actor.traced',
        actor: { login: 'github-actions[bot]' },
        on_behalf_of: [{ login: 'mona' }],
        attribution: {
          confidence: 'derived',
          method: 'the only run in progress on the commit that it started from',
        },
        ci: { run_id: scope + 1 },
      })
    },
  )

  inBothOrders(
    'is traced when it started another build',
    (make, scope) => [
      make('10:00:00', began(scope + 9, 'a')),
      make('10:03:00', { action: 'workflow.dispatched', actor: ACTIONS }),
      make('10:05:00', ended(scope + 9, 'a')),
    ],
    (facts, scope) => {
      expect(facts.at(-1)).toMatchObject({ action: 'actor.traced', ci: { run_id: scope + 9 } })
    },
  )

  inBothOrders(
    'stays unknown while two runs could have done it, and says so',
    (make, scope) => [
      make('10:00:00', began(scope + 2, 'a')),
      make('10:00:10', began(scope + 3, 'a')),
      make('10:03:00', pushed('a')),
    ],
    (facts) => {
      expect(facts.at(-1)).toMatchObject({
        action: 'actor.untraced',
        attribution: {
          confidence: 'unknown',
          method: '2 runs were in progress that could have done it',
        },
      })
      expect(facts.at(-1)?.on_behalf_of).toBeUndefined()
    },
  )

  inBothOrders(
    'is known once the other run turns out to have ended before',
    (make, scope) => [
      make('10:00:00', began(scope + 4, 'a')),
      make('10:00:10', began(scope + 5, 'b')),
      make('10:03:00', pushed('c')),
      make('10:02:00', ended(scope + 5, 'b')),
    ],
    (facts, scope) => {
      expect(facts.at(-1)).toMatchObject({ action: 'actor.traced', ci: { run_id: scope + 4 } })
    },
  )

  it('is left alone where the payload names who stands behind it', async () => {
    const { id, make } = scene()
    await arrive(make('10:03:00', { ...pushed('a'), on_behalf_of: [MONA] }))
    expect(await derived(id)).toEqual([])
  })
})
