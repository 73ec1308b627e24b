import { groupBy, type Receipt } from '../core/domain/index.js'
import type { Frontier } from '../core/merkle/index.js'
import type { Database } from '../platform/index.js'
import { buildBatch, type Batch } from './build-batch.js'
import { LedgerError } from './errors.js'
import { callLogAppend, inTransaction, lockLog, type Connection } from './log-connection.js'
import { sealDelivery, type AppendRequest, type SealedDelivery } from './seal-delivery.js'
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
  readonly request: AppendRequest
  sealed: SealedDelivery
  /** Erasures that were known when it was sealed. */
  erasures: number
  readonly resolve: (receipt: AppendReceipt) => void
  readonly reject: (error: unknown) => void
}

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
  /** Erasures in the log when this process last looked: after another, what it remembers of people may be gone. */
  #erasures = 0
  #waiting: Waiting[] = []
  #flushing: Promise<void> | undefined
  /** Appends that were handed in and have no receipt yet. */
  readonly #pending = new Set<Promise<unknown>>()

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
    const appended = this.#append(request)
    this.#pending.add(appended)
    const done = (): void => void this.#pending.delete(appended)
    appended.then(done, done)
    return appended
  }

  /** Waits until everything that was handed in is committed or refused. */
  async drain(): Promise<void> {
    await Promise.allSettled(this.#pending)
  }

  async #append(request: AppendRequest): Promise<AppendReceipt> {
    const erasures = this.#erasures
    const sealed = await this.#seal(request)
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, sealed, erasures, resolve, reject })
      this.#flushing ??= this.#flush()
    })
  }

  async #seal({ delivery, drafts }: AppendRequest): Promise<SealedDelivery> {
    const now = this.#clock()
    try {
      const names = delivery.kind === 'reprocess' ? 'older' : 'newest'
      await this.#subjects.learn(delivery.host, drafts, new Date(now), names)
    } catch (error) {
      throw unavailable(error)
    }
    return sealDelivery({ delivery, drafts }, this.#subjects, now)
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
    for (const { sealed } of this.#waiting.slice(0, BATCH_DELIVERIES)) {
      bytes += sealed.deflated?.length ?? 0
      if (count > 0 && bytes > BATCH_BYTES) break
      count += 1
    }
    return this.#waiting.splice(0, count)
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.#sealAnew(batch)
      const deliveries = batch.map(({ sealed }) => sealed)
      const receipts =
        (await this.#appendOptimistically(deliveries)) ?? (await this.#appendLocked(deliveries))
      if (receipts === 'erased meanwhile') {
        await this.#commit(batch)
        return
      }
      for (const { sealed, resolve, reject } of batch) {
        const receipt = receipts.get(keyOf(sealed))
        if (receipt) resolve(withSameBody(receipt, sealed))
        else reject(new LedgerError('unavailable', 'the append gave no receipt for a delivery'))
      }
    } catch (error) {
      this.#frontier = undefined
      await this.#refuse(batch, error)
    }
  }

  /** What was sealed before somebody was erased may name that person by the random id that is gone. */
  async #sealAnew(batch: readonly Waiting[]): Promise<void> {
    for (const waiting of batch) {
      if (waiting.erasures === this.#erasures) continue
      const erasures = this.#erasures
      waiting.sealed = await this.#seal(waiting.request)
      waiting.erasures = erasures
    }
  }

  /** A batch that the database refused is tried one by one, so that one delivery cannot take others with it. */
  async #refuse(batch: readonly Waiting[], error: unknown): Promise<void> {
    if (batch.length > 1 && sqlState(error) !== undefined) {
      for (const one of batch) await this.#commit([one])
      return
    }
    for (const { reject } of batch) reject(unavailable(error))
  }

  async #appendOptimistically(
    deliveries: readonly SealedDelivery[],
  ): Promise<Receipts | undefined> {
    const base = this.#frontier
    if (!base || hasRepeats(deliveries)) return undefined
    const batch = buildBatch(deliveries, base)
    try {
      await callLogAppend(this.#database.pool, batch)
    } catch (error) {
      const state = sqlState(error)
      if (state === STALE_SIZE || state === UNIQUE_VIOLATION) return undefined
      throw error
    }
    this.#frontier = batch.frontier
    return receiptsOf(deliveries, batch)
  }

  /** Takes the lock first, and so knows the size and which deliveries are already there. */
  async #appendLocked(
    deliveries: readonly SealedDelivery[],
  ): Promise<Receipts | 'erased meanwhile'> {
    const done = await inTransaction(this.#database, async (connection) => {
      const base = await lockLog(connection)
      // An erasure is an entry: no append after it can take the optimistic way before it was here.
      const erasures = await countErasures(connection)
      if (erasures !== this.#erasures) return { erasures }
      const known = await findDeliveries(connection, deliveries)
      const fresh = firstOfEach(deliveries).filter((sealed) => !known.has(keyOf(sealed)))
      if (fresh.length === 0) return { receipts: known, frontier: base }
      const batch = buildBatch(fresh, base)
      await callLogAppend(connection, batch)
      const receipts = new Map([...known, ...receiptsOf(fresh, batch)])
      return { receipts, frontier: batch.frontier }
    })
    if ('erasures' in done) {
      this.#subjects.forget()
      this.#erasures = done.erasures
      return 'erased meanwhile'
    }
    this.#frontier = done.frontier
    return done.receipts
  }
}

