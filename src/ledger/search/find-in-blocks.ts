import { join, sqltag as sql, type Sql } from '@prisma/client/runtime/client'

import type { Query } from '../../core/search/index.js'
import type { Ask } from './ask.js'
import type { FoundRow, PageRequest } from './find-page.js'
import { afterSql } from './place-sql.js'
import { querySql } from './query-sql.js'
import type { Candidates } from './term-sql.js'
import { timeBounds, type TimeBounds } from './time-bounds.js'

/** A block of entries that follow one another in the log, and between which times they happened. */
interface Block {
  readonly block: string
  readonly newest: Date
}

/** Matches after which no further block is touched at first, for a page that is smaller. */
const ENOUGH = 64

/**
 * Blocks from the newest on, until what is found is newer than everything in those that are left. Entries that came late (a
 * backfill) only make a block's span of time longer: more blocks are looked at, nothing is missed.
 */
export async function findInBlocks(
  ask: Ask,
  request: PageRequest,
  candidates: Candidates,
): Promise<FoundRow[]> {
  let left: readonly Block[] = await blocksIn(ask, boundsOf(request))
  let found: FoundRow[] = []
  while (left.length > 0) {
    const touched = await touchBlocks(ask, request, { candidates, blocks: left })
    const rest = await firstIn(ask, request, { candidates, blocks: touched.partly })
    found = merge([...found, ...touched.rows], rest, request.size)
    left = touched.left
    const oldest = found[request.size - 1]
    if (oldest && left[0] && left[0].newest < oldest.occurred_at) break
  }
  return found
}

/** Of a later page: what is newer than the end of the one before needs no look. */
function boundsOf({ query, after }: PageRequest): TimeBounds {
  const { from, to } = timeBounds(query)
  return { from, to: Math.min(to, after?.occurredAt ?? to) }
}

/** Those that are not counted yet come first: nobody knows their times. */
export function blocksIn(ask: Ask, { from, to }: TimeBounds): Promise<Block[]> {
  return ask<Block>(sql`
    SELECT block, 'infinity'::timestamptz AS newest
    FROM log_state, generate_series(coalesce((SELECT max(block) FROM log_block), -1) + 1, (size - 1) >> 14) AS block
    UNION ALL
    SELECT block, occurred_to FROM log_block
    WHERE occurred_from <= ${new Date(to)}::timestamptz AND occurred_to >= ${new Date(from)}::timestamptz
    ORDER BY newest DESC, block DESC`)
}

/** Blocks of which nothing is known in advance. */
export function uncountedBlocks(ask: Ask): Promise<Block[]> {
  return ask<Block>(sql`
    SELECT block, 'infinity'::timestamptz AS newest
    FROM log_state, generate_series(coalesce((SELECT max(block) FROM log_block), -1) + 1, (size - 1) >> 14) AS block`)
}

interface Scan {
  readonly candidates: Candidates
  readonly blocks: readonly Block[]
}

interface Touched {
  /** Matches in blocks of which all matches were read. */
  readonly rows: readonly FoundRow[]
  /** Blocks of which some were, if any. */
  readonly partly: readonly Block[]
  /** Blocks that nobody looked at yet. */
  readonly left: readonly Block[]
}

/**
 * What the first blocks hold, in the order of the blocks. A nested loop without a sort, so it ends with the limit: of a common
 * value it reads 64 rows. SQL does not promise the order; should another plan give another, all blocks are taken.
 */
async function touchBlocks(ask: Ask, request: PageRequest, scan: Scan): Promise<Touched> {
  const enough = Math.max(ENOUGH, request.size)
  const rows = await ask<FoundRow & { block: string }>(sql`
    SELECT b.block, m.seq, m.occurred_at FROM ${blockList(scan.blocks)}, ${matchesIn(request, scan.candidates)} LIMIT ${enough}`)
  if (rows.length < enough) return { rows, partly: [], left: [] }
  const order = new Map(scan.blocks.map(({ block }, index) => [block, index]))
  const places = rows.map(({ block }) => order.get(block) ?? 0)
  if (places.some((place, index) => place < (places[index - 1] ?? 0)))
    return { rows: [], partly: scan.blocks, left: [] }
  const last = places.at(-1) ?? 0
  return {
    rows: rows.filter((_, index) => (places[index] ?? last) < last),
    partly: scan.blocks.slice(last, last + 1),
    left: scan.blocks.slice(last + 1),
  }
}

async function firstIn(ask: Ask, request: PageRequest, scan: Scan): Promise<FoundRow[]> {
  if (scan.blocks.length === 0) return []
  return ask<FoundRow>(sql`
    SELECT DISTINCT m.seq, m.occurred_at FROM ${blockList(scan.blocks)}, ${matchesIn(request, scan.candidates)}
    ORDER BY m.occurred_at DESC, m.seq DESC LIMIT ${request.size}`)
}

