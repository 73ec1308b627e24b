import type { AuditEntry } from '../../core/domain/index.js'
import { SNAPSHOT_ACTIONS, TRACED_ACTIONS, type DerivedFact } from '../../core/derive/index.js'
import type { Database } from '../../platform/index.js'
import { BY_BOT } from './evidence.js'
import { deriveInputs, DISPATCHED_NEARBY } from './inputs.js'
import { DEPLOYED_LATER, deriveRollback, deriveRollbacksAfterPush } from './rollbacks.js'
import { deriveDifferences } from './snapshots.js'
import { BOT_ACTED_NEARBY, deriveTrace, deriveTracesOfRun } from './traces.js'

export { nextStatement } from './statements.js'

interface Rule {
  readonly actions: ReadonlySet<string>
  /** SQL over a row `e` of log_entry: does not hold where `derive` would find nothing, as it would of nearly every entry. */
  readonly where: string
  readonly derive: (database: Database, entry: AuditEntry) => Promise<DerivedFact[]>
}

/** What an entry of these actions may complete. A new rule is one file and one line here. */
const RULES: readonly Rule[] = [
  { actions: new Set(['workflow.dispatched']), where: 'true', derive: deriveInputs },
  { actions: new Set(['workflow_run.requested']), where: DISPATCHED_NEARBY, derive: deriveInputs },
  { actions: SNAPSHOT_ACTIONS, where: 'true', derive: deriveDifferences },
  { actions: TRACED_ACTIONS, where: BY_BOT, derive: deriveTrace },
  {
    actions: new Set(['workflow_run.requested', 'workflow_run.started', 'workflow_run.completed']),
    where: BOT_ACTED_NEARBY,
    derive: deriveTracesOfRun,
  },
  { actions: new Set(['deployment.status_changed']), where: 'true', derive: deriveRollback },
  {
    actions: new Set(['push.created', 'push.forced', 'branch.created']),
    where: DEPLOYED_LATER,
    derive: deriveRollbacksAfterPush,
  },
]

const CONDITIONS = RULES.map(
  ({ actions, where }) => `e.action = ANY('{${[...actions].join()}}') AND ${where}`,
)

/**
 * Entries from ≤ seq < to with which something may be derived, in order. All are asked about at once: to open each, only to
 * find that there is no evidence beside it, was half of the work of recording it.
 */
export async function derivingEntries(
  { pool }: Pick<Database, 'pool'>,
  from: number,
  to: number,
): Promise<number[]> {
  const { rows } = await pool.query<{ seq: string }>(
    `SELECT e.seq FROM log_entry e
     WHERE e.seq >= $1 AND e.seq < $2 AND (${CONDITIONS.map((one) => `(${one})`).join(' OR ')})
     ORDER BY e.seq`,
    [from, to],
  )
  return rows.map(({ seq }) => Number(seq))
}

/** Facts that this entry, together with others, makes; each may have been stated before. */
export async function deriveFacts(database: Database, entry: AuditEntry): Promise<DerivedFact[]> {
  const facts: DerivedFact[] = []
  for (const { actions, derive } of RULES) {
    if (actions.has(entry.action)) facts.push(...(await derive(database, entry)))
  }
  return facts
}
