import { appendLeaves, encodeFrontier, type Frontier } from '../core/merkle/index.js'
import type { SealedDelivery, SealedLeaf } from './seal-delivery.js'

/** What one transaction writes. */
export interface Batch {
  readonly frontier: Frontier
  /** Of each delivery the sequence number of its first entry. */
  readonly firstSeqs: readonly number[]
  /** The arguments of log_append, in its order. */
  readonly arguments: readonly unknown[]
}

/** Appends deliveries to a tree with this right edge: numbers the entries and lays the bytes end to end. */
export function buildBatch(deliveries: readonly SealedDelivery[], base: Frontier): Batch {
  const batch = new BatchWriter(base.size)
  const firstSeqs = deliveries.map((delivery) => batch.write(delivery))
  const { frontier, nodes } = appendLeaves(base, batch.leafHashes)
  return {
    frontier,
    firstSeqs,
    arguments: [
      base.size,
      frontier.size,
      encodeFrontier(frontier),
      JSON.stringify(batch.deliveries),
      batch.bodies.bytes(),
      JSON.stringify(batch.entries),
      batch.leaves.bytes(),
      Buffer.concat(batch.leafHashes),
      JSON.stringify(batch.openings),
      batch.openingBytes.bytes(),
      JSON.stringify(nodes.map(({ level, index }) => ({ level, index }))),
      Buffer.concat(nodes.map(({ hash }) => hash)),
    ],
  }
}

/** Byte strings laid end to end; positions count from 1, as SQL's substring does. */
class Concatenation {
  readonly #parts: Uint8Array[] = []
  #next = 1

  add(bytes: Uint8Array): number {
    const at = this.#next
    this.#parts.push(bytes)
    this.#next += bytes.length
    return at
  }

  bytes(): Buffer {
    return Buffer.concat(this.#parts, this.#next - 1)
  }
}

class BatchWriter {
  readonly deliveries: unknown[] = []
  readonly bodies = new Concatenation()
  readonly entries: unknown[] = []
  readonly leaves = new Concatenation()
  readonly leafHashes: Uint8Array[] = []
  readonly openings: unknown[] = []
  readonly openingBytes = new Concatenation()
  #seq: number

  constructor(size: number) {
    this.#seq = size
  }

  /** Adds a delivery and its entries; returns the sequence number of the first. */
  write(sealed: SealedDelivery): number {
    const firstSeq = this.#seq
    for (const leaf of sealed.leaves) this.#writeLeaf(leaf, firstSeq)
    this.#writeDelivery(sealed, firstSeq)
    return firstSeq
  }

  #writeLeaf({ bytes, hash, columns, openings }: SealedLeaf, delivery: number): void {
    const seq = this.#seq
    const leaf_at = this.leaves.add(bytes)
    this.leafHashes.push(hash)
    this.entries.push({ seq, leaf_at, leaf_length: bytes.length, delivery, ...columns })
    for (const { subject, bytes: opening, words } of openings) {
      const at = this.openingBytes.add(opening)
      this.openings.push({ seq, subject, at, length: opening.length, words })
    }
    this.#seq += 1
  }

  #writeDelivery(sealed: SealedDelivery, firstSeq: number): void {
    const { delivery, installationId, bodySha256, deflated, leaves } = sealed
    this.deliveries.push({
      first_seq: firstSeq,
      entries: leaves.length,
      host: delivery.host,
      guid: delivery.guid,
      kind: delivery.kind,
      event: delivery.event,
      installation_id: installationId,
      received_at: new Date(delivery.receivedAt).toISOString(),
      body_sha256: bodySha256?.toString('hex'),
      body_bytes: delivery.body.length,
      headers: delivery.headers,
      body_at: deflated && this.bodies.add(deflated),
      body_length: deflated?.length,
    })
  }
}
