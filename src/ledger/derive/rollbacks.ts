import { groupBy, type AuditEntry } from '../../core/domain/index.js'
import {
  findRollback,
  MOST_STEPS,
  type Deployed,
  type DerivedFact,
  type PushStep,
} from '../../core/derive/index.js'
import { newestReadings } from '../../core/state/index.js'
import type { Database } from '../../platform/index.js'
import { openEntries } from '../open-entries.js'
import { entriesOfCommit, type RepositoryKey } from '../read-entries.js'
import { entriesWithin, repositoryOf } from './evidence.js'
import { principalsIn } from './principals.js'

/** Entries of one environment that are looked at, newest first. */
const MOST_OF_ENVIRONMENT = 400
/** Deployments that a push which arrives late lets look at again. */
const MOST_AGAIN = 20
const PUSHES = new Set(['push.created', 'push.forced', 'branch.created'])

/** A push explains deployments that come after it. */
export const DEPLOYED_LATER = `EXISTS (
  SELECT FROM log_entry d
  WHERE d.repo_id = e.repo_id AND d.host = e.host AND d.category = 'deployment' AND d.environment IS NOT NULL
    AND d.occurred_at >= e.occurred_at)`

/** A deployment that succeeded, and the one after it if this one arrived late. */
export async function deriveRollback(
  database: Database,
  entry: AuditEntry,
): Promise<DerivedFact[]> {
  const repository = repositoryOf(entry)
  const environment = entry.ci?.environment
  if (!repository || environment === undefined) return []
  const history = await deployedTo(database, repository, environment)
  const at = history.findIndex(({ id }) => id === idOf(entry))
  if (at < 0) return []
  // Newest first: the one after it in time stands before it.
  const concerned = at > 0 ? [at, at - 1] : [at]
  const facts: DerivedFact[] = []
  for (const index of concerned) facts.push(...(await judge(database, repository, history, index)))
  return facts
}

/** A push that arrives after deployments which it explains. */
export async function deriveRollbacksAfterPush(
  database: Database,
  entry: AuditEntry,
): Promise<DerivedFact[]> {
  const repository = repositoryOf(entry)
  if (!repository) return []
  const span = { from: Date.parse(entry.occurred_at), to: FOREVER }
  const which = { actions: [SUCCEEDED], limit: MOST_AGAIN }
  const later = await entriesWithin(database, repository, span, which)
  const facts: DerivedFact[] = []
  for (const one of later.filter(isSuccess)) facts.push(...(await deriveRollback(database, one)))
  return facts
}

const SUCCEEDED = 'deployment.status_changed'
const FOREVER = Date.UTC(9999, 0)

function isSuccess({ action, outcome }: AuditEntry): boolean {
  return action === SUCCEEDED && outcome === 'success'
}

async function judge(
  database: Database,
  repository: RepositoryKey,
  history: readonly Deployed[],
  index: number,
): Promise<DerivedFact[]> {
  const deployed = history[index]
  const replaced = history[index + 1]
  if (!deployed || !replaced || deployed.sha === replaced.sha) return []
  const pushes = [
    ...(await pushesBackFrom(database, repository, replaced.sha, deployed.sha)),
    ...(await pushesOf(database, repository, deployed.sha)),
  ]
  const { success, created } = deployed
  const principalOf = await principalsIn(database, created ? [success, created] : [success])
  return [findRollback(deployed, history.slice(index + 1), pushes, principalOf)]
}

/** What succeeded in an environment, newest first. */
async function deployedTo(
  database: Database,
  { host, repoId }: RepositoryKey,
  environment: string,
): Promise<Deployed[]> {
  const rows = await database.prisma.$queryRaw<{ seq: bigint; leaf: Uint8Array }[]>`
    SELECT seq, leaf FROM log_entry
    WHERE repo_id = ${repoId} AND host = ${host} AND environment = ${environment} AND category = 'deployment'
      AND action IN ('deployment.created', ${SUCCEEDED})
    ORDER BY occurred_at DESC, seq DESC LIMIT ${MOST_OF_ENVIRONMENT}`
  const entries = newestReadings(await openEntries(database, rows))
  return [...groupBy(entries, idOf)]
    .flatMap(([id, ofDeployment]) => {
      const success = ofDeployment.findLast(isSuccess)
      const created = ofDeployment.find(({ action }) => action === 'deployment.created')
      const sha = success?.ci?.head_sha
      return id !== undefined && success && sha !== undefined ? [{ id, sha, success, created }] : []
    })
    .sort((one, other) => (one.success.occurred_at < other.success.occurred_at ? 1 : -1))
}

function idOf({ targets }: AuditEntry): number | string | undefined {
  return targets.find(({ type }) => type === 'deployment')?.id
}

/** From a commit back, push by push, until the other commit, a force push or the log's beginning is met. */
async function pushesBackFrom(
  database: Database,
  repository: RepositoryKey,
  from: string,
  to: string,
): Promise<PushStep[]> {
  const found: PushStep[] = []
  let head: string | undefined = from
  for (let step = 0; step < MOST_STEPS && head !== undefined && head !== to; step += 1) {
    const pushes = await pushesOf(database, repository, head)
    found.push(...pushes)
    head = pushes.find(({ forced }) => !forced)?.before
  }
  return found
}

async function pushesOf(
  database: Database,
  repository: RepositoryKey,
  sha: string,
): Promise<PushStep[]> {
  const entries = await entriesOfCommit(database, repository, sha)
  return entries.flatMap((entry) => {
    const { ref, before_sha: before } = entry.ci ?? {}
    if (!PUSHES.has(entry.action)) return []
    const commits = entry.targets.filter(({ type }) => type === 'commit')
    return [
      {
        ref,
        before,
        head: sha,
        commits: commits.map(({ id }) => String(id)),
        forced: entry.labels?.['forced'] === true,
        at: entry.occurred_at,
      },
    ]
  })
}
