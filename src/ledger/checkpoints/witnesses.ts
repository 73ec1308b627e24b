import type { TrustPolicy } from '../../core/merkle/index.js'
import type { Database } from '../../platform/index.js'
import { lastCosignature, storeCosignature, witnessId } from './cosignatures.js'
import {
  pushCheckpoint,
  type PostToWitness,
  type PushResult,
  type Witness,
} from './push-checkpoint.js'
import { isCosigned, publishCheckpoint } from './publish-checkpoint.js'
import { newestSigned } from './read-checkpoint.js'
import { tileReader } from './read-tiles.js'

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
  /** Says how many of them must have cosigned a checkpoint before it is shown; `undefined`: nothing is shown from here. */
  readonly policy: TrustPolicy | undefined
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
  /** Of the outage that this process told of: the time of the cosignature before it, which names it. */
  toldOf: number | undefined
}

/**
 * The checkpoint that all witnesses are asked for. A newer one takes its place when the quorum has cosigned it, or when
 * nobody is left who could: if each witness were given the newest one at its own pace, they might never cosign the same.
 */
interface Round {
  readonly size: number
  readonly note: string
  readonly asked: Set<State>
  isOver: boolean
}

/**
 * Brings checkpoints to every witness, none of which ever holds up an append, and shows those that enough of them have
 * cosigned.
 */
export class Witnesses {
  readonly #options: WitnessesOptions
  readonly #states: readonly State[]
  #round: Round | undefined

  constructor(options: WitnessesOptions) {
    this.#options = options
    this.#states = options.witnesses.map((witness) => ({
      witness,
      busy: false,
      notBefore: 0,
      cosigned: undefined,
      failures: 0,
      toldOf: undefined,
    }))
  }

  /** Pushes to all that are ready for it. Resolves when each has answered or failed; never rejects. */
  async push(): Promise<void> {
    try {
      const round = await this.#takeRound()
      if (!round) return
      await Promise.all(this.#states.map((state) => this.#attempt(state, round)))
      round.isOver ||= this.#states.every(
        (state) => round.asked.has(state) || this.#isPaused(state),
      )
    } catch (error) {
      this.#options.onError(error)
    }
  }

  /** The round that is under way, or a new one for the newest checkpoint. The empty tree needs no witness. */
  async #takeRound(): Promise<Round | undefined> {
    const { database, witnesses } = this.#options
    if (!this.#options.policy && witnesses.length === 0) return undefined
    const newest = await newestSigned(database.pool)
    if (!newest) return undefined
    const isForWitnesses = newest.size > 0
    if (!isForWitnesses || !this.#hasQuorum()) await this.#show(newest)
    if (!isForWitnesses) return undefined
    if (!this.#round || this.#round.isOver) this.#round = this.#newRound(newest)
    return this.#round
  }

  #newRound({ size, note }: Pick<Round, 'size' | 'note'>): Round {
    return { size, note, asked: new Set(), isOver: !this.#hasQuorum() }
  }

  #hasQuorum(): boolean {
    return this.#options.policy?.quorum !== undefined
  }

  async #show({ size }: { readonly size: number }): Promise<void> {
    const { database, policy, clock } = this.#options
    if (policy) await publishCheckpoint(database.pool, size, clock())
  }

  #isPaused({ notBefore }: State): boolean {
    return this.#options.clock() < notBefore
  }

  async #attempt(state: State, round: Round): Promise<void> {
    if (state.busy || this.#isPaused(state) || round.asked.has(state)) return
    state.busy = true
    try {
      await this.#pushTo(state, round)
    } catch (error) {
      state.notBefore = this.#options.clock() + PAUSE_MS
      this.#options.onError(error)
    } finally {
      state.busy = false
      round.asked.add(state)
    }
  }

  async #pushTo(state: State, round: Round): Promise<void> {
    const { database, clock, post } = this.#options
    const { pool } = database
    if (this.#isFresh(state, round.size)) return
    const last = await lastCosignature(pool, state.witness.key)
    const result = await pushCheckpoint({
      witness: state.witness,
      note: round.note,
      cosignedSize: last?.size ?? 0,
      readTiles: tileReader(pool),
      post,
      now: clock(),
    })
    // Another replica has brought it a newer checkpoint meanwhile: nothing is wrong.
    if (result.outcome === 'ahead' && result.size <= ((await newestSigned(pool))?.size ?? 0)) return
    await this.#take(state, { round, lastTime: last?.time ?? 0, result })
  }

  #isFresh({ cosigned }: State, size: number): boolean {
    return cosigned?.size === size && this.#options.clock() < cosigned.until
  }

  async #take(
    state: State,
    { round, lastTime, result }: { round: Round; lastTime: number; result: PushResult },
  ): Promise<void> {
    const { database, clock } = this.#options
    if (result.outcome !== 'cosigned') {
      state.notBefore = clock() + PAUSE_MS
      state.failures += 1
      if (state.failures !== FAILURES_TOLD) return
      state.toldOf = lastTime
      await this.#tell(state, lastTime, reasonOf(result))
      return
    }
    const { size } = round
    await storeCosignature(database.pool, state.witness.key, { size, ...result })
    await this.#showIfCosigned(round)
    // The first success of a process may end what another one saw begin.
    const isRecovery = state.cosigned === undefined || state.failures >= FAILURES_TOLD
    // Another replica may have had newer cosignatures all the while.
    const outage = state.toldOf ?? lastTime
    state.failures = 0
    state.toldOf = undefined
    state.cosigned = { size, until: clock() + RENEW_MS }
    if (isRecovery) await this.#tell(state, outage, undefined)
  }

  async #showIfCosigned(round: Round): Promise<void> {
    const { database, policy } = this.#options
    if (policy?.quorum === undefined || !(await isCosigned(database.pool, policy, round))) return
    await this.#show(round)
    round.isOver = true
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
