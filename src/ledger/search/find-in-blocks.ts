import { join, sqltag as sql, type Sql } from '@prisma/client/runtime/client'

import type { Query } from '../../core/search/index.js'
import type { Ask } from './ask.js'
import type { FoundRow, PageRequest } from './find-page.js'
import { querySql } from './query-sql.js'
import type { Candidates } from './term-sql.js'
import { timeBounds, type TimeBounds } from './time-bounds.js'

/** A block of entries that follow one another in the log, and between which times they happened. */
interface Block {
  readonly block: string
  readonly newest: Date
}

/** Matches after which no further block is touched at first. */
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
  let left = await blocksIn(ask, timeBounds(request.query))
  let found: FoundRow[] = []
  while (left.length > 0) {
    const touched = await touchBlocks(ask, request, { candidates, blocks: left })
    if (touched.blocks.length === 0) break
    const rows = await firstIn(ask, request, { candidates, blocks: touched.blocks })
    found = merge(found, rows, request.size)
    left = touched.left
    const oldest = found[request.size - 1]
    if (oldest && left[0] && left[0].newest < oldest.occurred_at) break
  }
  return found
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

interface Scan {
  readonly candidates: Candidates
  readonly blocks: readonly Block[]
}

interface Touched {
  /** Blocks that hold something. */
  readonly blocks: readonly Block[]
  /** Blocks that nobody looked at yet. */
  readonly left: Block[]
}

/**
 * The first blocks, in their order, that hold something. A nested loop without a sort, so it ends with the limit: of a common
 * value it reads 64 rows. SQL does not promise the order; should another plan give another, all blocks are taken.
 */
async function touchBlocks(ask: Ask, request: PageRequest, scan: Scan): Promise<Touched> {
  const rows = await ask<{ block: string }>(sql`
    SELECT b.block FROM ${blockList(scan.blocks)}, ${matchesIn(request, scan.candidates)} LIMIT ${ENOUGH}`)
  const order = new Map(scan.blocks.map(({ block }, index) => [block, index]))
  const places = rows.map(({ block }) => order.get(block) ?? 0)
  if (places.some((place, index) => place < (places[index - 1] ?? 0)))
    return { blocks: scan.blocks, left: [] }
  const touched = new Set(places)
  return {
    blocks: scan.blocks.filter((_, place) => touched.has(place)),
    left: rows.length < ENOUGH ? [] : scan.blocks.slice((places.at(-1) ?? 0) + 1),
  }
}

function firstIn(ask: Ask, request: PageRequest, scan: Scan): Promise<FoundRow[]> {
  return ask<FoundRow>(sql`
    SELECT m.seq, m.occurred_at FROM ${blockList(scan.blocks)}, ${matchesIn(request, scan.candidates)}
    ORDER BY m.occurred_at DESC, m.seq DESC LIMIT ${request.size}`)
}

function blockList(blocks: readonly Block[]): Sql {
  return sql`unnest(${blocks.map(({ block }) => block)}::bigint[]) AS b(block)`
}

/** Every match in these blocks, once, in no order. */
export function allMatchesSql(query: Query, { candidates, blocks }: Scan, columns: Sql): Sql {
  return sql`SELECT ${columns} FROM ${blockList(blocks)},
    LATERAL (${blockMatches({ query, start: sql`TRUE` }, candidates)}) AS m, log_entry e WHERE e.seq = m.seq`
}

function matchesIn(
  { query, start }: Pick<PageRequest, 'query' | 'start'>,
  candidates: Candidates,
): Sql {
  return sql`LATERAL (${blockMatches({ query, start }, candidates)}) AS m`
}

/** OFFSET 0 keeps the planner in the block: it would bring in other indexes, and with them the whole log. */
function blockMatches(
  { query, start }: Pick<PageRequest, 'query' | 'start'>,
  { entry, opening }: Candidates,
): Sql {
  const sources = [sql`(SELECT * FROM log_entry e WHERE ${TERMS} @@ ${entry} OFFSET 0)`]
  if (opening) {
    sources.push(sql`
      SELECT e.* FROM (SELECT o.seq FROM log_opening o WHERE log_words(o.seq, o.words) @@ ${opening} OFFSET 0) o,
        LATERAL (SELECT * FROM log_entry e WHERE e.seq = o.seq OFFSET 0) e`)
  }
  const from = sql`(${join(sources, ' UNION ALL ')})`
  const distinct = opening ? sql`DISTINCT` : sql``
  return sql`SELECT ${distinct} e.seq, e.occurred_at FROM ${from} e WHERE ${start} AND ${querySql(query)} OFFSET 0`
}

const TERMS = sql`log_terms(e.seq, e.words, e.action, e.category, e.operation, e.outcome, e.severity, e.actor_type, e.actor, e.via,
  e.account, e.repo, e.workflow, e.job, e.ref, e.environment, e.source, e.event, e.flags)`

function merge(one: readonly FoundRow[], other: readonly FoundRow[], size: number): FoundRow[] {
  return [...one, ...other].sort(newestFirst).slice(0, size)
}

function newestFirst(one: FoundRow, other: FoundRow): number {
  const later = other.occurred_at.getTime() - one.occurred_at.getTime()
  return later === 0 ? Number(BigInt(other.seq) - BigInt(one.seq)) : later
}
