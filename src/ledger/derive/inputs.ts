import type { AuditEntry } from '../../core/domain/index.js'
import { DISPATCH_WINDOW, joinDispatches, type DerivedFact } from '../../core/derive/index.js'
import type { Database } from '../../platform/index.js'
import { entriesWithin, repositoryOf } from './evidence.js'
import { principalsIn } from './principals.js'

const DISPATCHES = ['workflow.dispatched']
const RUNS = ['workflow_run.requested']
const MOST = 500

/** Without a dispatch within reach there is nothing to join. */
export const DISPATCHED_NEARBY = `EXISTS (
  SELECT FROM log_entry d
  WHERE d.repo_id = e.repo_id AND d.host = e.host AND d.action = 'workflow.dispatched'
    AND d.occurred_at BETWEEN e.occurred_at - interval '${String(3 * DISPATCH_WINDOW)} s'
      AND e.occurred_at + interval '${String(3 * DISPATCH_WINDOW)} s')`

/** Whichever of the two arrives last brings the inputs of a dispatch and its run together. */
export async function deriveInputs(database: Database, entry: AuditEntry): Promise<DerivedFact[]> {
  const repository = repositoryOf(entry)
  if (!repository || entry.ci?.event !== 'workflow_dispatch') return []
  const at = Date.parse(entry.occurred_at)
  const window = DISPATCH_WINDOW * 1000
  // Every run that this may concern, and around it all that could be nearer.
  const around = (reach: number) => ({ from: at - reach * window, to: at + reach * window })
  const read = (actions: string[]) =>
    entriesWithin(database, repository, around(3), { actions, limit: MOST })
  const runs = (await read(RUNS)).filter(({ ci }) => ci?.event === 'workflow_dispatch')
  const dispatches = await read(DISPATCHES)
  const principalOf = await principalsIn(database, [...runs, ...dispatches])
  const { from, to } = around(1)
  const concerned = runs.filter((run) => isWithin(run, from, to))
  return joinDispatches(concerned, { runs, dispatches }, principalOf)
}

function isWithin({ occurred_at }: AuditEntry, from: number, to: number): boolean {
  const at = Date.parse(occurred_at)
  return at >= from && at <= to
}
