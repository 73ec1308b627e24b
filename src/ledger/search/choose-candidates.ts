import { sqltag as sql, type Sql } from '@prisma/client/runtime/client'

import type { Query } from '../../core/search/index.js'
import type { Ask } from './ask.js'
import { SAMPLE, sampledEntries, sampledOpenings } from './find-in-blocks.js'
import { resolveLogins } from './known-logins.js'
import { candidatesOf, type Candidates } from './term-sql.js'

/** Entries of the sample that are counted at most: where fields have more, words are the rarer ones, or both are common. */
const MOST_COUNTED = 2000

/**
 * What to ask of the indexes for a query. Words and fields meet in no index where the words are sealed: then the fields alone
 * lead, if fewer entries have them than have the words, as the sample says.
 */
export async function chooseCandidates(ask: Ask, query: Query): Promise<Candidates | undefined> {
  const candidates = candidatesOf(query, await resolveLogins(ask, query))
  if (!candidates?.fields || !candidates.opening) return candidates
  const withFields = await count(ask, sampledEntries(SAMPLE, candidates.fields), MOST_COUNTED)
  if (withFields === MOST_COUNTED) return candidates
  const withWords = await count(ask, sampledOpenings(SAMPLE, candidates.opening), withFields)
  return withWords < withFields ? candidates : { entry: candidates.fields }
}

async function count(ask: Ask, rows: Sql, most: number): Promise<number> {
  const [row] = await ask<{ n: number }>(
    sql`SELECT count(*)::int AS n FROM (
      SELECT FROM (VALUES (0::bigint)) AS b(block), LATERAL (${rows}) AS e LIMIT ${most}) e`,
  )
  return row?.n ?? 0
}
