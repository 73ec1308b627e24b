import { groupBy, type AuditEntry, type Json, type JsonObject } from '../../core/domain/index.js'
import { readingKey } from '../../core/state/index.js'
import type { Database } from '../../platform/index.js'
import { parseLeaf } from '../fit-leaf.js'
import { openLeaf } from '../open-entries.js'
import { parseOpenings } from '../openings.js'
import type { DeliveryRecord } from './raw-deliveries.js'

/** The newest reading of a delivery in the log. */
export interface StoredReading {
  /** 1 for the one that came with the delivery. */
  readonly reading: number
  readonly firstSeq: number
  /** Its entries, without the `entry.amended` that a later reading begins with. */
  readonly entries: readonly AuditEntry[]
  /** Whether nothing of it was erased. */
  readonly isWhole: boolean
}

interface Place {
  readonly delivery: DeliveryRecord
  readonly reading: number
  readonly firstSeq: number
  readonly count: number
}

type Pool = Pick<Database, 'pool'>

/** The newest readings of these deliveries, in their order. */
export async function storedReadings(
  database: Pool,
  deliveries: readonly DeliveryRecord[],
): Promise<StoredReading[]> {
  const places = await newestPlaces(database, deliveries)
  const stored = await storedEntries(database, places.flatMap(seqsOf))
  return places.map((place) => {
    const found = seqsOf(place).flatMap((seq) => stored.get(seq) ?? [])
    const entries = found.map(({ entry }) => entry)
    return {
      reading: place.reading,
      firstSeq: place.firstSeq,
      entries: place.reading === 1 ? entries : entries.slice(1),
      isWhole: found.every(({ isWhole }) => isWhole),
    }
  })
}

function seqsOf({ firstSeq, count }: Place): number[] {
  return Array.from({ length: count }, (_, index) => firstSeq + index)
}

/** Readings are numbered without a gap, so the next one is asked for until there is none. */
async function newestPlaces(
  { pool }: Pool,
  deliveries: readonly DeliveryRecord[],
): Promise<Place[]> {
  const newest = new Map<DeliveryRecord, Place>()
  for (const delivery of deliveries) {
    const { firstSeq, entries: count } = delivery
    newest.set(delivery, { delivery, reading: 1, firstSeq, count })
  }
  let waiting = [...deliveries]
  for (let reading = 2; waiting.length > 0; reading += 1) {
    const { rows } = await pool.query<DeliveryRow>(
      `SELECT host, guid, first_seq, entries FROM delivery
       WHERE host = ANY($1::text[]) AND guid = ANY($2::text[])`,
      [
        [...new Set(waiting.map(({ host }) => host))],
        waiting.map(({ guid }) => readingKey({ guid, reading })),
      ],
    )
    const found = new Map(rows.map((row) => [`${row.host} ${row.guid}`, row]))
    waiting = waiting.filter((delivery) => {
      const row = found.get(`${delivery.host} ${readingKey({ guid: delivery.guid, reading })}`)
      if (!row) return false
      const [firstSeq, count] = [Number(row.first_seq), row.entries]
      newest.set(delivery, { delivery, reading, firstSeq, count })
      return true
    })
  }
  return [...newest.values()]
}

interface DeliveryRow {
  readonly host: string
  readonly guid: string
  readonly first_seq: string
  readonly entries: number
}

interface Stored {
  readonly entry: AuditEntry
  readonly isWhole: boolean
}

async function storedEntries(
  { pool }: Pool,
  seqs: readonly number[],
): Promise<Map<number, Stored>> {
  const leaves = await pool.query<{ seq: string; leaf: Buffer }>(
    'SELECT seq, leaf FROM log_entry WHERE seq = ANY($1::bigint[])',
    [seqs],
  )
  const openings = await pool.query<{ seq: string; openings: Buffer }>(
    'SELECT seq, openings FROM log_opening WHERE seq = ANY($1::bigint[])',
    [seqs],
  )
  const bySeq = groupBy(openings.rows, ({ seq }) => seq)
  return new Map(
    leaves.rows.map(({ seq, leaf: packed }) => {
      const leaf = parseLeaf(packed)
      const opened = (bySeq.get(seq) ?? []).flatMap((row) => parseOpenings(row.openings) ?? [])
      const texts = new Map(opened.map(({ pointer, value }) => [pointer, value]))
      const entry = openLeaf(Number(seq), leaf, texts)
      return [entry.seq, { entry, isWhole: countSealed(leaf) === texts.size }]
    }),
  )
}

function countSealed(value: Json | undefined): number {
  if (typeof value !== 'object' || value === null) return 0
  if (!Array.isArray(value) && typeof (value as JsonObject)['$sealed'] === 'string') return 1
  let count = 0
  for (const member of Object.values(value) as (Json | undefined)[]) count += countSealed(member)
  return count
}
