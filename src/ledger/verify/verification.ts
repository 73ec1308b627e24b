import { decodeFrontier, encodeFrontier } from '../../core/merkle/index.js'
import type { Database } from '../../platform/index.js'
import { notEndToEnd } from './check-deliveries.js'
import type { SignedRoot } from './check-checkpoints.js'
import { checkPublications } from './check-publications.js'
import { checkNodes, type ExpectedNode } from './check-nodes.js'
import { hashesOf, LogTree, rootInHex } from './log-tree.js'
import { checkSigned } from './check-range.js'
import type { Range, RangeResult, Signers } from './range.js'
import { checkNothingStray, type StoredState } from './read-state.js'
import {
  addChecked,
  MAX_PROBLEMS,
  NOTHING_CHECKED,
  type Checked,
  type VerifyLevel,
  type VerifyProblem,
} from './report.js'
import { checkTaken } from './taken.js'
import type { Pin, VerifyOptions, VerifyPoint, VerifyReport } from './verify-log.js'

/** What is known of the log as ranges are taken, from the first to the last. */
export class Verification {
  readonly sizes: readonly number[]
  readonly #database: Database
  readonly #state: StoredState
  readonly #options: VerifyOptions
  readonly #problems: VerifyProblem[] = []
  readonly #pins: readonly Pin[]
  #checked: Checked = NOTHING_CHECKED
  #tree = new LogTree()
  #nextDelivery: number | undefined = 0
  #isForked = false
  #root = { size: 0, root: rootInHex({ size: 0, hashes: [] }), edge: '' }

  constructor(database: Database, state: StoredState, options: VerifyOptions) {
    this.#database = database
    this.#state = state
    this.#options = options
    this.#pins = options.pins ?? []
    this.sizes = [...new Set([...this.#pins.map(({ size }) => size), state.size])].sort(
      (one, other) => one - other,
    )
    this.#begin(options.start)
    for (const pin of this.#pins) this.#checkLength(pin)
  }

  #begin(start: VerifyPoint | undefined): void {
    if (!start || start.done > this.#state.size) return
    this.#tree = new LogTree(decodeFrontier(start.done, Buffer.from(start.edge, 'hex')))
    this.#nextDelivery = start.nextDelivery
    this.#checked = start.checked
    for (const problem of start.problems) this.complain(problem)
  }

  #checkLength({ size, from }: Pin): void {
    if (size <= this.#state.size) return
    const what = `the log has ${String(this.#state.size)} entries, but had ${String(size)} (${from}): its end was taken away, or an older backup was restored`
    this.complain({ where: 'pin', what })
  }

  /** Checks the checkpoints at the very size where the ranges begin: each range has those above its first entry. */
  async begin(from: number, signers: Signers): Promise<void> {
    const complain = this.complain.bind(this)
    const at = { from: from - 1, to: from, signers }
    const { signed, counts } = await checkSigned(this.#database.pool, at, complain)
    this.#noteRoot(from, new Uint8Array(), signed[0])
    this.#checked = addChecked(this.#checked, { ...NOTHING_CHECKED, ...counts })
  }

  /** Takes the result of the next range. */
  async take(range: Range, result: RangeResult): Promise<void> {
    for (const problem of result.problems) this.complain(problem)
    this.#checked = addChecked(this.#checked, result.checked)
    await this.#takeTiles(range, result)
    this.#takeDeliveries(result)
    const { onProgress, onPoint } = this.#options
    onProgress?.(range.to, this.#state.size)
    if (range.to % 256 === 0) onPoint?.(this.#point())
  }

  async #takeTiles(range: Range, { tiles, sizes, edges, signed }: RangeResult): Promise<void> {
    const roots = hashesOf(tiles)
    const known = new Map(signed.map((one) => [one.size, one]))
    const nodes: ExpectedNode[] = []
    for (let at = 0, next = 0; at <= roots.length; at += 1) {
      const root = roots[at]
      const end = range.from + (at + 1) * 256
      for (; next < edges.length && (sizes[next] ?? 0) < end; next += 1) {
        const size = sizes[next] ?? 0
        this.#noteRoot(size, edges[next] ?? new Uint8Array(), known.get(size))
      }
      if (!root) continue
      nodes.push(...this.#tree.add(root))
      if (sizes[next] === end) {
        this.#noteRoot(end, new Uint8Array(), known.get(end))
        next += 1
      }
    }
    const complain = this.complain.bind(this)
    for (const node of nodes) {
      await checkNodes(this.#database.pool, node.level, [node], complain)
    }
    this.#checked = addChecked(this.#checked, { ...NOTHING_CHECKED, nodes: nodes.length })
  }

  /** The root at a size is known now: do those who know it from elsewhere agree, and was it signed? */
  #noteRoot(size: number, rest: Uint8Array, signed: SignedRoot | undefined): void {
    const edge = this.#tree.edgeAt(size, rest)
    const root = rootInHex(edge)
    this.#root = { size, root, edge: Buffer.from(encodeFrontier(edge)).toString('hex') }
    for (const pin of this.#pins) {
      if (pin.size !== size || pin.root === root) continue
      const what = `the root over the first ${String(size)} entries is not the one that is known (${pin.from}): what is before was changed`
      this.complain({ where: 'pin', what })
    }
    if (signed && Buffer.from(signed.root).toString('hex') !== root) this.#complainOfSigned(size)
  }

  /** Once one does not fit, no later one can: only the first says where. */
  #complainOfSigned(size: number): void {
    if (this.#isForked) return
    this.#isForked = true
    const what = `the checkpoint of ${String(size)} entries has another root than the leaves give: what is before was changed, or the checkpoint was; later ones that differ too are not listed`
    this.complain({ where: 'log_checkpoint', what })
  }

  #takeDeliveries({ deliveries }: RangeResult): void {
    if (!deliveries) return
    const expected = this.#nextDelivery ?? deliveries.first
    if (deliveries.first !== expected) {
      const what = notEndToEnd(expected, deliveries.first)
      this.complain({ seq: Math.min(expected, deliveries.first), where: 'delivery', what })
    }
    this.#nextDelivery = deliveries.end
  }

  #point(): VerifyPoint {
    const { size, hashes } = this.#tree.edge()
    const edge = Buffer.from(encodeFrontier({ size, hashes })).toString('hex')
    const [checked, problems, nextDelivery] = [this.#checked, this.#problems, this.#nextDelivery]
    return { done: size, edge, nextDelivery, checked, problems: [...problems] }
  }

  async end(level: VerifyLevel, from: number): Promise<VerifyReport> {
    const { size, edge: stored } = this.#state
    if (level === 'everything' && (this.#nextDelivery ?? size) < size) {
      const what = 'no delivery brought this entry'
      this.complain({ seq: this.#nextDelivery ?? 0, where: 'delivery', what })
    }
    const { root, edge } = this.#root
    if (Buffer.from(stored).toString('hex') !== edge) {
      const what = 'the right edge of the tree differs from what the leaves give'
      this.complain({ where: 'log_state', what })
    }
    const complain = this.complain.bind(this)
    await checkNothingStray(this.#database.pool, complain)
    await checkPublications(this.#database.pool, from, complain)
    if (level === 'everything') await checkTaken(this.#database.pool, size, complain)
    const [checked, problems] = [this.#checked, this.#problems]
    return { level, size, root, edge, from, checked, problems }
  }

  complain(problem: VerifyProblem): void {
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push(problem)
  }
}
