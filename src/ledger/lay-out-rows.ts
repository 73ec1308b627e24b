import type { LeafColumns } from './leaf-columns.js'
import { encodeRows, type RowType } from './row-array.js'
import type { SealedDelivery, SealedLeaf } from './seal-delivery.js'

/** The rows of a batch, without the tree's. */
export interface LaidOutRows {
  /** Of each delivery the sequence number of its first entry. */
  readonly firstSeqs: readonly number[]
  /** In the order of the entries. */
  readonly leafHashes: readonly Uint8Array[]
  /** Deliveries, bodies, entries and openings, as log_append takes them. */
  readonly encoded: readonly Buffer[]
}

/** Numbers the entries of deliveries from `size` on, and lays out their rows. */
export function layOutRows(deliveries: readonly SealedDelivery[], size: number): LaidOutRows {
  const rows = new BatchRows(size)
  return {
    firstSeqs: deliveries.map((delivery) => rows.add(delivery)),
    leafHashes: rows.entries.map(({ leaf_hash }) => leaf_hash),
    encoded: [
      encodeRows(DELIVERY, rows.deliveries),
      encodeRows(BODY, rows.bodies),
      encodeRows(ENTRY, rows.entries),
      encodeRows(OPENING, rows.openings),
    ],
  }
}

interface DeliveryRow {
  readonly first_seq: number
  readonly entries: number
  readonly host: string
  readonly guid: string
  readonly kind: string
  readonly event: string
  readonly installation_id: number | undefined
  readonly received_at: string
  readonly body_sha256: Uint8Array | undefined
  readonly body_bytes: number
}

interface BodyRow {
  readonly first_seq: number
  readonly received_at: string
  readonly headers: string
  readonly body: Uint8Array
}

interface EntryRow extends LeafColumns {
  readonly seq: number
  readonly leaf: Uint8Array
  readonly leaf_hash: Uint8Array
  readonly delivery: number
}

interface OpeningRow {
  readonly seq: number
  readonly subject: string
  readonly openings: Uint8Array
  readonly words: string
}

// The types new_… of the migration, member for member.

const DELIVERY: RowType<DeliveryRow> = [
  ['first_seq', 'int8'],
  ['entries', 'int4'],
  ['host', 'text'],
  ['guid', 'text'],
  ['kind', 'text'],
  ['event', 'text'],
  ['installation_id', 'int8'],
  ['received_at', 'timestamptz'],
  ['body_sha256', 'bytea'],
  ['body_bytes', 'int4'],
]

const BODY: RowType<BodyRow> = [
  ['first_seq', 'int8'],
  ['received_at', 'timestamptz'],
  ['headers', 'jsonb'],
  ['body', 'bytea'],
]

const ENTRY: RowType<EntryRow> = [
  ['seq', 'int8'],
  ['id', 'uuid'],
  ['leaf', 'bytea'],
  ['leaf_hash', 'bytea'],
  ['delivery', 'int8'],
  ['occurred_at', 'timestamptz'],
  ['recorded_at', 'timestamptz'],
  ['action', 'text'],
  ['category', 'text'],
  ['operation', 'text'],
  ['outcome', 'text'],
  ['severity', 'int2'],
  ['actor_type', 'text'],
  ['actor', 'uuid'],
  ['via', 'uuid'],
  ['host', 'text'],
  ['account', 'text'],
  ['repo_id', 'int8'],
  ['repo', 'text'],
  ['workflow', 'text'],
  ['job', 'text'],
  ['run_id', 'int8'],
  ['run_attempt', 'int4'],
  ['head_sha', 'text'],
  ['ref', 'text'],
  ['environment', 'text'],
  ['source', 'text'],
  ['event', 'text'],
  ['correlation_id', 'text'],
  ['flags', 'textArray'],
  ['words', 'text'],
]

const OPENING: RowType<OpeningRow> = [
  ['seq', 'int8'],
  ['subject', 'uuid'],
  ['openings', 'bytea'],
  ['words', 'text'],
]

class BatchRows {
  readonly deliveries: DeliveryRow[] = []
  readonly bodies: BodyRow[] = []
  readonly entries: EntryRow[] = []
  readonly openings: OpeningRow[] = []
  #seq: number

  constructor(size: number) {
    this.#seq = size
  }

  /** Adds a delivery and its entries; returns the sequence number of the first. */
  add(sealed: SealedDelivery): number {
    const firstSeq = this.#seq
    for (const leaf of sealed.leaves) this.#addLeaf(leaf, firstSeq)
    this.#addDelivery(sealed, firstSeq)
    return firstSeq
  }

  #addLeaf({ bytes, hash, columns, openings }: SealedLeaf, delivery: number): void {
    const seq = this.#seq
    this.entries.push({ ...columns, seq, leaf: bytes, leaf_hash: hash, delivery })
    for (const { subject, bytes: opening, words } of openings) {
      this.openings.push({ seq, subject, openings: opening, words })
    }
    this.#seq += 1
  }

  #addDelivery(sealed: SealedDelivery, first_seq: number): void {
    const { delivery, installationId, bodySha256, deflated, leaves } = sealed
    const { host, guid, kind, event, headers, body } = delivery
    const received_at = new Date(delivery.receivedAt).toISOString()
    this.deliveries.push({
      ...{ first_seq, entries: leaves.length, host, guid, kind, event, received_at },
      ...{ installation_id: installationId, body_sha256: bodySha256, body_bytes: body.length },
    })
    if (!deflated) return
    this.bodies.push({ first_seq, received_at, headers: JSON.stringify(headers), body: deflated })
  }
}
