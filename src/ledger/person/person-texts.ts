import type { Database } from '../../platform/index.js'
import { parseOpenings } from '../openings.js'

/** What one entry holds of a person. */
export interface PersonEntry {
  readonly seq: number
  readonly occurredAt: string
  readonly action: string
  readonly repo: string | null
  /** `actor`, `via` (who caused it in another's name), or `named`. */
  readonly as: 'actor' | 'via' | 'named'
  /** The person's text in the entry, by its place. */
  readonly texts: Readonly<Record<string, string>>
}

interface EntryRow {
  readonly seq: string
  readonly occurred_at: Date
  readonly action: string
  readonly repo: string | null
  readonly role: PersonEntry['as']
  readonly openings: readonly Buffer[] | null
}

const PAGE = 500

/** Entries that name these subjects or hold text of theirs, in the order of the log, a page at a time. */
export async function* personEntries(
  { pool }: Pick<Database, 'pool'>,
  subjects: readonly string[],
): AsyncGenerator<readonly PersonEntry[]> {
  for (let after = -1; ;) {
    const { rows } = await pool.query<EntryRow>(
      `SELECT e.seq, e.occurred_at, e.action, e.repo,
         CASE WHEN e.actor = ANY($1::uuid[]) THEN 'actor' WHEN e.via = ANY($1::uuid[]) THEN 'via' ELSE 'named' END AS role,
         (SELECT array_agg(o.openings) FROM log_opening o WHERE o.seq = e.seq AND o.subject = ANY($1::uuid[])) AS openings
       FROM log_entry e
       WHERE e.seq > $2 AND (e.actor = ANY($1::uuid[]) OR e.via = ANY($1::uuid[])
         OR e.seq IN (SELECT seq FROM log_opening WHERE subject = ANY($1::uuid[])))
       ORDER BY e.seq LIMIT ${String(PAGE)}`,
      [subjects, after],
    )
    const last = rows.at(-1)
    if (!last) return
    yield rows.map(personEntry)
    after = Number(last.seq)
  }
}

function personEntry({ seq, occurred_at, action, repo, role, openings }: EntryRow): PersonEntry {
  const texts = (openings ?? []).flatMap((bytes) => parseOpenings(bytes) ?? [])
  return {
    seq: Number(seq),
    occurredAt: occurred_at.toISOString(),
    action,
    repo,
    as: role,
    texts: Object.fromEntries(texts.map(({ pointer, value }) => [pointer, value])),
  }
}
