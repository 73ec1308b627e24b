import { sqltag as sql } from '@prisma/client/runtime/client'

import { groupBy, type AuditEntry } from '../../core/domain/index.js'
import type { Query } from '../../core/search/index.js'
import {
  foldInputs,
  foldReviews,
  foldRuns,
  type DeploymentReview,
  type DeploymentState,
  type RunInputs,
  type RunState,
} from '../../core/state/index.js'
import type { Database } from '../../platform/index.js'
import { entriesTogether, entriesWhere, EVERYTHING, onceEach } from './entries-where.js'
import { judged } from './read-deployments.js'

/** A run, what belongs to it, and how many entries tell of it. */
export interface RunStory {
  readonly run: RunState
  /** What it was dispatched with, where the dispatch is known. */
  readonly inputs?: RunInputs | undefined
  /** Who was asked to let its jobs deploy, who did and who refused; in the order of time. */
  readonly reviews: readonly DeploymentReview[]
  readonly deployments: readonly DeploymentState[]
  readonly entries: number
}

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
  const where = sql`e.run_id = ${BigInt(runId)}`
  // A match of inputs that was taken back names its run by what it belongs to only.
  const own = await entriesWhere(database, within, { where, order: sql`e.seq DESC` })
  const repositories = new Set(own.flatMap(({ repo }) => (repo ? [repo.id] : [])))
  const groups = [...repositories].map((id) => `run:${String(id)}/${String(runId)}`)
  const entries = onceEach(own, await entriesTogether(database, within, groups))
  const byHost = groupBy(entries, ({ repo }) => repo?.host)
  const stories: RunStory[] = []
  for (const ofHost of byHost.values()) stories.push(...(await storiesOf(database, within, ofHost)))
  return stories
}

async function storiesOf(
  database: Database,
  within: Query,
  entries: readonly AuditEntry[],
): Promise<RunStory[]> {
  const [run] = foldRuns(entries)
  if (!run) return []
  const deployments = await judged(database, within, entries)
  const inputs = foldInputs(entries).find(({ runId }) => runId === run.runId)
  return [{ run, inputs, reviews: foldReviews(entries), deployments, entries: entries.length }]
}
