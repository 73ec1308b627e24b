import type { Database, LogSettings } from '../../platform/index.js'
import { readKnownOutside } from './known-outside.js'
import { readMemory, writeMemory, type Verified, type VerifyMemory } from './memory.js'
import type { VerifyLevel } from './report.js'
import {
  pointBefore,
  verifyLog,
  type Pin,
  type VerifyOptions,
  type VerifyPoint,
  type VerifyReport,
} from './verify-log.js'

export interface RememberedOptions extends Omit<VerifyOptions, 'start' | 'onPoint'> {
  readonly level: VerifyLevel
  /** The file that says what was verified. */
  readonly file: string
  /** Only what was appended since the log was last found whole. */
  readonly incremental: boolean
  /** Whether to begin anew although one like this was ended before its time. */
  readonly restart: boolean
  readonly now: () => number
  /** Where what was signed is recorded, and which witnesses there are; without it neither is known. */
  readonly log?: Pick<LogSettings, 'recordPath' | 'witnessPolicy'> | undefined
}

export interface RememberedReport extends VerifyReport {
  /** The verification that this one builds on: entries before `since.size` were not read again. */
  readonly since?: { readonly size: number; readonly at: string } | undefined
  /** The entry from which one was taken up that had not ended. */
  readonly resumedAt?: number | undefined
  /** Why what was found could not be written to the file. */
  readonly notRemembered?: string | undefined
}

/** Milliseconds of work that are lost at most when it is ended before its time. */
const SAVE_EVERY = 1000

/**
 * Verifies, and keeps what it found in a file outside of the database: so it can go on where it was ended, look at new
 * entries only, and find a log that lost its end or was replaced by an older one.
 * @throws LedgerError `corrupt` when the file cannot be understood
 */
export async function verifyRemembered(
  database: Database,
  options: RememberedOptions,
): Promise<RememberedReport> {
  const { file, now, log } = options
  const memory = readMemory(file)
  const plan = planOf(memory, options)
  const keeper = new Keeper(file, memory, now)
  const outside = log && (await readKnownOutside(database, log))
  const report = await verifyLog(database, {
    ...options,
    pins: [...pinsOf(memory), ...(outside?.pins ?? []), ...(options.pins ?? [])],
    witnesses: outside?.witnesses ?? [],
    start: plan.start,
    onPoint: (point) => {
      keeper.keep({ level: plan.level, from: plan.from, point, at: new Date(now()).toISOString() })
    },
  })
  keeper.end(report)
  const { since, resumedAt } = plan
  return { ...report, since, resumedAt, notRemembered: keeper.failure }
}

interface Plan extends Pick<RememberedReport, 'since' | 'resumedAt'> {
  readonly level: VerifyLevel
  /** Entries before are not verified again. */
  readonly from: number
  readonly start: VerifyPoint | undefined
}

function planOf(
  { verified, underway }: VerifyMemory,
  { level, incremental, restart }: RememberedOptions,
): Plan {
  const last = incremental ? verified[level] : undefined
  const from = last?.size ?? 0
  const since = last && { size: from, at: last.at }
  if (!restart && underway?.level === level && underway.from === from) {
    return { level, from, since, start: underway.point, resumedAt: underway.point.done }
  }
  return { level, from, since, start: last && pointBefore(last) }
}

function pinsOf({ verified }: VerifyMemory): Pin[] {
  return Object.values(verified as Record<string, Verified>).map(({ size, root, at }) => ({
    size,
    root,
    from: `verified at ${at}`,
  }))
}

/** Writes what is known to the file, now and then. */
class Keeper {
  failure: string | undefined
  readonly #file: string
  readonly #now: () => number
  #memory: VerifyMemory
  #savedAt: number

  constructor(file: string, memory: VerifyMemory, now: () => number) {
    this.#file = file
    this.#memory = memory
    this.#now = now
    this.#savedAt = now()
  }

  keep(underway: NonNullable<VerifyMemory['underway']>): void {
    this.#memory = { ...this.#memory, underway }
    if (this.#now() - this.#savedAt >= SAVE_EVERY) this.#save()
  }

  end({ level, size, root, edge, problems }: VerifyReport): void {
    const found = { size, root, edge, at: new Date(this.#now()).toISOString() }
    const levels = level === 'everything' ? { tree: found, everything: found } : { tree: found }
    const verified =
      problems.length === 0 ? { ...this.#memory.verified, ...levels } : this.#memory.verified
    this.#memory = { verified }
    this.#save()
  }

  #save(): void {
    this.#savedAt = this.#now()
    try {
      writeMemory(this.#file, this.#memory)
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error)
    }
  }
}
