import { sqltag as sql } from '@prisma/client/runtime/client'

import type { Query } from '../../core/search/index.js'
import {
  foldInstallations,
  foldPullRequests,
  type InstallationState,
  type PullRequestState,
} from '../../core/state/index.js'
import type { Database } from '../../platform/index.js'
import { entriesTogether, entriesWhere, EVERYTHING } from './entries-where.js'
import { readRepositories } from './read-places.js'

/**
 * The installation with this id, once for each host that has one.
 * @param within told from these entries only
 * @throws SearchError `search.timeout`; LedgerError `unavailable`
 */
export async function readInstallations(
  database: Database,
  id: number,
  within: Query = EVERYTHING,
): Promise<InstallationState[]> {
  const entries = await entriesTogether(database, within, [`installation:${String(id)}`])
  return foldInstallations(entries).filter((one) => one.id === id)
}

/**
 * The pull request of this number in each repository that has or had the name.
 * @param repository `owner/name`
 * @param within told from these entries only
 * @throws SearchError `search.timeout`; LedgerError `unavailable`
 */
export async function readPullRequests(
  database: Database,
  { repository, number }: { readonly repository: string; readonly number: number },
  within: Query = EVERYTHING,
): Promise<PullRequestState[]> {
  const found: PullRequestState[] = []
  for (const { host, id } of await readRepositories(database, repository, within)) {
    const entries = await entriesWhere(database, within, {
      where: sql`e.correlation_id = ${`pr:${String(id)}/${String(number)}`} AND e.category <> 'build' AND e.host = ${host}`,
    })
    found.push(...foldPullRequests(entries))
  }
  return found
}
