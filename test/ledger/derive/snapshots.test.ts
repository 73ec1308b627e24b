import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { personal, type EntryDraft } from '../../../src/core/domain/index.js'
import { arrive, closeLog, database, derived, inBothOrders, openLog, scene } from './scenes.js'

beforeAll(openLog)
afterAll(closeLog)

describe('the snapshot of a ruleset', () => {
  const actors = (...ids: number[]) =>
    ids.map((id) => ({ actor_id: id, actor_type: 'Team', bypass_mode: 'always' }))
  const edited = (
    rulesetId: number,
    value: Record<string, unknown>,
    over: Partial<EntryDraft> = {},
  ): Partial<EntryDraft> => ({
    action: 'ruleset.edited',
    targets: [{ type: 'ruleset', id: rulesetId, name: 'main' }],
    snapshot: { type: 'ruleset', id: rulesetId, value: value as never },
    correlation_id: `ruleset:${String(rulesetId)}`,
    ...over,
  })

  inBothOrders(
    'shows the bypass actor that GitHub’s changes do not list, and only that',
    (make, scope) => [
      make('10:00:00', edited(scope, { enforcement: 'active', bypass_actors: actors(1) })),
      make(
        '11:00:00',
        edited(
          scope,
          { enforcement: 'disabled', bypass_actors: actors(1, 2) },
          { changes: [{ path: 'enforcement', before: 'active', after: 'disabled' }] },
        ),
      ),
    ],
    (facts) => {
      const [differed] = facts.filter(({ action }) => action === 'setting.differed')
      expect(differed).toMatchObject({
        actor: { login: 'mona' },
        attribution: { confidence: 'derived' },
        changes: [{ path: 'bypass_actors', after: { actor_id: 2, actor_type: 'Team' } }],
        labels: { unsaid: 1 },
      })
    },
  )

  it('has nothing to be compared with the first time, and says so', async () => {
    const { id, make } = scene()
    await arrive(make('10:00:00', edited(72, { enforcement: 'active' })))
    expect(await derived(id)).toMatchObject([{ action: 'setting.baselined' }])
  })

  it('is quiet where GitHub’s account is whole, and where the ruleset is new', async () => {
    const { id, make } = scene()
    await arrive(
      make('10:00:00', edited(73, { enforcement: 'active' }, { action: 'ruleset.created' })),
      make(
        '11:00:00',
        edited(
          73,
          { enforcement: 'disabled' },
          { changes: [{ path: 'enforcement', before: 'active', after: 'disabled' }] },
        ),
      ),
    )
    expect(await derived(id)).toEqual([])
  })

  it('takes a difference back when the snapshot between arrives', async () => {
    const { id, make } = scene()
    const first = edited(74, { bypass_actors: [] }, { action: 'ruleset.created' })
    const between = edited(74, { bypass_actors: actors(5) })
    const last = edited(74, { bypass_actors: actors(5) })
    for (const one of [
      make('10:00:00', first),
      make('12:00:00', last),
      make('11:00:00', between),
    ]) {
      await arrive(one)
    }
    expect((await derived(id)).map(({ action }) => action)).toEqual([
      'setting.differed',
      'setting.differed',
      'derivation.withdrawn',
    ])
  })

  it('seals people again: a bypass actor’s id does not come into the leaf', async () => {
    const { id, make } = scene()
    const person = { id: 4242, type: 'user', login: 'raj' } as const
    const value = {
      bypass_actors: [{ actor_type: 'User', actor_id: personal('4242', person) }],
    }
    await arrive(
      make('10:00:00', edited(75, { bypass_actors: [] }, { action: 'ruleset.created' })),
      make('11:00:00', edited(75, value)),
    )
    expect(await derived(id)).toMatchObject([
      { changes: [{ after: { actor_type: 'User', actor_id: '4242' } }] },
    ])
    const { rows } = await database.pool.query<{ subject: string }>(
      `SELECT s.login AS subject FROM log_opening o JOIN subject s ON s.id = o.subject
       JOIN log_entry e ON e.seq = o.seq WHERE e.repo_id = $1 AND e.action = 'setting.differed'
       AND o.words LIKE '%4242%'`,
      [id],
    )
    expect(rows).toEqual([{ subject: 'raj' }])
  })
})
