import { sameBytes } from './bytes.js'
import { HASH_BYTES, nodeHash } from './hashes.js'
import { climb, type Position } from './position.js'
import { inclusionSpans } from './proof-spans.js'
import { readSpans } from './spans.js'
import type { ReadTiles } from './tiles.js'

/** That a leaf is in a tree. */
export interface Inclusion {
  readonly leafHash: Uint8Array
  readonly index: number
  readonly size: number
  readonly root: Uint8Array
}

/**
 * The audit path of a leaf, the leaf's sibling first.
 * @throws RangeError if the tree has no such leaf; MerkleError `merkle.tile`
 * @see https://www.rfc-editor.org/rfc/rfc6962#section-2.1.1
 */
export async function proveInclusion(
  { index, size }: Pick<Inclusion, 'index' | 'size'>,
  readTiles: ReadTiles,
): Promise<Uint8Array[]> {
  if (!isPlace({ index, size })) {
    throw new RangeError(`a tree of ${String(size)} leaves has no leaf ${String(index)}`)
  }
  return readSpans(inclusionSpans(index, size), size, readTiles)
}

/**
 * Whether a path proves that the leaf is in the tree. Nothing about the path is trusted, its length included.
 * @see https://www.rfc-editor.org/rfc/rfc9162#section-2.1.3.2
 */
export function checkInclusion(inclusion: Inclusion, path: readonly Uint8Array[]): boolean {
  if (!isPlace(inclusion) || path.some((hash) => hash.length !== HASH_BYTES)) return false
  let position: Position = { place: inclusion.index, last: inclusion.size - 1 }
  let hash = inclusion.leafHash
  for (const sibling of path) {
    if (position.last === 0) return false
    const { fromLeft, above } = climb(position)
    hash = fromLeft ? nodeHash(sibling, hash) : nodeHash(hash, sibling)
    position = above
  }
  return position.last === 0 && sameBytes(hash, inclusion.root)
}

function isPlace({ index, size }: Pick<Inclusion, 'index' | 'size'>): boolean {
  return Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size
}