interface StoredReceipt extends Receipt {
  readonly bodySha256: Uint8Array | undefined
  /** The delivery that made the entries; others with its key are duplicates. */
  readonly by: SealedDelivery | undefined
}
type Receipts = ReadonlyMap<string, StoredReceipt>

function unavailable(cause: unknown): LedgerError {
  const message = 'the log could not be written; the delivery is not recorded, send it again'
  return new LedgerError('unavailable', message, { cause })
}

function withSameBody(stored: StoredReceipt, sealed: SealedDelivery): AppendReceipt {
  const { firstSeq, entries, bodySha256, by } = stored
  const sameBody = Buffer.compare(bodySha256 ?? Buffer.of(), sealed.bodySha256 ?? Buffer.of()) === 0
  return { outcome: by === sealed ? 'recorded' : 'duplicate', firstSeq, entries, sameBody }
}

function receiptsOf(deliveries: readonly SealedDelivery[], { firstSeqs }: Batch): Receipts {
  return new Map(
    deliveries.map((by, index) => [
      keyOf(by),
      {
        outcome: 'recorded',
        firstSeq: firstSeqs[index] ?? 0,
        entries: by.leaves.length,
        bodySha256: by.bodySha256,
        by,
      },
    ]),
  )
}

function keyOf({ delivery }: SealedDelivery): string {
  return `${delivery.host} ${delivery.guid}`
}

function firstOfEach(deliveries: readonly SealedDelivery[]): SealedDelivery[] {
  return [...groupBy(deliveries, keyOf).values()].flatMap((same) => same.slice(0, 1))
}

function hasRepeats(deliveries: readonly SealedDelivery[]): boolean {
  return new Set(deliveries.map(keyOf)).size < deliveries.length
}

async function countErasures(connection: Connection): Promise<number> {
  const { rows } = await connection.query<{ count: string }>('SELECT count(*) FROM erasure')
  return Number(rows[0]?.count)
}

interface DeliveryRow {
  readonly host: string
  readonly guid: string
  readonly first_seq: string
  readonly entries: number
  readonly body_sha256: Buffer | null
}

async function findDeliveries(
  connection: Connection,
  deliveries: readonly SealedDelivery[],
): Promise<Receipts> {
  const keys = deliveries.map(({ delivery: { host, guid } }) => ({ host, guid }))
  const { rows } = await connection.query<DeliveryRow>(
    `SELECT host, guid, first_seq, entries, body_sha256
     FROM delivery JOIN json_to_recordset($1::json) AS k(host text, guid text) USING (host, guid)`,
    [JSON.stringify(keys)],
  )
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
