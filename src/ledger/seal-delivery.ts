import { hash as digest, randomFillSync } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'

import type {
  Delivery,
  EntryDraft,
  EntrySource,
  JsonObject,
  Opening,
} from '../core/domain/index.js'
import { canonicalJson, groupBy, sealEntry, uuidV7 } from '../core/domain/index.js'
import { leafHash } from '../core/merkle/index.js'
import { fitLeaf } from './fit-leaf.js'
import { leafColumns, type LeafColumns } from './leaf-columns.js'
import { packLeaf } from './pack-leaf.js'
import { openingWords, type SubjectDirectory } from './subjects.js'

/** A delivery with what a normaliser made of it. `body` is empty for internal facts. */
export interface AppendRequest {
  readonly delivery: Delivery
  readonly drafts: readonly EntryDraft[]
}

/** An entry but for its place in the log: no leaf depends on its sequence number. */
export interface SealedLeaf {
  /** As log_entry keeps it; `hash` is that of the canonical JSON. */
  readonly bytes: Buffer
  readonly hash: Uint8Array
  readonly columns: LeafColumns
  readonly openings: readonly SealedOpenings[]
}

/** What opens an entry's commitments, of one person. */
export interface SealedOpenings {
  readonly subject: string
  readonly bytes: Buffer
  readonly words: string
}

/** Everything of a delivery that does not depend on where it lands: made once, however often its batch is built. */
export interface SealedDelivery {
  readonly delivery: Delivery
  readonly installationId: number | undefined
  readonly bodySha256: Buffer | undefined
  readonly deflated: Buffer | undefined
  readonly leaves: readonly SealedLeaf[]
}

/** Fastest level; the smaller hash table takes half the time to set up and finds as much. */
const DEFLATE = { level: 1, memLevel: 7, chunkSize: 4096 }

/** Seals the drafts and compresses the body. Every principal must be known to `subjects`. */
export function sealDelivery(
  { delivery, drafts }: AppendRequest,
  subjects: SubjectDirectory,
  now: number,
): SealedDelivery {
  const { body } = delivery
  const bodySha256 = body.length === 0 ? undefined : digest('sha256', body, 'buffer')
  const source = sourceOf(delivery, bodySha256)
  return {
    delivery,
    installationId: installationOf(delivery.payload),
    bodySha256,
    deflated: body.length === 0 ? undefined : deflateRawSync(body, DEFLATE),
    leaves: drafts.map((draft) => sealDraft(draft, { delivery, source, subjects, now })),
  }
}

interface Sealing {
  readonly delivery: Delivery
  readonly source: EntrySource
  readonly subjects: SubjectDirectory
  readonly now: number
}

function sealDraft(draft: EntryDraft, { delivery, source, subjects, now }: Sealing): SealedLeaf {
  const occurred_at = storableTime(draft.occurred_at, delivery.receivedAt)
  const recordedAt = new Date(now).toISOString()
  const { leaf, openings, bytes } = fitLeaf({ ...draft, occurred_at }, (fitting) =>
    sealEntry(fitting, {
      id: uuidV7(now, randomBytes(10)),
      recordedAt,
      source,
      subjectOf: (principal) => subjects.idOf(delivery.host, principal),
      salt: () => randomBytes(16).toString('base64url'),
    }),
  )
  const hash = leafHash(bytes)
  return { bytes: packLeaf(bytes), hash, columns: leafColumns(leaf), openings: bySubject(openings) }
}

function bySubject(openings: readonly Opening[]): SealedOpenings[] {
  const sealed: SealedOpenings[] = []
  for (const [subject, group] of groupBy(openings, (opening) => opening.subject)) {
    const words = openingWords(group.map(({ value }) => value))
    sealed.push({ subject, bytes: encodeOpenings(group), words })
  }
  return sealed
}

function sourceOf(delivery: Delivery, bodySha256: Buffer | undefined): EntrySource {
  return {
    system: delivery.kind === 'internal' ? 'hooktrail' : 'github',
    kind: delivery.kind,
    delivery_id: delivery.guid,
    event: delivery.event,
    raw_digest: bodySha256 && `sha256:${bodySha256.toString('hex')}`,
  }
}

/** The time in UTC with milliseconds; what is no time between the years 1 and 9999 becomes the time of arrival. */
export function storableTime(text: string, receivedAt: number): string {
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
