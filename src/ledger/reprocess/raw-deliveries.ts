import { hash } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'

import type { Delivery, JsonObject, SourceKind } from '../../core/domain/index.js'
import type { Database } from '../../platform/index.js'

/** A delivery that had a raw body, as the log knows it. */
export interface DeliveryRecord {
  readonly firstSeq: number
  readonly entries: number
  readonly host: string
  readonly guid: string
  readonly event: string
  readonly kind: SourceKind
  readonly installationId: number | undefined
  /** Milliseconds since 1970. */
  readonly receivedAt: number
  readonly bodySha256: Buffer
  readonly bodyBytes: number
}

/** Which deliveries are meant; all, where nothing is said. */
export interface Chosen {
  /** Received at or after: milliseconds since 1970. */
  readonly since?: number | undefined
  /** `X-GitHub-Event`. */
  readonly event?: string | undefined
}

/** Bodies in memory at a time, of which one alone may be 25 MB. */
const GROUP_BYTES = 8 * 1024 * 1024
const PAGE = 100

interface Row {
  readonly first_seq: string
  readonly entries: number
  readonly host: string
  readonly guid: string
  readonly event: string
  readonly kind: SourceKind
  readonly installation_id: string | null
  readonly received_at: Date
  readonly body_sha256: Buffer
  readonly body_bytes: number
}

/** Deliveries in the order of the log, as many at a time as their bodies allow. Those that come meanwhile are not among them. */
export async function* chosenDeliveries(
  { pool }: Pick<Database, 'pool'>,
  { since, event }: Chosen,
): AsyncGenerator<readonly DeliveryRecord[]> {
  const { rows: state } = await pool.query<{ size: string }>('SELECT size FROM log_state')
  const until = state[0]?.size
  for (let after = -1; ;) {
    const { rows } = await pool.query<Row>(
      `SELECT first_seq, entries, host, guid, event, kind, installation_id, received_at, body_sha256, body_bytes
       FROM delivery WHERE first_seq > $1 AND first_seq < $2 AND body_sha256 IS NOT NULL
         AND ($3::timestamptz IS NULL OR received_at >= $3) AND ($4::text IS NULL OR event = $4)
       ORDER BY first_seq LIMIT ${String(PAGE)}`,
      [after, until, since === undefined ? null : new Date(since), event ?? null],
    )
    const last = rows.at(-1)
    if (!last) return
    yield* groups(rows.map(recordOf))
    after = Number(last.first_seq)
  }
}

/** How many deliveries are meant. */
export async function countChosen(
  { pool }: Pick<Database, 'pool'>,
  { since, event }: Chosen,
): Promise<number> {
  const { rows } = await pool.query<{ count: string }>(
    `SELECT count(*) FROM delivery WHERE body_sha256 IS NOT NULL
       AND ($1::timestamptz IS NULL OR received_at >= $1) AND ($2::text IS NULL OR event = $2)`,
    [since === undefined ? null : new Date(since), event ?? null],
  )
  return Number(rows[0]?.count)
}

function recordOf(row: Row): DeliveryRecord {
  const { host, guid, event, kind, entries } = row
  return {
    ...{ host, guid, event, kind, entries },
    firstSeq: Number(row.first_seq),
    installationId: row.installation_id === null ? undefined : Number(row.installation_id),
    receivedAt: row.received_at.getTime(),
    bodySha256: row.body_sha256,
    bodyBytes: row.body_bytes,
  }
}

function* groups(records: readonly DeliveryRecord[]): Generator<DeliveryRecord[]> {
  let group: DeliveryRecord[] = []
  let bytes = 0
  for (const record of records) {
    if (group.length > 0 && bytes + record.bodyBytes > GROUP_BYTES) {
      yield group
      group = []
      bytes = 0
    }
    group.push(record)
    bytes += record.bodyBytes
  }
  if (group.length > 0) yield group
}

interface BodyRow {
  readonly first_seq: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** The deliveries of a group as they came, by their first entry: `damaged` where the body is not what was received. */
export async function rawDeliveries(
  { pool }: Pick<Database, 'pool'>,
  records: readonly DeliveryRecord[],
): Promise<ReadonlyMap<number, Delivery | 'damaged'>> {
  const { rows } = await pool.query<BodyRow>(
    'SELECT first_seq, headers, body FROM delivery_body WHERE first_seq = ANY($1::bigint[])',
    [records.map(({ firstSeq }) => firstSeq)],
  )
  const bySeq = new Map(rows.map((row) => [Number(row.first_seq), row]))
  return new Map(
    records.flatMap((record) => {
      const row = bySeq.get(record.firstSeq)
      return row ? [[record.firstSeq, deliveryOf(record, row)] as const] : []
    }),
  )
}

function deliveryOf(
  record: DeliveryRecord,
  { headers, body: deflated }: BodyRow,
): Delivery | 'damaged' {
  const { host, guid, event, kind, receivedAt } = record
  const body = inflated(deflated, record)
  const payload = body && objectIn(body)
  return payload ? { host, guid, event, kind, payload, body, headers, receivedAt } : 'damaged'
}

/** What was changed in the database must not become entries. */
function inflated(deflated: Buffer, { bodySha256, bodyBytes }: DeliveryRecord): Buffer | undefined {
  try {
    const body = inflateRawSync(deflated, { maxOutputLength: Math.max(1, bodyBytes) })
    return hash('sha256', body, 'buffer').equals(bodySha256) ? body : undefined
  } catch {
    return undefined
  }
}

function objectIn(body: Buffer): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? (value as JsonObject) : undefined
  } catch {
    return undefined
  }
}
