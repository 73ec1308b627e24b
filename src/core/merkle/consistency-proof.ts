import { sameBytes } from './bytes.js'
import { HASH_BYTES, nodeHash } from './hashes.js'
import { climb, halve, type Position } from './position.js'
import { consistencySpans } from './proof-spans.js'
import { readSpans } from './spans.js'
import type { ReadTiles } from './tiles.js'

/** A tree as a checkpoint names it. */
export interface TreeHead {
  readonly size: number
  readonly root: Uint8Array
}

/**
 * That the tree of `newSize` leaves begins with the tree of `oldSize` leaves. Empty for equal sizes and for size 0.
 * @throws RangeError unless 0 ≤ oldSize ≤ newSize; MerkleError `merkle.tile`
 * @see https://www.rfc-editor.org/rfc/rfc6962#section-2.1.2
 */
export async function proveConsistency(
  oldSize: number,
  newSize: number,
  readTiles: ReadTiles,
): Promise<Uint8Array[]> {
  if (!isGrowth(oldSize, newSize)) {
    throw new RangeError(`a tree does not grow from ${String(oldSize)} to ${String(newSize)}`)
  }
  if (oldSize === 0 || oldSize === newSize) return []
  return readSpans(consistencySpans(oldSize, newSize), newSize, readTiles)
}

/**
 * Whether a path proves that the new tree begins with the old one. Nothing about the path is trusted. Every tree begins
 * with the empty one, whose root the caller has to know.
 * @see https://www.rfc-editor.org/rfc/rfc9162#section-2.1.4.2
 */
export function checkConsistency(
  old: TreeHead,
  grown: TreeHead,
  path: readonly Uint8Array[],
): boolean {
  if (!isGrowth(old.size, grown.size)) return false
  if (path.some((hash) => hash.length !== HASH_BYTES)) return false
  if (old.size === grown.size) return path.length === 0 && sameBytes(old.root, grown.root)
  if (old.size === 0) return path.length === 0
  return checkGrowth(old, grown, isPowerOfTwo(old.size) ? [old.root, ...path] : path)
}

function checkGrowth(old: TreeHead, grown: TreeHead, path: readonly Uint8Array[]): boolean {
  const [first, ...rest] = path
  if (!first) return false
  let position: Position = { place: old.size - 1, last: grown.size - 1 }
  while (position.place % 2 === 1) position = halve(position)
  let [oldHash, newHash] = [first, first]
  for (const hash of rest) {
    if (position.last === 0) return false
    const { fromLeft, above } = climb(position)
    if (fromLeft) oldHash = nodeHash(hash, oldHash)
    newHash = fromLeft ? nodeHash(hash, newHash) : nodeHash(newHash, hash)
    position = above
  }
  return position.last === 0 && sameBytes(oldHash, old.root) && sameBytes(newHash, grown.root)
}

function isGrowth(oldSize: number, newSize: number): boolean {
  const areSizes = Number.isSafeInteger(oldSize) && Number.isSafeInteger(newSize)
  return areSizes && oldSize >= 0 && oldSize <= newSize
}

function isPowerOfTwo(size: number): boolean {
  let power = 1
  while (power < size) power *= 2
  return power === size
}
