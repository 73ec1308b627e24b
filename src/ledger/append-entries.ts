import { groupBy, type Receipt } from '../core/domain/index.js'
import { decodeFrontier, type Frontier } from '../core/merkle/index.js'
import type { Database } from '../platform/index.js'
import { LedgerError } from './errors.js'
import {
  prepareDelivery,
  sealBatch,
  type AppendRequest,
  type PreparedDelivery,
  type SealedBatch,
} from './seal-batch.js'
import { sqlState, STALE_SIZE, UNIQUE_VIOLATION } from './sql-state.js'
import { SubjectDirectory } from './subjects.js'

/** Deliveries and bytes of compressed bodies in one transaction at most. */
const BATCH_DELIVERIES = 256
const BATCH_BYTES = 16 * 1024 * 1024

/** A receipt that also says whether a duplicate brought the same bytes: another body under a known GUID is odd. */
export interface AppendReceipt extends Receipt {
  readonly sameBody: boolean
}

interface Waiting {
  readonly delivery: PreparedDelivery
  readonly resolve: (receipt: AppendReceipt) => void
  readonly reject: (error: unknown) => void
}

type Query = Pick<Database['prisma'], '$queryRaw' | '$executeRaw'>

/**
 * The one way into the log. Deliveries that arrive while a transaction is under way share the next one (group
 * commit): fsync and round trips are the cost, never hashing.
 *
 * Usually a batch is built on the right edge that this process wrote last, and log_append refuses it if another
 * replica was faster or a delivery is already there; then it is built again under the lock of log_state.
 */
export class Appender {
  readonly #database: Database
  readonly #clock: () => number
  readonly #subjects: SubjectDirectory
  /** Owned by the flush that is under way. */
  #frontier: Frontier | undefined
  #waiting: Waiting[] = []
  #flushing: Promise<void> | undefined

  constructor(database: Database, clock: () => number) {
    this.#database = database
    this.#clock = clock
    this.#subjects = new SubjectDirectory(database)
  }

  /**
   * Appends a delivery's entries, once however often it comes.
   * @returns after the transaction committed
   * @throws LedgerError `unavailable`: nothing is known to be stored, the sender shall try again
   */
  append(request: AppendRequest): Promise<AppendReceipt> {
    if (request.drafts.length === 0) throw new RangeError('a delivery makes at least one entry')
    const delivery = prepareDelivery(request)
    return new Promise((resolve, reject) => {
      this.#waiting.push({ delivery, resolve, reject })
      this.#flushing ??= this.#flush()
    })
  }

  /** Waits until everything that was handed in is committed or refused. */
  async drain(): Promise<void> {
    await this.#flushing
  }

  async #flush(): Promise<void> {
    // One turn of the event loop, so that deliveries that arrived together are together.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#waiting.length > 0) await this.#commit(this.#take())
    this.#flushing = undefined
  }

  #take(): Waiting[] {
    let bytes = 0
    let count = 0
    for (const { delivery } of this.#waiting.slice(0, BATCH_DELIVERIES)) {
      bytes += delivery.deflated?.length ?? 0
      if (count > 0 && bytes > BATCH_BYTES) break
      count += 1
    }
    return this.#waiting.splice(0, count)
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.#learnSubjects(batch)
      const receipts =
        (await this.#appendOptimistically(batch)) ?? (await this.#appendLocked(batch))
      batch.forEach(({ delivery, resolve, reject }) => {
        const receipt = receipts.get(deliveryKey(delivery))
        if (receipt) resolve(withSameBody(receipt, delivery))
        else reject(new LedgerError('unavailable', 'the append gave no receipt for a delivery'))
      })
    } catch (error) {
      this.#frontier = undefined
      await this.#refuse(batch, error)
    }
  }

  /** A batch that the database refused is tried one by one, so that one delivery cannot take others with it. */
  async #refuse(batch: readonly Waiting[], error: unknown): Promise<void> {
    if (batch.length > 1 && sqlState(error) !== undefined) {
      for (const one of batch) await this.#commit([one])
      return
    }
    const message = 'the log could not be written; the delivery is not recorded, send it again'
    for (const { reject } of batch)
      reject(new LedgerError('unavailable', message, { cause: error }))
  }

  async #learnSubjects(batch: readonly Waiting[]): Promise<void> {
    const byHost = groupBy(batch, ({ delivery }) => delivery.request.delivery.host)
    for (const [host, group] of byHost) {
      const drafts = group.flatMap(({ delivery }) => delivery.request.drafts)
      await this.#subjects.learn(host, drafts, new Date(this.#clock()))
    }
  }

  async #appendOptimistically(batch: readonly Waiting[]): Promise<Receipts | undefined> {
    const base = this.#frontier
    const deliveries = batch.map(({ delivery }) => delivery)
    if (!base || hasRepeats(deliveries)) return undefined
    const sealed = sealBatch(deliveries, base, this.#subjects, this.#clock())
    try {
      await callLogAppend(this.#database.prisma, sealed)
    } catch (error) {
      const state = sqlState(error)
      if (state === STALE_SIZE || state === UNIQUE_VIOLATION) return undefined
      throw error
    }
    this.#frontier = sealed.frontier
    return receiptsOf(deliveries, sealed)
  }

  /** Takes the lock first, and so knows the size and which deliveries are already there. */
  async #appendLocked(batch: readonly Waiting[]): Promise<Receipts> {
    const { receipts, frontier } = await this.#database.prisma.$transaction(
      async (transaction) => {
        const base = await lockLog(transaction)
        const known = await findDeliveries(transaction, batch)
        const fresh = firstOfEach(batch.map(({ delivery }) => delivery)).filter(
          (delivery) => !known.has(deliveryKey(delivery)),
        )
        if (fresh.length === 0) return { receipts: known, frontier: base }
        const sealed = sealBatch(fresh, base, this.#subjects, this.#clock())
        await callLogAppend(transaction, sealed)
        const receipts = new Map([...known, ...receiptsOf(fresh, sealed)])
        return { receipts, frontier: sealed.frontier }
      },
      { timeout: 30_000, maxWait: 30_000 },
    )
    this.#frontier = frontier
    return receipts
  }
}

