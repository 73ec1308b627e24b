import { sqltag as sql } from '@prisma/client/runtime/client'

import { allOf, type Query } from '../../core/search/index.js'
import { foldSubjects, type SubjectState } from '../../core/state/index.js'
import type { Database } from '../../platform/index.js'
import { inSearch, SEARCH_TIMEOUT } from '../search/ask.js'
import { searchEntries } from '../search/search-entries.js'
import { entriesWhere, EVERYTHING } from './entries-where.js'

/** Entries with text of somebody that are looked at; of a machine there are millions. */
const MOST_OPENINGS = 20_000
/** Of those so many are opened, spread evenly. */
const MOST_OPENED = 400
/** Entries in which a login is looked for that nobody has any more. */
const MENTIONS = 100

export interface SubjectStory {
  readonly state: SubjectState
  /** Whether all entries that name somebody were opened: of more than 400 some are, and a short-lived login may be missing. */
  readonly complete: boolean
}

interface Place {
  readonly seq: string
  readonly many: string
}

/**
 * People and machines by a login that they have or had, or by the random id that stands for them in leaves. Of one who
 * was erased nothing is left to find.
 * @param within told from these entries only
 * @throws SearchError `search.timeout`; LedgerError `unavailable`
 */
export async function readSubjects(
  database: Database,
  reference: string,
  within: Query = EVERYTHING,
): Promise<SubjectStory[]> {
  const stories: SubjectStory[] = []
  for (const id of await subjectsNamed(database, reference, within)) {
    stories.push(...(await readSubject(database, id, within)))
  }
  return stories
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

async function subjectsNamed(
  database: Database,
  reference: string,
  within: Query,
): Promise<readonly string[]> {
  if (UUID.test(reference)) return [reference.toLowerCase()]
  const rows = await inSearch(database, SEARCH_TIMEOUT, (ask) =>
    ask<{ id: string }>(
      sql`SELECT id::text FROM subject WHERE lower(login) = lower(${reference}) ORDER BY first_seen, id`,
    ),
  )
  return rows.length > 0 ? rows.map(({ id }) => id) : formerly(database, reference, within)
}

/** Logins of the past stand in the openings of their time. */
async function formerly(database: Database, login: string, within: Query): Promise<string[]> {
  const mention: Query = allOf([within, { kind: 'words', text: login }])
  const { entries } = await searchEntries(database, mention, { limit: MENTIONS })
  const had = foldSubjects(entries).filter(({ logins }) =>
    logins.some(({ name }) => name.toLowerCase() === login.toLowerCase()),
  )
  return had.map(({ subject }) => subject)
}

async function readSubject(database: Database, id: string, within: Query): Promise<SubjectStory[]> {
  const places = await inSearch(database, SEARCH_TIMEOUT, (ask) =>
    ask<Place>(sql`
      SELECT seq, many FROM (
        SELECT seq, row_number() OVER (ORDER BY seq) AS place, count(*) OVER () AS many
        FROM (SELECT seq FROM log_opening WHERE subject = ${id}::uuid LIMIT ${MOST_OPENINGS}) AS named
      ) AS numbered
      WHERE many <= ${MOST_OPENED} OR place = 1 OR place = many OR place % (many / ${MOST_OPENED} + 1) = 0`),
  )
  const seqs = places.map(({ seq }) => seq)
  const entries = await entriesWhere(database, within, {
    where: sql`e.seq = ANY(${seqs}::bigint[])`,
  })
  const states = foldSubjects(entries).filter(({ subject }) => subject === id)
  const complete = Number(places[0]?.many ?? 0) <= MOST_OPENED
  return states.map((state) => ({ state, complete }))
}
