import { createHash, randomFillSync } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'

import type {
  Delivery,
  EntryDraft,
  EntrySource,
  JsonObject,
  Opening,
} from '../core/domain/index.js'
import { canonicalJson, groupBy, sealEntry, uuidV7 } from '../core/domain/index.js'
import { appendLeaves, encodeFrontier, leafHash, type Frontier } from '../core/merkle/index.js'
import { fitLeaf } from './fit-leaf.js'
import { leafColumns } from './leaf-columns.js'
import { openingWords, type SubjectDirectory } from './subjects.js'

/** A delivery with what a normaliser made of it. `body` is empty for internal facts. */
export interface AppendRequest {
  readonly delivery: Delivery
  readonly drafts: readonly EntryDraft[]
}

/** Everything that does not depend on where in the log the delivery lands. */
export interface PreparedDelivery {
  readonly request: AppendRequest
  readonly bodySha256: Buffer | undefined
  readonly deflated: Buffer | undefined
}

/** The arguments of log_append, in its order after the sizes. */
export interface SealedBatch {
  readonly expectedSize: number
  readonly frontier: Frontier
  readonly firstSeqs: readonly number[]
  readonly arguments: readonly [
    newFrontier: Uint8Array,
    deliveries: string,
    bodies: Uint8Array,
    entries: string,
    leaves: Uint8Array,
    leafHashes: Uint8Array,
    openings: string,
    openingBytes: Uint8Array,
    nodes: string,
    nodeHashes: Uint8Array,
  ]
}

/** Hashes and compresses a body once, however often its batch is built again. */
export function prepareDelivery(request: AppendRequest): PreparedDelivery {
  const { body } = request.delivery
  if (body.length === 0) return { request, bodySha256: undefined, deflated: undefined }
  return {
    request,
    bodySha256: createHash('sha256').update(body).digest(),
    deflated: deflateRawSync(body, { level: 1 }),
  }
}

/** Builds what one transaction writes: the entries of these deliveries, appended to a tree with this right edge. */
export function sealBatch(
  deliveries: readonly PreparedDelivery[],
  base: Frontier,
  subjects: SubjectDirectory,
  now: number,
): SealedBatch {
  const batch = new BatchWriter(base.size, now, subjects)
  const firstSeqs = deliveries.map((delivery) => batch.write(delivery))
  const { frontier, nodes } = appendLeaves(base, batch.leafHashes)
  return {
    expectedSize: base.size,
    frontier,
    firstSeqs,
    arguments: [
      encodeFrontier(frontier),
      JSON.stringify(batch.deliveries),
      Buffer.concat(batch.bodies.parts),
      JSON.stringify(batch.entries),
      Buffer.concat(batch.leaves.parts),
      Buffer.concat(batch.leafHashes),
      JSON.stringify(batch.openings),
      Buffer.concat(batch.openingBytes.parts),
      JSON.stringify(nodes.map(({ level, index }) => ({ level, index }))),
      Buffer.concat(nodes.map(({ hash }) => hash)),
    ],
  }
}

/** Byte strings laid end to end; positions count from 1, as SQL's substring does. */
class Concatenation {
  readonly parts: Uint8Array[] = []
  #next = 1