interface StoredReceipt extends Receipt {
  readonly bodySha256: Uint8Array | undefined
  /** The delivery that made the entries; others with its key are duplicates. */
  readonly by: PreparedDelivery | undefined
}
type Receipts = ReadonlyMap<string, StoredReceipt>

function withSameBody(stored: StoredReceipt, delivery: PreparedDelivery): AppendReceipt {
  const { firstSeq, entries, bodySha256, by } = stored
  const sameBody =
    Buffer.compare(bodySha256 ?? Buffer.of(), delivery.bodySha256 ?? Buffer.of()) === 0
  return { outcome: by === delivery ? 'recorded' : 'duplicate', firstSeq, entries, sameBody }
}

function receiptsOf(deliveries: readonly PreparedDelivery[], sealed: SealedBatch): Receipts {
  return new Map(
    deliveries.map((by, index) => {
      const firstSeq = sealed.firstSeqs[index] ?? sealed.expectedSize
      const entries = by.request.drafts.length
      return [
        deliveryKey(by),
        { outcome: 'recorded', firstSeq, entries, bodySha256: by.bodySha256, by },
      ]
    }),
  )
}

function deliveryKey({ request: { delivery } }: PreparedDelivery): string {
  return `${delivery.host} ${delivery.guid}`
}

function firstOfEach(deliveries: readonly PreparedDelivery[]): PreparedDelivery[] {
  return [
    ...new Map(deliveries.toReversed().map((one) => [deliveryKey(one), one])).values(),
  ].toReversed()
}

function hasRepeats(deliveries: readonly PreparedDelivery[]): boolean {
  return new Set(deliveries.map(deliveryKey)).size < deliveries.length
}

async function callLogAppend(query: Query, sealed: SealedBatch): Promise<void> {
  const [
    frontier,
    deliveries,
    bodies,
    entries,
    leaves,
    leafHashes,
    openings,
    openingBytes,
    nodes,
    nodeHashes,
  ] = sealed.arguments
  await query.$queryRaw`SELECT log_append(
    ${sealed.expectedSize}::bigint, ${sealed.frontier.size}::bigint, ${frontier}::bytea,
    ${deliveries}::json, ${bodies}::bytea, ${entries}::json, ${leaves}::bytea, ${leafHashes}::bytea,
    ${openings}::json, ${openingBytes}::bytea, ${nodes}::json, ${nodeHashes}::bytea)::text`
}

async function lockLog(query: Query): Promise<Frontier> {
  const [state] = await query.$queryRaw<{ size: bigint; frontier: Uint8Array }[]>`
    SELECT size, frontier FROM log_state FOR UPDATE`
  if (!state)
    throw new LedgerError('corrupt', 'log_state has no row: restore the database from a backup')
  return decodeFrontier(Number(state.size), state.frontier)
}

interface DeliveryRow {
  readonly host: string
  readonly guid: string
  readonly first_seq: bigint
  readonly entries: number
  readonly body_sha256: Uint8Array | null
}

async function findDeliveries(query: Query, batch: readonly Waiting[]): Promise<Receipts> {
  const keys = batch.map(({ delivery: { request } }) => ({
    host: request.delivery.host,
    guid: request.delivery.guid,
  }))
  const rows = await query.$queryRaw<DeliveryRow[]>`
    SELECT host, guid, first_seq, entries, body_sha256
    FROM delivery JOIN json_to_recordset(${JSON.stringify(keys)}::json) AS k(host text, guid text) USING (host, guid)`
  return new Map(
    rows.map((row) => [
      `${row.host} ${row.guid}`,
      {
        outcome: 'duplicate',
        firstSeq: Number(row.first_seq),
        entries: row.entries,
        bodySha256: row.body_sha256 ?? undefined,
        by: undefined,
      },
    ]),
  )
}
