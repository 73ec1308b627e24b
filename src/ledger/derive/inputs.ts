import type { AuditEntry } from '../../core/domain/index.js'
import { DISPATCH_WINDOW, joinDispatches, type DerivedFact } from '../../core/derive/index.js'
import type { Database } from '../../platform/index.js'
import type { RepositoryKey } from '../read-entries.js'
import { entriesRecordedNear, entriesWithin, repositoryOf } from './evidence.js'
import { principalsIn } from './principals.js'

const DISPATCHES = ['workflow.dispatched']
const RUNS = ['workflow_run.requested']
const MOST = 500
const WINDOW_MS = DISPATCH_WINDOW * 1000
/** Around every run that an entry may concern, all that could be nearer. */
const REACH_MS = 3 * WINDOW_MS

/** Without a dispatch within reach of when it happened or arrived there is nothing to join. */
export const DISPATCHED_NEARBY = `EXISTS (
  SELECT FROM log_entry d
  WHERE d.repo_id = e.repo_id AND d.host = e.host AND d.action = 'workflow.dispatched'
    AND (${within('e.occurred_at')} OR ${within('e.recorded_at')}))`

function within(moment: string): string {
  const reach = `interval '${String(3 * DISPATCH_WINDOW)} s'`
  return `d.occurred_at BETWEEN ${moment} - ${reach} AND ${moment} + ${reach}`
}

/** Whichever of the two arrives last brings the inputs of a dispatch and its run together. */
export async function deriveInputs(database: Database, entry: AuditEntry): Promise<DerivedFact[]> {
  const repository = repositoryOf(entry)
  if (!repository || entry.ci?.event !== 'workflow_dispatch') return []
  const moments = momentsOf(entry)
  const dispatches = await around(database, repository, moments, DISPATCHES)
  const near = { actions: RUNS, withinMs: REACH_MS }
  const runs = onceEach([
    ...(await around(database, repository, moments, RUNS)),
    ...(await entriesRecordedNear(database, repository, entry, near)),
  ]).filter(({ ci }) => ci?.event === 'workflow_dispatch')
  const principalOf = await principalsIn(database, [...runs, ...dispatches])
  const concerned = runs.filter((run) => isNear(momentsOf(run), moments))
  return joinDispatches(concerned, { runs, dispatches }, principalOf)
}

/** When it happened and when it arrived, which may be long after: milliseconds since 1970. */
function momentsOf({ occurred_at, recorded_at }: AuditEntry): number[] {
  return [occurred_at, recorded_at].map(Date.parse)
}

async function around(
  database: Database,
  repository: RepositoryKey,
  moments: readonly number[],
  actions: readonly string[],
): Promise<AuditEntry[]> {
  const found: AuditEntry[] = []
  for (const at of moments) {
    const span = { from: at - REACH_MS, to: at + REACH_MS }
    found.push(...(await entriesWithin(database, repository, span, { actions, limit: MOST })))
  }
  return onceEach(found)
}

function onceEach(entries: readonly AuditEntry[]): AuditEntry[] {
  return [...new Map(entries.map((entry) => [entry.seq, entry])).values()]
}

function isNear(moments: readonly number[], others: readonly number[]): boolean {
  return moments.some((one) => others.some((other) => Math.abs(one - other) <= WINDOW_MS))
}
