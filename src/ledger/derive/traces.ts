import type { AuditEntry } from '../../core/domain/index.js'
import {
  isToTrace,
  runsAt,
  TRACED_ACTIONS,
  tracedFact,
  traceToRun,
  type DerivedFact,
} from '../../core/derive/index.js'
import type { Database } from '../../platform/index.js'
import { entriesInRange, type RepositoryKey } from '../read-entries.js'
import { entriesWithin, repositoryOf, runMoments } from './evidence.js'
import { principalsIn } from './principals.js'

/** A job on GitHub's machines runs for six hours at most: a run that began before is not looked for. */
const LONGEST_RUN_MS = 6 * 3_600_000
/** What one run's news lets look at again. */
const MOST_AGAIN = 50

/** Something that a bot did, which a run may stand behind; of builds only that it started them. */
export const BOT_ACTED_NEARBY = `EXISTS (
  SELECT FROM log_entry b
  WHERE b.repo_id = e.repo_id AND b.host = e.host AND b.actor_type IN ('bot', 'app')
    AND (b.category <> 'build' OR b.action IN ('workflow.dispatched', 'repository.dispatched'))
    AND b.occurred_at BETWEEN e.occurred_at - interval '6 h' AND e.occurred_at + interval '6 h')`

/** What GitHub Actions' own account did, and the run and person behind it. */
export async function deriveTrace(database: Database, entry: AuditEntry): Promise<DerivedFact[]> {
  const repository = repositoryOf(entry)
  return repository && isToTrace(entry) ? [await trace(database, repository, entry)] : []
}

/** A run's begin or end may show who stood behind what was recorded before it. */
export async function deriveTracesOfRun(
  database: Database,
  entry: AuditEntry,
): Promise<DerivedFact[]> {
  const repository = repositoryOf(entry)
  if (!repository) return []
  const at = Date.parse(entry.occurred_at)
  const span =
    entry.action === 'workflow_run.completed'
      ? { from: at - LONGEST_RUN_MS, to: at + LONGEST_RUN_MS }
      : { from: at - SLACK_MS, to: at + LONGEST_RUN_MS }
  const which = { actions: [...TRACED_ACTIONS], limit: MOST_AGAIN, byBots: true }
  const found = await entriesWithin(database, repository, span, which)
  const facts: DerivedFact[] = []
  for (const one of found.filter(isToTrace)) facts.push(await trace(database, repository, one))
  return facts
}

const SLACK_MS = 2000

async function trace(
  database: Database,
  repository: RepositoryKey,
  entry: AuditEntry,
): Promise<DerivedFact> {
  const at = Date.parse(entry.occurred_at)
  const span = { from: at - LONGEST_RUN_MS, to: at + LONGEST_RUN_MS }
  const found = traceToRun(entry, runsAt(await runMoments(database, repository, span), at))
  const run = found.run && (await entriesInRange(database, found.run.seq, found.run.seq + 1))[0]
  const behind = run ? [entry, run.entry] : [entry]
  return tracedFact(entry, found, run?.entry, await principalsIn(database, behind))
}
