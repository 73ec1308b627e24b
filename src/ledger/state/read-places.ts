import { sqltag as sql } from '@prisma/client/runtime/client'

import type { AuditEntry, HostedName } from '../../core/domain/index.js'
import { allOf, type Query } from '../../core/search/index.js'
import {
  foldAccounts,
  foldRepositories,
  type AccountState,
  type RepositoryState,
} from '../../core/state/index.js'
import type { Database } from '../../platform/index.js'
import { searchEntries } from '../search/search-entries.js'
import { entriesTogether, entriesWhere, EVERYTHING, onceEach } from './entries-where.js'

/** Renamings among which a name is looked for that no entry was recorded under. */
const RENAMINGS = 500
/** Of other repositories that had the same name. */
const NAMESAKES = 100

/**
 * Repositories by a name that they have or had, or by their id; the one that had it last comes first.
 * @param reference `owner/name`, or digits
 * @param within told from these entries only
 * @throws SearchError `search.timeout`; LedgerError `unavailable`
 */
export async function readRepositories(
  database: Database,
  reference: string,
  within: Query = EVERYTHING,
): Promise<RepositoryState[]> {
  const ids = /^\d+$/.test(reference)
    ? [BigInt(reference)]
    : await repositoriesNamed(database, reference, within)
  const found: RepositoryState[] = []
  for (const id of ids) found.push(...(await readRepository(database, id, within)))
  return found
}

async function readRepository(
  database: Database,
  id: bigint,
  within: Query,
): Promise<RepositoryState[]> {
  const about = await entriesWhere(database, within, {
    where: sql`e.repo_id = ${id}
      AND (e.action LIKE 'repository.%' OR e.action LIKE 'installation_repository.%')`,
  })
  // A range and its order, not an equality: the planner would else walk the whole log by time to the first entry of
  // a repository that has many, however late it came.
  const where = sql`e.repo_id >= ${id} AND e.repo_id <= ${id}`
  const newest = await entriesWhere(database, within, {
    where,
    order: sql`e.repo_id DESC, e.occurred_at DESC, e.seq DESC`,
    limit: 20,
  })
  const oldest = await entriesWhere(database, within, {
    where,
    order: sql`e.repo_id, e.occurred_at, e.seq`,
    limit: 1,
  })
  const states = foldRepositories(onceEach(about, newest, oldest))
  return states.filter((one) => BigInt(one.id) === id)
}

/** By the names that entries were recorded under; else by renamings, which say what was before. */
async function repositoriesNamed(
  database: Database,
  name: string,
  within: Query,
): Promise<Set<bigint>> {
  const named = field('repo', name)
  const [newest] = await found(database, within, [named], 1)
  const settings = await found(database, within, [named, REPOSITORY_SETTINGS], NAMESAKES)
  const ids = idsOf(newest ? [newest, ...settings] : settings)
  if (ids.size > 0) return ids
  const renamings = await found(database, within, [RENAMED], RENAMINGS)
  const was = foldRepositories(renamings).filter(({ names }) =>
    names.some((one) => isSame(one.name, name)),
  )
  return new Set(was.map(({ id }) => BigInt(id)))
}

const REPOSITORY_SETTINGS: Query = {
  kind: 'text',
  field: 'action',
  any: [{ match: 'prefix', text: 'repository.' }],
}
const RENAMED: Query = {
  kind: 'text',
  field: 'action',
  any: ['repository.renamed', 'repository.transferred'].map((text) => ({ match: 'equals', text })),
}
const ACCOUNT_RENAMED: Query = {
  kind: 'text',
  field: 'action',
  any: ['account.renamed', 'organization.renamed'].map((text) => ({ match: 'equals', text })),
}

function field(name: 'repo' | 'org', text: string): Query {
  return { kind: 'text', field: name, any: [{ match: 'equals', text }] }
}

async function found(
  database: Database,
  within: Query,
  terms: readonly Query[],
  limit: number,
): Promise<readonly AuditEntry[]> {
  return (await searchEntries(database, allOf([within, ...terms]), { limit })).entries
}

function idsOf(entries: readonly AuditEntry[]): Set<bigint> {
  return new Set(entries.flatMap(({ repo }) => (repo ? [BigInt(repo.id)] : [])))
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

/**
 * Organizations and people that own repositories or installed Hooktrail, by a name that they have or had.
 * @param within told from these entries only
 * @throws SearchError `search.timeout`; LedgerError `unavailable`
 */
export async function readAccounts(
  database: Database,
  name: string,
  within: Query = EVERYTHING,
): Promise<AccountState[]> {
  const named = await accountsNamed(database, name, within)
  const states: AccountState[] = []
  for (const account of named) states.push(...(await readAccount(database, account, within)))
  return states
}

async function accountsNamed(
  database: Database,
  name: string,
  within: Query,
): Promise<readonly HostedName[]> {
  const [newest] = await found(database, within, [field('org', name)], 1)
  if (newest?.account) return [newest.account]
  const renamings = await found(database, within, [ACCOUNT_RENAMED], RENAMINGS)
  return foldAccounts(renamings)
    .filter(({ names }) => names.some((one) => isSame(one.name, name)))
    .map(({ host, id, name: now = name }) => ({ host, id, name: now }))
}

async function readAccount(
  database: Database,
  { host, id, name }: HostedName,
  within: Query,
): Promise<AccountState[]> {
  const about = await entriesTogether(database, within, [
    `account:${String(id)}`,
    `organization:${String(id)}`,
  ])
  const newest = await found(database, within, [field('org', name)], 20)
  const installations = await found(
    database,
    within,
    [field('org', name), INSTALLATIONS],
    NAMESAKES,
  )
  const states = foldAccounts(onceEach(about, newest, installations))
  return states.filter((one) => one.id === id && one.host === host)
}

const INSTALLATIONS: Query = {
  kind: 'text',
  field: 'action',
  any: [{ match: 'prefix', text: 'installation' }],
}
