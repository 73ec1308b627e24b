import { setTimeout as pause } from 'node:timers/promises'

import type { AuditEntry } from '../../core/domain/index.js'
import type { Query } from '../../core/search/index.js'
import type { Database } from '../../platform/index.js'
import { entriesAfter, logSize } from './search-entries.js'

/** Milliseconds that a new entry may stay unseen. */
const POLL = 250
/** Milliseconds without anything to tell, after which that is told. */
const SILENCE = 15_000
/** Followers that read at once: appends need connections of the same pool. */
const READERS = 4

interface FollowRequest {
  readonly query: Query
  /** The number behind which is begun; -1 for all. */
  readonly after: number
  /** Entries in one batch at most. */
  readonly limit: number
  /** Ends it. */
  readonly signal: AbortSignal
  /** Asked before each look. Throws when no more may be handed out. */
  readonly check: () => Promise<void>
}

/** What one look found, in the order of the log; nothing where nothing was meant, or nothing happened. */
export interface FollowedBatch {
  readonly entries: readonly AuditEntry[]
  /** Up to this number was looked. */
  readonly upTo: number
}

interface Waiting {
  readonly size: number
  readonly wake: () => void
}

/**
 * Follows the log for any number of listeners: one look at its size for all of them, and a few reads at a time, so that an
 * append neither notifies nor waits for anybody.
 */
export class LogFollower {
  readonly #database: Database
  readonly #waiting = new Set<Waiting>()
  #watching = false
  #reading = 0
  readonly #queue: (() => void)[] = []

  constructor(database: Database) {
    this.#database = database
  }

  /**
   * Entries that a query means, each once, until the signal. The next look is taken when the last batch was.
   * @throws SearchError `search.words`, `search.timeout`; LedgerError `unavailable`, of the first look
   */
  async follow(request: FollowRequest): Promise<AsyncGenerator<FollowedBatch>> {
    const first = await this.#look(request, request.after)
    return this.#batches(request, first)
  }

  async *#batches(request: FollowRequest, first: FollowedBatch): AsyncGenerator<FollowedBatch> {
    const { signal, limit, check } = request
    for (let batch = first; ;) {
      yield batch
      if (batch.entries.length < limit) await this.#untilLonger(batch.upTo + 1, signal)
      if (signal.aborted) return
      await check()
      batch = await this.#look(request, batch.upTo)
    }
  }

  async #look({ query, limit }: FollowRequest, after: number): Promise<FollowedBatch> {
    await this.#turn()
    try {
      return await entriesAfter(this.#database, after, query, limit)
    } finally {
      this.#reading -= 1
      this.#queue.shift()?.()
    }
  }

  async #turn(): Promise<void> {
    while (this.#reading >= READERS) {
      await new Promise<void>((resolve) => this.#queue.push(resolve))
    }
    this.#reading += 1
  }

  /** Until the log has more entries, the silence was long enough, or nobody listens. */
  #untilLonger(size: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', wake)
        this.#waiting.delete(one)
        resolve()
      }
      const one: Waiting = { size, wake }
      const timer = setTimeout(wake, SILENCE)
      if (signal.aborted) {
        wake()
        return
      }
      signal.addEventListener('abort', wake)
      this.#waiting.add(one)
      void this.#watch()
    })
  }

  async #watch(): Promise<void> {
    if (this.#watching) return
    this.#watching = true
    while (this.#waiting.size > 0) {
      const size = await this.#size()
      for (const one of [...this.#waiting]) if (size > one.size) one.wake()
      if (this.#waiting.size > 0) await pause(POLL)
    }
    this.#watching = false
  }

  /** Where it cannot be had, everybody looks and hears why. */
  async #size(): Promise<number> {
    try {
      return await logSize(this.#database)
    } catch {
      return Infinity
    }
  }
}
