import { sqltag as sql } from '@prisma/client/runtime/client'

import type { AuditEntry } from '../../core/domain/index.js'
import type { Query } from '../../core/search/index.js'
import { foldDeployments, type DeploymentState } from '../../core/state/index.js'
import type { Database } from '../../platform/index.js'
import { entriesTogether, entriesWhere, EVERYTHING, onceEach } from './entries-where.js'

/** Deployments of one run whose standing is looked up. */
const MOST_DEPLOYMENTS = 50
/** What succeeded next is among so many statuses: a deployment may tell of its success several times. */
const NEXT_SUCCESSES = 20

/**
 * The deployment with this id, once for each host that has one; empty if the log knows none.
 * @param within told from these entries only
 * @throws SearchError `search.timeout`; LedgerError `unavailable`
 */
export async function readDeployments(
  database: Database,
  id: number,
  within: Query = EVERYTHING,
): Promise<DeploymentState[]> {
  const own = await entriesWhere(database, within, {
    where: sql`e.correlation_id LIKE 'deployment:%' AND split_part(e.correlation_id, '/', 2) = ${String(id)}`,
  })
  const runs = own.flatMap(({ repo, ci }) =>
    repo && ci?.run_id !== undefined ? [`run:${String(repo.id)}/${String(ci.run_id)}`] : [],
  )
  const ofRuns = await entriesTogether(database, within, [...new Set(runs)])
  const deployments = await judged(database, within, onceEach(own, ofRuns))
  return deployments.filter((one) => one.id === id)
}

/** The deployments that these entries tell of, with what came after them in their environments. */
export async function judged(
  database: Database,
  within: Query,
  entries: readonly AuditEntry[],
): Promise<DeploymentState[]> {
  const own = foldDeployments(entries)
  const later: AuditEntry[][] = []
  for (const one of own.slice(0, MOST_DEPLOYMENTS))
    later.push(await successesFrom(database, within, one))
  const known = new Set(own.map(keyOf))
  return foldDeployments(onceEach(entries, ...later)).filter((one) => known.has(keyOf(one)))
}

async function successesFrom(
  database: Database,
  within: Query,
  { host, repo, environment, statuses }: DeploymentState,
): Promise<AuditEntry[]> {
  const success = statuses.findLast(({ outcome }) => outcome === 'success')
  if (!success || !repo || environment === undefined) return []
  return entriesWhere(database, within, {
    where: sql`e.repo_id = ${repo.id} AND e.host = ${host} AND e.environment = ${environment}
      AND e.category = 'deployment' AND e.action = 'deployment.status_changed' AND e.outcome = 'success'
      AND e.occurred_at >= ${new Date(success.at)}`,
    order: sql`e.occurred_at, e.seq`,
    limit: NEXT_SUCCESSES,
  })
}

function keyOf({ host, id }: DeploymentState): string {
  return `${host} ${String(id)}`
}