  add(bytes: Uint8Array): number {
    const at = this.#next
    this.parts.push(bytes)
    this.#next += bytes.length
    return at
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
  readonly #now: number
  readonly #subjects: SubjectDirectory
  #seq: number

  constructor(size: number, now: number, subjects: SubjectDirectory) {
    this.#seq = size
    this.#now = now
    this.#subjects = subjects
  }

  /** Adds a delivery and its entries; returns the sequence number of the first. */
  write(prepared: PreparedDelivery): number {
    const { delivery, drafts } = prepared.request
    const firstSeq = this.#seq
    const source = sourceOf(prepared)
    for (const draft of drafts) {
      const occurred_at = storableTime(draft.occurred_at, delivery.receivedAt)
      this.#writeEntry({ ...draft, occurred_at }, delivery.host, source, firstSeq)
    }
    this.#writeDelivery(prepared, firstSeq)
    return firstSeq
  }

  #writeEntry(draft: EntryDraft, host: string, source: EntrySource, delivery: number): void {
    const { leaf, openings, bytes } = fitLeaf(draft, (fitting) =>
      sealEntry(fitting, {
        id: uuidV7(this.#now, randomBytes(10)),
        recordedAt: new Date(this.#now).toISOString(),
        source,
        subjectOf: (principal) => this.#subjects.idOf(host, principal),
        salt: () => randomBytes(16).toString('base64url'),
      }),
    )
    const leafAt = this.leaves.add(bytes)
    this.leafHashes.push(leafHash(bytes))
    this.entries.push({
      seq: this.#seq,
      leaf_at: leafAt,
      leaf_length: bytes.length,
      delivery,
      ...leafColumns(leaf),
    })
    this.#writeOpenings(openings)
    this.#seq += 1
  }

  #writeOpenings(openings: readonly Opening[]): void {
    const bySubject = groupBy(openings, ({ subject }) => subject)
    for (const [subject, group] of bySubject) {
      const bytes = encodeOpenings(group)
      const at = this.openingBytes.add(bytes)
      const words = openingWords(group.map(({ value }) => value))
      this.openings.push({ seq: this.#seq, subject, at, length: bytes.length, words })
    }
  }

  #writeDelivery({ request, bodySha256, deflated }: PreparedDelivery, firstSeq: number): void {
    const { delivery, drafts } = request
    this.deliveries.push({
      first_seq: firstSeq,
      entries: drafts.length,
      host: delivery.host,
      guid: delivery.guid,
      kind: delivery.kind,
      event: delivery.event,
      installation_id: installationOf(delivery.payload),
      received_at: new Date(delivery.receivedAt).toISOString(),
      body_sha256: bodySha256?.toString('hex'),
      body_bytes: delivery.body.length,
      headers: delivery.headers,
      body_at: deflated && this.bodies.add(deflated),
      body_length: deflated?.length,
    })
  }
}

function sourceOf({ request: { delivery }, bodySha256 }: PreparedDelivery): EntrySource {
  return {
    system: delivery.kind === 'internal' ? 'hooktrail' : 'github',
    kind: delivery.kind,
    delivery_id: delivery.guid,
    event: delivery.event,
    raw_digest: bodySha256 && `sha256:${bodySha256.toString('hex')}`,
  }
}

/** The time in UTC with milliseconds; what is no time between the years 1 and 9999 becomes the time of arrival. */
function storableTime(text: string, receivedAt: number): string {
  const time = new Date(text)
  const year = time.getUTCFullYear()
  return year >= 1 && year <= 9999 ? time.toISOString() : new Date(receivedAt).toISOString()
}

/** `[[pointer, salt, value], …]` in UTF-8: what one person's row in log_opening holds. */
function encodeOpenings(openings: readonly Opening[]): Buffer {
  return Buffer.from(
    canonicalJson(openings.map(({ pointer, salt, value }) => [pointer, salt, value])),
  )
}

function installationOf(payload: JsonObject): number | undefined {
  const installation = payload['installation']
  if (typeof installation !== 'object' || installation === null || !('id' in installation)) return
  return Number.isSafeInteger(installation.id) ? Number(installation.id) : undefined
}

const POOL_BYTES = 16_384
const pool = Buffer.allocUnsafe(POOL_BYTES)
let poolAt = POOL_BYTES

/** Random bytes from a pool: asking the system for 16 bytes at a time costs more than hashing them. */
function randomBytes(length: number): Buffer {
  if (poolAt + length > POOL_BYTES) {
    randomFillSync(pool)
    poolAt = 0
  }
  const bytes = Buffer.from(pool.subarray(poolAt, poolAt + length))
  poolAt += length
  return bytes
}
