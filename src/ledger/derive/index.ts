import type { AuditEntry } from '../../core/domain/index.js'
import { SNAPSHOT_ACTIONS, TRACED_ACTIONS, type DerivedFact } from '../../core/derive/index.js'
import type { Database } from '../../platform/index.js'
import { deriveInputs } from './inputs.js'
import { deriveRollback, deriveRollbacksAfterPush } from './rollbacks.js'
import { deriveDifferences } from './snapshots.js'
import { deriveTrace, deriveTracesOfRun } from './traces.js'

export { nextStatement } from './statements.js'

/** What an entry of these actions may complete. A new rule is one file and one line here. */
const RULES: readonly {
  readonly actions: ReadonlySet<string>
  readonly derive: (database: Database, entry: AuditEntry) => Promise<DerivedFact[]>
}[] = [
  { actions: new Set(['workflow.dispatched', 'workflow_run.requested']), derive: deriveInputs },
  { actions: SNAPSHOT_ACTIONS, derive: deriveDifferences },
  { actions: TRACED_ACTIONS, derive: deriveTrace },
  {
    actions: new Set(['workflow_run.requested', 'workflow_run.started', 'workflow_run.completed']),
    derive: deriveTracesOfRun,
  },
  { actions: new Set(['deployment.status_changed']), derive: deriveRollback },
  {
    actions: new Set(['push.created', 'push.forced', 'branch.created']),
    derive: deriveRollbacksAfterPush,
  },
]

/** Actions after which something may be derived. */
export const DERIVING_ACTIONS: ReadonlySet<string> = new Set(
  RULES.flatMap(({ actions }) => [...actions]),
)

/** Facts that this entry, together with others, makes; each may have been stated before. */
export async function deriveFacts(database: Database, entry: AuditEntry): Promise<DerivedFact[]> {
  const facts: DerivedFact[] = []
  for (const { actions, derive } of RULES) {
    if (actions.has(entry.action)) facts.push(...(await derive(database, entry)))
  }
  return facts
}
