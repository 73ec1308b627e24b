import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { personal, type EntryDraft } from '../../../src/core/domain/index.js'
import { arrive, closeLog, database, derived, inBothOrders, log, openLog, scene } from './scenes.js'

beforeAll(openLog)
afterAll(closeLog)

const OCTOCAT = { type: 'user', id: 1, login: 'octocat' } as const
const deploy = { workflow: 'Deploy', workflow_path: '.github/workflows/deploy.yml' }

describe('the inputs of a dispatch', () => {
  const dispatched = (inputs: Record<string, string>): Partial<EntryDraft> => ({
    action: 'workflow.dispatched',
    ci: {
      workflow_path: deploy.workflow_path,
      event: 'workflow_dispatch',
      ref: 'refs/heads/main',
      inputs: Object.fromEntries(
        Object.entries(inputs).map(([name, value]) => [name, personal(value)]),
      ),
    },
  })
  const requested = (runId: number): Partial<EntryDraft> => ({
    action: 'workflow_run.requested',
    outcome: 'pending',
    targets: [{ type: 'workflow_run', id: runId, name: 'Deploy' }],
    ci: { ...deploy, run_id: runId, event: 'workflow_dispatch', ref: 'main' },
  })

  inBothOrders(
    'are joined to the run that they started, whichever arrives first',
    (make, scope) => [
      make('10:00:00', dispatched({ version: '1.2' })),
      make('10:00:02', requested(scope + 1)),
    ],
    (facts, scope) => {
      expect(facts).toMatchObject([
        {
          action: 'workflow_run.inputs_joined',
          actor: { type: 'user', login: 'mona' },
          attribution: { confidence: 'derived' },
          ci: { run_id: scope + 1, inputs: { version: '1.2' } },
          labels: { match: 'high', match_seconds: 2 },
        },
      ])
    },
  )

  inBothOrders(
    'of two dispatches go to the nearest run each, with less confidence',
    (make, scope) => [
      make('10:00:00', dispatched({ version: 'a' })),
      make('10:00:02', requested(scope + 2)),
      make('10:01:00', dispatched({ version: 'b' })),
      make('10:01:02', requested(scope + 3)),
    ],
    (facts, scope) => {
      const newest = new Map(facts.map((fact) => [fact.ci?.run_id, fact]))
      expect(newest.get(scope + 2)).toMatchObject({ ci: { inputs: { version: 'a' } } })
      expect(newest.get(scope + 3)).toMatchObject({ ci: { inputs: { version: 'b' } } })
      expect(newest.get(scope + 3)?.labels?.['match']).toBe('medium')
    },
  )

  inBothOrders(
    'that arrived beside the run, long after it was made, are joined with less confidence',
    (make, scope) => [
      make('12:00:00', dispatched({ version: '1.3' })),
      make('11:20:00', requested(scope + 4)),
    ],
    (facts, scope) => {
      expect(facts).toMatchObject([
        {
          ci: { run_id: scope + 4, inputs: { version: '1.3' } },
          attribution: { method: expect.stringContaining('0 s apart by their arrival alone') },
          labels: { match: 'medium', match_seconds: 0 },
        },
      ])
    },
  )

  it('are not joined to a run of somebody else, of another branch, or an hour later', async () => {
    const { id, make } = scene()
    await arrive(
      make('10:00:00', dispatched({ version: '1' })),
      make('10:00:02', { ...requested(9004), actor: OCTOCAT }),
      make('11:00:00', requested(9005)),
      make('10:00:02', {
        ...requested(9006),
        ci: { ...deploy, run_id: 9006, event: 'workflow_dispatch', ref: 'next' },
      }),
    )
    expect(await derived(id)).toEqual([])
  })

  it('are stated once, however often they are looked at', async () => {
    const { id, make } = scene()
    await arrive(make('10:00:00', dispatched({})), make('10:00:02', requested(9007)))
    await database.pool.query('UPDATE log_evaluation SET size = 0')
    await log.pipeline.handlers['evaluate']?.({})
    await log.workOff()
    expect(await derived(id)).toHaveLength(1)
  })
})
