import type { AuditEntry, EntryDraft } from '../../src/core/domain/index.js'
import { Appender, compareHere, entriesInRange } from '../../src/ledger/index.js'
import { createFileStore } from '../../src/platform/index.js'
import { createPipeline, type Pipeline } from '../../src/pipeline.js'
import type { TestDatabase } from './database.js'
import { delivery } from './deliveries.js'

/** A log whose queue is worked off by hand; check runs and alerts go nowhere. */
export interface PlayedLog {
  /** Appends a delivery with these entries under a GUID. */
  readonly record: (guid: string, ...drafts: readonly EntryDraft[]) => Promise<void>
  readonly pipeline: Pipeline
  /** Works the queue off until nothing waits. */
  readonly workOff: () => Promise<void>
  readonly entries: () => Promise<AuditEntry[]>
}

export function playLog(database: TestDatabase): PlayedLog {
  const clock = (): number => Date.UTC(2026, 10, 1, 12)
  const appender = new Appender(database, clock)
  const pipeline = createPipeline({
    database,
    appender,
    checkRuns: {
      report: () => Promise.resolve({ outcome: 'created', checkRunId: 1, url: undefined }),
    },
    alerts: {
      report: () =>
        Promise.resolve({
          commit: { outcome: 'skipped', reason: 'no_permission' },
          issue: { outcome: 'skipped', reason: 'no_permission' },
        }),
    },
    fileStore: createFileStore(database, clock),
    files: { fetch: () => Promise.resolve('no_permission') },
    compare: compareHere,
    appId: 1,
    githubUrl: 'https://github.com',
    checkDelayMs: 0,
    clock,
  })
  return {
    pipeline,
    record: async (guid, ...drafts) => {
      await appender.append({ delivery: delivery(guid), drafts })
    },
    workOff: () => workOff(database, pipeline),
    entries: async () => (await entriesInRange(database, 0, 10_000)).map(({ entry }) => entry),
  }
}

interface Job {
  readonly identifier: string
  readonly payload: unknown
}

async function workOff(database: TestDatabase, pipeline: Pipeline): Promise<void> {
  for (;;) {
    const { rows } = await database.pool.query<Job>(
      `SELECT t.identifier, j.payload FROM graphile_worker._private_jobs j
       JOIN graphile_worker._private_tasks t ON t.id = j.task_id ORDER BY j.id`,
    )
    if (rows.length === 0) return
    await database.pool.query('DELETE FROM graphile_worker._private_jobs')
    for (const { identifier, payload } of rows) await pipeline.handlers[identifier]?.(payload)
  }
}
