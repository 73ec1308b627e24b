import type { Database } from '../../platform/index.js'
import { phraseOf } from '../searchable-words.js'

/** How a subject was found. */
export type Match = 'subject' | 'login' | 'id' | 'former login'

/** One row of `subject`: a person may have several, since sources name people in different ways. */
export interface Subject {
  /** The random id that stands in leaves. */
  readonly id: string
  readonly host: string
  readonly type: string
  /** The source's id, or `login:<login>` where it gave none. */
  readonly key: string
  readonly login: string | null
  readonly display: string | null
  readonly firstSeen: string
  readonly match: Match
}

interface SubjectRow extends Omit<Subject, 'firstSeen'> {
  readonly first_seen: Date
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * The subjects that a login (present or former), an id of the source or a subject's id means; those under the same login
 * with and without an id are all found. Best match first.
 */
export async function findPerson(
  { pool }: Pick<Database, 'pool'>,
  who: string,
): Promise<Subject[]> {
  if (UUID.test(who)) return subjectsOf(await pool.query<SubjectRow>(BY_SUBJECT, [who]))
  const name = who.toLowerCase()
  // The words of an entry's texts are filed line by line: a login that was used then is a line of its own.
  const line = `(^|\n)${phraseOf(name) || '(?!)'}(\n|$)`
  return subjectsOf(await pool.query<SubjectRow>(BY_NAME, [name, who, line]))
}

const COLUMNS = 'id::text, host, type, key, login, display, first_seen'
const BY_SUBJECT = `SELECT ${COLUMNS}, 'subject' AS match FROM subject WHERE id = $1::uuid`
const BY_NAME = `
  SELECT ${COLUMNS},
    CASE WHEN lower(login) = $1 OR key = 'login:' || $1 THEN 'login' WHEN key = $2 THEN 'id' ELSE 'former login' END AS match
  FROM subject
  WHERE lower(login) = $1 OR key = 'login:' || $1 OR key = $2
    OR id IN (SELECT subject FROM log_opening WHERE words ~ $3)
  ORDER BY (lower(login) = $1) DESC NULLS LAST, key = $2 DESC, first_seen, id`

function subjectsOf({ rows }: { readonly rows: readonly SubjectRow[] }): Subject[] {
  return rows.map(({ first_seen, ...subject }) => ({
    ...subject,
    firstSeen: first_seen.toISOString(),
  }))
}
