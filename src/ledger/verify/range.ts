import type { VerifierKey } from '../../core/merkle/index.js'
import type { SignedRoot } from './check-checkpoints.js'
import type { SigningKey } from './log-keys.js'
import type { Checked, VerifyLevel, VerifyProblem } from './report.js'
import type { Taken } from './taken.js'

/** Who signs the log's checkpoints and who cosigns them, as far as that is known. */
export interface Signers {
  readonly keys: readonly SigningKey[]
  readonly witnesses: readonly VerifierKey[]
}

/** Consecutive entries that are checked by themselves: from ≤ seq < to, where `from` is a multiple of 256. */
export interface Range {
  readonly from: number
  readonly to: number
  readonly level: VerifyLevel
  /** Sizes in from < size ≤ to at which the tree's root is wanted, beside those that were signed. Ascending. */
  readonly sizes: readonly number[]
  readonly taken: Taken
  readonly signers: Signers
}

/** What the leaves of a range give, however they were reached: it crosses from one thread to another. */
export interface RangeResult {
  readonly checked: Checked
  readonly problems: readonly VerifyProblem[]
  /** Roots of the full tiles, 32 bytes each. */
  readonly tiles: Uint8Array
  /** The sizes that were asked for and those that were signed, ascending; what was signed. */
  readonly sizes: readonly number[]
  readonly signed: readonly SignedRoot[]
  /** For each of the sizes the right edge inside its tile; empty where the tile is full. */
  readonly edges: readonly Uint8Array[]
  /** The first entry of the first delivery that begins here, and the entry after the last one. */
  readonly deliveries: { readonly first: number; readonly end: number } | undefined
}
