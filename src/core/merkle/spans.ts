import { joinSubtrees, subtreesOf } from './subtrees.js'
import { readSubtrees, type ReadTiles } from './tiles.js'

/** Leaves start ≤ i < end, whose hash is `MTH(D[start:end])`. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** The hashes of spans of a tree, read in one go. */
export async function readSpans(
  spans: readonly Span[],
  size: number,
  readTiles: ReadTiles,
): Promise<Uint8Array[]> {
  const parts = spans.map(({ start, end }) => subtreesOf(start, end))
  const hashes = await readSubtrees(parts.flat(), size, readTiles)
  return parts.map(({ length }) => joinSubtrees(hashes.splice(0, length)))
}

/**
 * The root of the tree with the first `size` leaves, from the tiles of a tree that has at least as many. Tiles that
 * nobody checked give a root that nobody checked.
 */
export async function readRoot(
  size: number,
  treeSize: number,
  readTiles: ReadTiles,
): Promise<Uint8Array> {
  const [root] = await readSpans([{ start: 0, end: size }], treeSize, readTiles)
  return root ?? joinSubtrees([])
}
