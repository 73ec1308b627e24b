import type { Database } from '../../platform/index.js'
import { lastCosignature, storeCosignature, witnessId } from './cosignatures.js'
import {
  pushCheckpoint,
  type PostToWitness,
  type PushResult,
  type Witness,
} from './push-checkpoint.js'
import { publishedSize } from './read-checkpoint.js'
import { tileReader, type Connection } from './read-tiles.js'

/** After a failure a witness is left alone for so long, in ms. */
const PAUSE_MS = 30_000
/** A log that does not grow is cosigned again after so long, in ms, so that its last cosignature is never an hour old. */
const RENEW_MS = 55 * 60_000
/** So many failures one after the other are told: a single request that is lost is nothing to wake anybody for. */
const FAILURES_TOLD = 2

/** A witness began to fail, or answers again. */
export interface WitnessChange {
  /** Its name and key id. */
  readonly witness: string
  readonly url: string
  /** Absent when it is well again. */
  readonly reason: string | undefined
  /** What it had cosigned before it failed, in seconds since 1970; 0 for nothing. The same outage in every process. */
  readonly lastTime: number
}

export interface WitnessesOptions {
  readonly database: Pick<Database, 'pool'>
  readonly witnesses: readonly Witness[]
  readonly post: PostToWitness
  readonly clock: () => number
  readonly onChange: (change: WitnessChange) => Promise<void>
  /** Told of what went wrong here and not at a witness, such as the database being away. */
  readonly onError: (error: unknown) => void
}

interface State {
  readonly witness: Witness
  busy: boolean
  /** Milliseconds since 1970. */
  notBefore: number
  /** Of what was cosigned last, and until when that is fresh; in this process. */
  cosigned: { readonly size: number; readonly until: number } | undefined
  failures: number
}

/** Brings each new checkpoint to every witness, each at its own pace; none of them ever holds up an append or another. */
export class Witnesses {
  readonly #options: WitnessesOptions
  readonly #states: readonly State[]

  constructor(options: WitnessesOptions) {
    this.#options = options
    this.#states = options.witnesses.map((witness) => ({
      witness,
      busy: false,
      notBefore: 0,
      cosigned: undefined,
      failures: 0,
    }))
  }

  /** Pushes the newest checkpoint to all that are ready for it. Resolves when each has answered or failed; never rejects. */
  async push(): Promise<void> {
    await Promise.all(this.#states.map((state) => this.#attempt(state)))
  }

  async #attempt(state: State): Promise<void> {
    if (state.busy || this.#options.clock() < state.notBefore) return
    state.busy = true
    try {
      await this.#pushTo(state)
    } catch (error) {
      state.notBefore = this.#options.clock() + PAUSE_MS
      this.#options.onError(error)
    } finally {
      state.busy = false
    }
  }

  async #pushTo(state: State): Promise<void> {
    const { database, clock, post } = this.#options
    const { pool } = database
    const newest = await readNewestNote(pool)
    if (!newest || this.#isFresh(state, newest.size)) return
    const last = await lastCosignature(pool, state.witness.key)
    const result = await pushCheckpoint({
      witness: state.witness,
      note: newest.note,
      cosignedSize: last?.size ?? 0,
      readTiles: tileReader(pool),
      post,
      now: clock(),
    })
    // Another replica has brought it a newer checkpoint meanwhile: nothing is wrong.
    if (result.outcome === 'ahead' && result.size <= (await publishedSize(pool))) return
    await this.#take(state, { size: newest.size, lastTime: last?.time ?? 0, result })
  }

  #isFresh({ cosigned }: State, size: number): boolean {
    return cosigned?.size === size && this.#options.clock() < cosigned.until
  }

  async #take(
    state: State,
    { size, lastTime, result }: { size: number; lastTime: number; result: PushResult },
  ): Promise<void> {
    const { database, clock } = this.#options
    if (result.outcome !== 'cosigned') {
      state.notBefore = clock() + PAUSE_MS
      state.failures += 1
      if (state.failures === FAILURES_TOLD) await this.#tell(state, lastTime, reasonOf(result))
      return
    }
    await storeCosignature(database.pool, state.witness.key, { size, ...result })
    // The first success of a process may end what another one saw begin.
    const isRecovery = state.cosigned === undefined || state.failures >= FAILURES_TOLD
    state.failures = 0
    state.cosigned = { size, until: clock() + RENEW_MS }
    if (isRecovery) await this.#tell(state, lastTime, undefined)
  }

  async #tell({ witness }: State, lastTime: number, reason: string | undefined): Promise<void> {
    const { key, url } = witness
    await this.#options.onChange({ witness: witnessId(key), url, reason, lastTime })
  }
}

function reasonOf(result: Exclude<PushResult, { outcome: 'cosigned' }>): string {
  if (result.outcome === 'failed') return result.reason
  return `says that it cosigned ${String(result.size)} entries, more than this log has`
}

/** The empty tree needs no witness. */
async function readNewestNote(
  connection: Connection,
): Promise<{ readonly size: number; readonly note: string } | undefined> {
  const { rows } = await connection.query<{ size: string; note: string }>(
    'SELECT size, note FROM log_checkpoint WHERE size > 0 ORDER BY size DESC LIMIT 1',
  )
  const [row] = rows
  return row && { size: Number(row.size), note: row.note }
}
