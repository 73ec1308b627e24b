import type { AuditEntry } from '../../core/domain/index.js'
import { readingKey, readingOf } from '../../core/state/index.js'
import type { Database } from '../../platform/index.js'

/** The entries without those whose delivery was read again: what they said is not what is known best. */
export async function withoutReplaced(
  { pool }: Pick<Database, 'pool'>,
  entries: readonly AuditEntry[],
): Promise<AuditEntry[]> {
  if (entries.length === 0) return []
  const { rows } = await pool.query<{ host: string; guid: string }>(
    'SELECT host, guid FROM delivery WHERE host = ANY($1::text[]) AND guid = ANY($2::text[])',
    [
      [...new Set(entries.map(hostOf))],
      [...new Set(entries.map((entry) => nextReading(entry.source.delivery_id)))],
    ],
  )
  const newer = new Set(rows.map(({ host, guid }) => `${host} ${guid}`))
  return entries.filter(
    (entry) => !newer.has(`${hostOf(entry)} ${nextReading(entry.source.delivery_id)}`),
  )
}

function hostOf({ repo, account }: AuditEntry): string {
  return repo?.host ?? account?.host ?? ''
}

function nextReading(key: string): string {
  const { guid, reading } = readingOf(key)
  return readingKey({ guid, reading: reading + 1 })
}

/** Entries of one reading: its first, and how many. Later readings begin with their `entry.amended`. */
export interface ReadingPlace {
  readonly reading: number
  readonly first_seq: number
  readonly entries: number
}

/** The readings of an entry's delivery before and after the one that it is of. */
export interface OtherReadings {
  readonly replaces?: ReadingPlace | undefined
  readonly replaced_by?: ReadingPlace | undefined
}

/** Which entries this one replaced, and which replaced it, as far as its delivery was read again. */
export async function otherReadings(
  { pool }: Pick<Database, 'pool'>,
  { seq, source }: AuditEntry,
): Promise<OtherReadings> {
  const { guid, reading } = readingOf(source.delivery_id)
  const keys = [reading - 1, reading + 1].map((one) => readingKey({ guid, reading: one }))
  const { rows } = await pool.query<{ guid: string; first_seq: string; entries: number }>(
    `SELECT guid, first_seq, entries FROM delivery WHERE guid = ANY($2::text[]) AND host =
       (SELECT host FROM delivery WHERE first_seq = (SELECT delivery FROM log_entry WHERE seq = $1))`,
    [seq, keys],
  )
  const place = (wanted: number): ReadingPlace | undefined => {
    const row = rows.find((one) => one.guid === readingKey({ guid, reading: wanted }))
    return row && { reading: wanted, first_seq: Number(row.first_seq), entries: row.entries }
  }
  return { replaces: reading > 1 ? place(reading - 1) : undefined, replaced_by: place(reading + 1) }
}
