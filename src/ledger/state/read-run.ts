import { sqltag as sql } from '@prisma/client/runtime/client'

import type { AuditEntry } from '../../core/domain/index.js'
import { groupBy } from '../../core/domain/index.js'
import { foldRuns, newestReadings, type RunState } from '../../core/state/index.js'
import type { Query } from '../../core/search/index.js'
import type { Database } from '../../platform/index.js'
import { inSearch, SEARCH_TIMEOUT } from '../search/ask.js'
import { openFound } from '../search/open-found.js'
import { querySql } from '../search/query-sql.js'

/** Entries of one run that are read at most; a matrix of 256 jobs has about 1,000 an attempt. */
const MOST_ENTRIES = 20_000

/** A run, and how many entries tell of it. */
export interface RunStory {
  readonly run: RunState
  readonly entries: number
}

const EVERYTHING: Query = { kind: 'and', terms: [] }

/**
 * The run with this id, once for each host that has one; empty if the log knows none.
 * @param within told from these entries only: others are not there for whoever asks
 * @throws SearchError `search.timeout`; LedgerError `unavailable`
 */
export async function readRuns(
  database: Database,
  runId: number,
  within: Query = EVERYTHING,
): Promise<RunStory[]> {
  const entries = newestReadings(await entriesOfRun(database, runId, within))
  const byHost = groupBy(entries, ({ repo }) => repo?.host)
  return [...byHost.values()].flatMap(storyOf)
}

function entriesOfRun(database: Database, runId: number, within: Query): Promise<AuditEntry[]> {
  return inSearch(database, SEARCH_TIMEOUT, async (ask) => {
    const rows = await ask<{ seq: string }>(sql`
      SELECT e.seq FROM log_entry e WHERE e.run_id = ${BigInt(runId)} AND ${querySql(within)}
      ORDER BY e.seq DESC LIMIT ${MOST_ENTRIES}`)
    return openFound(ask, rows)
  })
}

function storyOf(entries: readonly AuditEntry[]): RunStory[] {
  return foldRuns(entries).map((run) => ({ run, entries: entries.length }))
}
