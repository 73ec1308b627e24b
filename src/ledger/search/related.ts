import { sqltag as sql, type Sql } from '@prisma/client/runtime/client'

import type { AuditEntry } from '../../core/domain/index.js'
import type { Query } from '../../core/search/index.js'
import type { Database } from '../../platform/index.js'
import { inSearch, SEARCH_TIMEOUT, type Ask } from './ask.js'
import { openFound } from './open-found.js'
import { querySql } from './query-sql.js'

/** What surrounds an entry; each list in the order of time, without the entry itself. */
export interface RelatedEntries {
  /** Of the same run; of the same pull request or deployment on this commit. */
  readonly together: readonly AuditEntry[]
  /** Of the same actor, within five minutes. */
  readonly actor: readonly AuditEntry[]
  /** About the same first target: the last ones before, and the next ones after. */
  readonly before: readonly AuditEntry[]
  readonly after: readonly AuditEntry[]
}

const MOST = 20
const NEIGHBOURS = 3
const ACTOR_MS = 5 * 60_000

const EVERYTHING: Query = { kind: 'and', terms: [] }

/** The entry that is asked about, and the condition on others for whoever asks. */
interface Asked {
  readonly entry: AuditEntry
  readonly seen: Sql
}

/**
 * @param within of these entries only: others are not there for whoever asks
 * @throws SearchError `search.timeout`; LedgerError `unavailable`
 */
export async function relatedEntries(
  database: Database,
  entry: AuditEntry,
  within: Query = EVERYTHING,
): Promise<RelatedEntries> {
  const asked = { entry, seen: querySql(within) }
  return inSearch(database, SEARCH_TIMEOUT, async (ask) => ({
    together: await together(ask, asked),
    actor: await sameActor(ask, asked),
    before: (await sameTarget(ask, asked, 'before')).toReversed(),
    after: await sameTarget(ask, asked, 'after'),
  }))
}

/** By the run, or by the commit where it is no run: what belongs together shares one of them, and both have an index. */
async function together(ask: Ask, { entry, seen }: Asked): Promise<AuditEntry[]> {
  const { correlation_id: group, ci, seq } = entry
  const by =
    ci?.run_id === undefined
      ? ci?.head_sha && sql`e.head_sha = ${ci.head_sha}`
      : sql`e.run_id = ${BigInt(ci.run_id)}::bigint`
  if (group === undefined || !by) return []
  return find(
    ask,
    sql`SELECT e.seq, e.occurred_at FROM log_entry e
      WHERE ${by} AND e.correlation_id = ${group} AND e.seq <> ${BigInt(seq)}::bigint AND ${seen}`,
    MOST,
  )
}

async function sameActor(ask: Ask, { entry, seen }: Asked): Promise<AuditEntry[]> {
  const { actor, occurred_at: at, seq } = entry
  if (actor.subject === undefined) return []
  const [from, to] = [-ACTOR_MS, ACTOR_MS].map((ms) => new Date(Date.parse(at) + ms))
  return find(
    ask,
    sql`SELECT e.seq, e.occurred_at FROM log_entry e
      WHERE e.occurred_at BETWEEN ${from}::timestamptz AND ${to}::timestamptz AND e.actor = ${actor.subject}::uuid
        AND e.seq <> ${BigInt(seq)}::bigint AND ${seen}`,
    MOST,
  )
}

/** By the words of its name in the same repository, near the entry in the log: an index over targets would cost every append. */
async function sameTarget(
  ask: Ask,
  { entry, seen }: Asked,
  side: 'before' | 'after',
): Promise<AuditEntry[]> {
  const [target] = entry.targets
  if (!target || !entry.repo) return []
  const seq = sql`${BigInt(entry.seq)}::bigint`
  const place =
    side === 'before'
      ? sql`e.seq < ${seq} AND e.seq >= ${seq} - ${NEAR}`
      : sql`e.seq > ${seq} AND e.seq <= ${seq} + ${NEAR}`
  const order = side === 'before' ? sql`DESC` : sql`ASC`
  const rows = await ask<{ seq: string }>(sql`
    SELECT e.seq FROM log_entry e
    WHERE ${place} AND e.repo_id = ${BigInt(entry.repo.id)}::bigint AND e.host = ${entry.repo.host} AND ${seen}
    ORDER BY e.seq ${order} LIMIT ${CANDIDATES}`)
  const entries = await openFound(ask, rows)
  return entries
    .filter(({ targets }) => targets.some((one) => isSame(one, target)))
    .slice(0, NEIGHBOURS)
}

/** Entries that are looked through for the same target. */
const NEAR = 16_384
const CANDIDATES = 200

type Target = AuditEntry['targets'][number]

function isSame(one: Target, other: Target): boolean {
  if (one.type !== other.type) return false
  return other.id === undefined
    ? one.name === other.name && other.name !== null
    : one.id === other.id
}

async function find(ask: Ask, found: Sql, limit: number): Promise<AuditEntry[]> {
  const rows = await ask<{ seq: string }>(
    sql`SELECT seq FROM (${found}) f ORDER BY occurred_at, seq LIMIT ${limit}`,
  )
  return openFound(ask, rows)
}
