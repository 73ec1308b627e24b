import type { AuditEntry } from '../../core/domain/index.js'
import { groupBy } from '../../core/domain/index.js'
import { foldRuns, newestReadings, type RunState } from '../../core/state/index.js'
import type { Database } from '../../platform/index.js'
import { openEntries } from '../open-entries.js'

/** Entries of one run that are read at most; a matrix of 256 jobs has about 1,000 an attempt. */
const MOST_ENTRIES = 20_000

/** A run, and how many entries tell of it. */
export interface RunStory {
  readonly run: RunState
  readonly entries: number
}

/** The run with this id, once for each host that has one; empty if the log knows none. */
export async function readRuns(database: Database, runId: number): Promise<RunStory[]> {
  const rows = await database.prisma.$queryRaw<{ seq: bigint; leaf: Uint8Array }[]>`
    SELECT seq, leaf FROM log_entry WHERE run_id = ${BigInt(runId)} ORDER BY seq DESC LIMIT ${MOST_ENTRIES}`
  const entries = newestReadings(await openEntries(database, rows))
  const byHost = groupBy(entries, ({ repo }) => repo?.host)
  return [...byHost.values()].flatMap(storyOf)
}

function storyOf(entries: readonly AuditEntry[]): RunStory[] {
  return foldRuns(entries).map((run) => ({ run, entries: entries.length }))
}
