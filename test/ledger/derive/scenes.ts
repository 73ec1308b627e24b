import { expect, it } from '@jest/globals'

import type { AuditEntry, EntryDraft } from '../../../src/core/domain/index.js'
import { verifyLog } from '../../../src/ledger/index.js'
import { testDatabase, type TestDatabase } from '../../support/database.js'
import { draft } from '../../support/deliveries.js'
import { playLog, type PlayedLog } from '../../support/pipeline.js'

export let database: TestDatabase
export let log: PlayedLog

export async function openLog(): Promise<void> {
  database = await testDatabase()
  log = playLog(database)
}

/** The whole log is verified after what was played on it. */
export async function closeLog(): Promise<void> {
  expect((await verifyLog(database)).problems).toEqual([])
  await database.drop()
}

export const MONA = { type: 'user', id: 7, login: 'mona' } as const

/** Each scene plays in a repository of its own. */
let repositories = 1000
export function scene(): {
  id: number
  make: (at: string, over: Partial<EntryDraft>) => EntryDraft
} {
  const id = (repositories += 1)
  const repo = { host: 'github.com', id, name: `acme/scene-${String(id)}` }
  const account = { host: 'github.com', id: 3, name: 'acme' }
  return {
    id,
    make: (at, over) =>
      draft({ occurred_at: `2026-11-01T${at}.000Z`, repo, account, actor: MONA, ...over }),
  }
}

let deliveries = 0
export async function arrive(...drafts: readonly EntryDraft[]): Promise<void> {
  for (const one of drafts) await log.record(`derive-${String((deliveries += 1))}`, one)
  await log.workOff()
}

export async function derived(repoId: number): Promise<AuditEntry[]> {
  const entries = await log.entries()
  return entries.filter(
    ({ repo, source }) => repo?.id === repoId && source.delivery_id.startsWith('derived:'),
  )
}

/** The drafts one after another, the queue worked off after each, in this order and in the reverse. */
export function inBothOrders(
  title: string,
  story: (make: ReturnType<typeof scene>['make'], scope: number) => EntryDraft[],
  check: (facts: AuditEntry[], scope: number) => void,
): void {
  it.each(['in order', 'in reverse'])(`${title}: %s`, async (order) => {
    const { id, make } = scene()
    const drafts = story(make, id * 10)
    for (const one of order === 'in order' ? drafts : drafts.toReversed()) await arrive(one)
    check(await derived(id), id * 10)
  })
}