function blockList(blocks: readonly Block[]): Sql {
  return sql`unnest(${blocks.map(({ block }) => block)}::bigint[]) AS b(block)`
}

/** Every match in these blocks, once, in no order. */
export function allMatchesSql(query: Query, { candidates, blocks }: Scan, columns: Sql): Sql {
  const once = candidates.opening ? sql`DISTINCT ON (e.seq)` : sql``
  return sql`SELECT ${columns} FROM ${blockList(blocks)},
    LATERAL (SELECT ${once} e.* FROM ${blockSources(candidates)} e WHERE ${querySql(query)} OFFSET 0) AS e`
}

/** Some of the log's entries, chosen by a hash of their numbers, as one block, number 0, to their indexes. */
export interface Sample {
  /** One entry of so many. */
  readonly weight: number
  readonly table: Sql
  /** The condition on a row of log_opening, named `o`, as its index has it. */
  readonly openings: Sql
}

export const SAMPLE: Sample = {
  weight: 64,
  table: sql`log_sample`,
  openings: sql`hashint8(o.seq) & 63 = 0`,
}
export const SKETCH: Sample = {
  weight: 1024,
  table: sql`log_sketch`,
  openings: sql`hashint8(o.seq) & 1023 = 0`,
}

/** What a query finds in a sample. */
export function sampleMatchesSql(
  query: Query,
  {
    sample,
    candidates,
    columns,
  }: { sample: Sample; candidates: Candidates | undefined; columns: Sql },
): Sql {
  if (!candidates) return sql`SELECT ${columns} FROM ${sample.table} e WHERE ${querySql(query)}`
  const { entry, opening } = candidates
  const sources = [sql`(${sampledEntries(sample, entry)})`]
  if (opening) {
    sources.push(sql`
      SELECT e.* FROM (${sampledOpenings(sample, opening)}) o,
        LATERAL (SELECT * FROM ${sample.table} e WHERE e.seq = o.seq OFFSET 0) e`)
  }
  const once = opening ? sql`DISTINCT ON (e.seq)` : sql``
  return sql`SELECT ${columns} FROM (VALUES (0::bigint)) AS b(block), LATERAL (
    SELECT ${once} e.* FROM (${join(sources, ' UNION ALL ')}) e WHERE ${querySql(query)} OFFSET 0) AS e`
}

/** Entries of a sample with terms, for a block `b.block` that is 0. */
export function sampledEntries({ table }: Sample, entry: Sql): Sql {
  return sql`SELECT * FROM ${table} e WHERE ${terms(sql`0::bigint`)} @@ ${entry} OFFSET 0`
}

/** Numbers of those whose openings have words. */
export function sampledOpenings({ openings }: Sample, opening: Sql): Sql {
  return sql`SELECT o.seq FROM log_opening o
    WHERE ${openings} AND log_words(0::bigint, o.words) @@ ${opening} OFFSET 0`
}

/** Matches in a block, in no order; twice where words stand in both indexes. */
function matchesIn({ query, after }: PageRequest, candidates: Candidates): Sql {
  return sql`LATERAL (SELECT e.seq, e.occurred_at FROM ${blockSources(candidates)} e
    WHERE ${afterSql(after)} AND ${querySql(query)} OFFSET 0) AS m`
}

/** OFFSET 0 keeps the planner in the block: it would bring in other indexes, and with them the whole log. */
function blockSources({ entry, opening }: Candidates): Sql {
  const sources = [sql`(SELECT * FROM log_entry e WHERE ${terms(sql`e.seq`)} @@ ${entry} OFFSET 0)`]
  if (opening) {
    sources.push(sql`
      SELECT e.* FROM (SELECT o.seq FROM log_opening o WHERE log_words(o.seq, o.words) @@ ${opening} OFFSET 0) o,
        LATERAL (SELECT * FROM log_entry e WHERE e.seq = o.seq OFFSET 0) e`)
  }
  return sql`(${join(sources, ' UNION ALL ')})`
}

/** As the indexes have it; `seq` says the block. */
function terms(seq: Sql): Sql {
  return sql`log_terms(${seq}, e.words, e.action, e.category, e.operation, e.outcome, e.severity, e.actor_type, e.actor, e.via,
  e.account, e.repo, e.workflow, e.job, e.ref, e.environment, e.source, e.event, e.flags)`
}

function merge(one: readonly FoundRow[], other: readonly FoundRow[], size: number): FoundRow[] {
  const once = new Map([...one, ...other].map((row) => [row.seq, row]))
  return [...once.values()].sort(newestFirst).slice(0, size)
}

function newestFirst(one: FoundRow, other: FoundRow): number {
  const later = other.occurred_at.getTime() - one.occurred_at.getTime()
  return later === 0 ? Number(BigInt(other.seq) - BigInt(one.seq)) : later
}
