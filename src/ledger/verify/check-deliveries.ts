import { hash } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'

import type { Client } from 'pg'

import type { JsonObject } from '../../core/domain/index.js'
import type { SealedPlace } from './read-leaf.js'
import { copyRows, type BinaryRow } from './copy-rows.js'
import type { Range, RangeResult } from './range.js'
import type { Complain } from './report.js'

/** An entry as its delivery is compared with it. */
export interface BroughtEntry {
  /** What its leaf says of where it came from, and what is sealed in it; neither of a leaf that cannot be read. */
  readonly source: JsonObject | undefined
  readonly sealed: readonly SealedPlace[] | undefined
  /** The delivery that log_entry names. */
  readonly delivery: number
}

export interface DeliveryChecks {
  readonly deliveries: number
  readonly bodies: number
  readonly span: RangeResult['deliveries']
  /** Deliveries whose raw body is not there, although there was one. */
  readonly withoutBody: readonly number[]
}

interface DeliveryRow {
  readonly firstSeq: number
  readonly entries: number
  readonly guid: string
  readonly kind: string
  readonly event: string
  readonly digest: Buffer | null
  readonly bodyBytes: number
  readonly body: Buffer | null
}

/** Compares the deliveries that begin in a range, and their raw bodies, with the leaves that they brought. */
export async function checkDeliveries(
  client: Pick<Client, 'query'>,
  range: Range,
  entries: ReadonlyMap<number, BroughtEntry>,
  complain: Complain,
): Promise<DeliveryChecks> {
  const checks = new Checks(range, entries, complain)
  const within = `first_seq >= ${String(range.from)} AND first_seq < ${String(range.to)}`
  await copyRows(
    client,
    `SELECT first_seq, d.entries, guid, kind, event, body_sha256, body_bytes, body
     FROM (SELECT * FROM delivery WHERE ${within}) d
       FULL JOIN (SELECT * FROM delivery_body WHERE ${within}) b USING (first_seq) ORDER BY first_seq`,
    (row) => {
      checks.add(row)
    },
  )
  return checks
}

class Checks implements DeliveryChecks {
  deliveries = 0
  bodies = 0
  readonly withoutBody: number[] = []
  readonly #range: Range
  readonly #entries: ReadonlyMap<number, BroughtEntry>
  readonly #complain: Complain
  #first: number | undefined
  #end: number | undefined

  constructor(range: Range, entries: ReadonlyMap<number, BroughtEntry>, complain: Complain) {
    this.#range = range
    this.#entries = entries
    this.#complain = complain
  }

  get span(): RangeResult['deliveries'] {
    if (this.#first === undefined || this.#end === undefined) return undefined
    return { first: this.#first, end: this.#end }
  }

  add(row: BinaryRow): void {
    const delivery = deliveryOf(row)
    if (typeof delivery === 'object') {
      this.#check(delivery)
      return
    }
    const what = 'a raw body belongs to no delivery'
    this.#complain({ seq: delivery, where: 'delivery_body', what })
  }

  #check(row: DeliveryRow): void {
    const { firstSeq } = row
    this.deliveries += 1
    const expected = this.#end ?? firstSeq
    if (firstSeq !== expected) {
      const what = notEndToEnd(expected, firstSeq)
      this.#complain({ seq: Math.min(firstSeq, expected), where: 'delivery', what })
    }
    this.#first ??= firstSeq
    this.#end = firstSeq + row.entries
    this.#checkEntries(row)
    this.#checkSource(row)
    this.#checkBody(row)
  }

  #checkEntries({ firstSeq, entries }: DeliveryRow): void {
    const end = Math.min(firstSeq + entries, this.#range.to)
    for (let seq = firstSeq; seq < end; seq += 1) {
      const entry = this.#entries.get(seq)
      if (!entry || entry.delivery === firstSeq) continue
      const what = 'column delivery does not name the delivery that brought it'
      this.#complain({ seq, where: 'log_entry', what })
    }
  }

  #checkSource({ firstSeq, guid, kind, event, digest }: DeliveryRow): void {
    const source = this.#entries.get(firstSeq)?.source
    if (!source) return
    const expected = digest ? `sha256:${digest.toString('hex')}` : null
    this.#compare(firstSeq, 'the GUID', source['delivery_id'] === guid)
    this.#compare(firstSeq, 'the kind', source['kind'] === kind)
    this.#compare(firstSeq, 'the event', source['event'] === event)
    const digests = (source['raw_digest'] ?? null) === expected
    this.#compare(firstSeq, 'the digest of the body', digests)
  }

  #compare(seq: number, name: string, isSame: boolean): void {
    if (!isSame) this.#complain({ seq, where: 'delivery', what: `${name} differs from the leaf` })
  }

  #checkBody({ firstSeq, digest, bodyBytes, body }: DeliveryRow): void {
    if (!body) {
      if (digest) this.withoutBody.push(firstSeq)
      return
    }
    this.bodies += 1
    const inflated = inflate(body)
    if (!inflated || !digest || hash('sha256', inflated, 'binary') !== digest.toString('binary')) {
      const what = 'the raw body does not have the digest in the leaf'
      this.#complain({ seq: firstSeq, where: 'delivery_body', what })
    } else if (inflated.length !== bodyBytes) {
      const what = 'the length of the raw body is not the one that is stored'
      this.#complain({ seq: firstSeq, where: 'delivery', what })
    }
  }
}

/** The delivery that a row holds; where there is only a raw body, the number that it is filed under. */
function deliveryOf(row: BinaryRow): DeliveryRow | number {
  const [seq, entries, guid, kind, event, digest = null, bodyBytes, body = null] = row
  const firstSeq = Number(seq?.readBigInt64BE())
  if (!entries || !guid || !kind || !event || !bodyBytes) return firstSeq
  return {
    firstSeq,
    entries: entries.readInt32BE(),
    guid: guid.toString('utf8'),
    kind: kind.toString('utf8'),
    event: event.toString('utf8'),
    digest,
    bodyBytes: bodyBytes.readInt32BE(),
    body,
  }
}

export function notEndToEnd(expected: number, found: number): string {
  return `entries ${String(expected)} and ${String(found)} are not brought by one delivery each`
}

/** `undefined` if the bytes are not deflate any more, or not only that. */
function inflate(body: Buffer): Buffer | undefined {
  try {
    const { buffer, engine } = inflateRawSync(body, { info: true }) as unknown as Inflated
    return engine.bytesWritten === body.length ? buffer : undefined
  } catch {
    return undefined
  }
}

interface Inflated {
  readonly buffer: Buffer
  readonly engine: { readonly bytesWritten: number }
}
