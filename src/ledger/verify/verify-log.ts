import { decodeFrontier, type VerifierKey } from '../../core/merkle/index.js'
import type { Database } from '../../platform/index.js'
import { openLanes, type Lane } from './lanes.js'
import { rootInHex } from './log-tree.js'
import type { Range, RangeResult } from './range.js'
import { checkLogKeys } from './log-keys.js'
import { readState } from './read-state.js'
import { NOTHING_CHECKED, type Checked, type VerifyLevel, type VerifyProblem } from './report.js'
import { readTaken } from './taken.js'
import { Verification } from './verification.js'

/** A root that the log once had, known from elsewhere than its database. */
export interface Pin {
  readonly size: number
  /** In hex. */
  readonly root: string
  /** Where it is known from, for people. */
  readonly from: string
}

/** How far a verification came: enough to go on from there without reading what is before. */
export interface VerifyPoint {
  /** Entries that were verified, a multiple of 256. */
  readonly done: number
  /** Right edge of the tree over them, in hex. */
  readonly edge: string
  /** Where the next delivery begins; absent if that is not known. */
  readonly nextDelivery?: number | undefined
  readonly checked: Checked
  readonly problems: readonly VerifyProblem[]
}

export interface VerifyReport {
  readonly level: VerifyLevel
  /** Entries in the log, and the root hash over them in hex: what an outsider pins. */
  readonly size: number
  readonly root: string
  /** Right edge of the tree in hex. */
  readonly edge: string
  /** Entries before this one were not read: their hashes are taken from the verification before. */
  readonly from: number
  /** How many of each were checked. */
  readonly checked: Checked
  /** Empty if the log is whole. At most `MAX_PROBLEMS`. */
  readonly problems: readonly VerifyProblem[]
}

export interface VerifyOptions {
  /** `everything` by default. */
  readonly level?: VerifyLevel
  /** Threads that check beside each other; 0, the default: this one does it. */
  readonly threads?: number
  /** Where to begin; at the first entry by default. */
  readonly start?: VerifyPoint | undefined
  readonly pins?: readonly Pin[]
  /** Keys of witnesses, whose cosignatures are verified; those of others are counted. */
  readonly witnesses?: readonly VerifierKey[]
  readonly onProgress?: (done: number, total: number) => void
  /** Told now and then how far it is, so that it can go on from there another time. */
  readonly onPoint?: (point: VerifyPoint) => void
  /** Ends it: the promise is rejected then. */
  readonly signal?: AbortSignal
}

/** Entries in one range: with everything an entry brings, a range is a few megabytes. */
const RANGE: Readonly<Record<VerifyLevel, number>> = { tree: 8192, everything: 2048 }
/** Ranges that a lane is given at once, so that PostgreSQL reads one while another is checked. */
const AT_ONCE = 2

/**
 * Recomputes the log from its leaves. It believes nothing that it did not compute, tile hashes included. Entries that
 * are appended meanwhile are left for the next time.
 */
export async function verifyLog(
  database: Database,
  options: VerifyOptions = {},
): Promise<VerifyReport> {
  const { level = 'everything', threads = 0, start, witnesses = [] } = options
  const state = await readState(database.pool)
  const verification = new Verification(database, state, options)
  const from = start && start.done <= state.size ? start.done : 0
  const taken = await readTaken(database.pool, state.size)
  const keys = await checkLogKeys(database.pool, (problem) => {
    verification.complain(problem)
  })
  const signers = { keys, witnesses }
  await verification.begin(from, signers)
  const ranges = rangesOf({ from, level, taken, signers }, state.size, verification.sizes)
  const lanes = await openLanes(database, threads)
  const stop = (): void => void Promise.allSettled(lanes.map((lane) => lane.close()))
  options.signal?.addEventListener('abort', stop, { once: true })
  try {
    await checkAll(lanes, ranges, (range, result) => verification.take(range, result))
  } finally {
    options.signal?.removeEventListener('abort', stop)
    await Promise.all(lanes.map((lane) => lane.close()))
  }
  return verification.end(level, from)
}

function rangesOf(
  start: Pick<Range, 'from' | 'level' | 'taken' | 'signers'>,
  size: number,
  sizes: readonly number[],
): Range[] {
  const ranges: Range[] = []
  const step = RANGE[start.level]
  for (let at = start.from; at < size; at += step) {
    const to = Math.min(at + step, size)
    const within = sizes.filter((one) => one > at && one <= to)
    ranges.push({ ...start, from: at, to, sizes: within })
  }
  return ranges
}

/** Gives ranges to lanes as they come free; results are taken in the order of the log. */
async function checkAll(
  lanes: readonly Lane[],
  ranges: readonly Range[],
  take: (range: Range, result: RangeResult) => Promise<void>,
): Promise<void> {
  const ready = new Map<number, RangeResult>()
  let next = 0
  let taken = 0
  let taking = Promise.resolve()
  const takeReady = async (): Promise<void> => {
    for (;;) {
      const range = ranges[taken]
      const result = ready.get(taken)
      if (!range || !result) return
      ready.delete(taken)
      taken += 1
      await take(range, result)
    }
  }
  const work = async (lane: Lane): Promise<void> => {
    while (next < ranges.length) {
      const index = next
      next += 1
      const range = ranges[index]
      if (range) ready.set(index, await lane.check(range))
      await (taking = taking.then(takeReady))
    }
  }
  await Promise.all(lanes.flatMap((lane) => Array.from({ length: AT_ONCE }, () => work(lane))))
}

/** Where an incremental verification begins: the last tile that was full at the size that was verified. */
export function pointBefore(verified: {
  readonly size: number
  readonly edge: string
}): VerifyPoint {
  const done = verified.size - (verified.size % 256)
  const inLastTile = (verified.size % 256).toString(2).replaceAll('0', '').length
  const edge = verified.edge.slice(0, verified.edge.length - inLastTile * 64)
  return { done, edge, checked: NOTHING_CHECKED, problems: [] }
}

/** Reads the size and the root as they stand now, without checking them: for `proof` sections, not for verifying. */
export async function currentRoot(database: Database): Promise<{ size: number; root: string }> {
  const { size, edge } = await readState(database.pool)
  return { size, root: rootInHex(decodeFrontier(size, edge)) }
}
