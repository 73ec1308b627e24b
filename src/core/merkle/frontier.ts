import { concat } from './bytes.js'
import { HASH_BYTES, nodeHash } from './hashes.js'
import { joinSubtrees } from './subtrees.js'
import { TILE_HEIGHT } from './tiles.js'

/** The hash of a full tile: it covers the 256^level leaves that begin at index * 256^level. */
export interface TileNode {
  readonly level: number
  readonly index: number
  readonly hash: Uint8Array
}

/**
 * The right edge of a tree: its size, and the hash of each perfect subtree that makes it up, largest first.
 * There are as many as the size has bits set. Everything that appending needs, and nothing more.
 */
export interface Frontier {
  readonly size: number
  readonly hashes: readonly Uint8Array[]
}

export const EMPTY_FRONTIER: Frontier = { size: 0, hashes: [] }

/** Adds leaves to a tree: the new right edge, and the tiles that became full, lower levels first. */
export function appendLeaves(
  frontier: Frontier,
  leafHashes: readonly Uint8Array[],
): { readonly frontier: Frontier; readonly nodes: readonly TileNode[] } {
  const hashes = [...frontier.hashes]
  const nodes: TileNode[] = []
  let size = frontier.size
  for (const hash of leafHashes) {
    hashes.push(hash)
    size += 1
    mergeRightEdge(hashes, size, nodes)
  }
  return { frontier: { size, hashes }, nodes }
}

/** Joins equal subtrees like the carry of a binary counter. Sizes go beyond 32 bits, so no bit operators. */
function mergeRightEdge(hashes: Uint8Array[], size: number, nodes: TileNode[]): void {
  let index = size
  for (let height = 1; index % 2 === 0; height += 1) {
    const right = hashes.pop()
    const left = hashes.pop()
    if (!left || !right) throw new RangeError('the frontier has too few hashes for its size')
    const hash = nodeHash(left, right)
    hashes.push(hash)
    index /= 2
    if (height % TILE_HEIGHT === 0)
      nodes.push({ level: height / TILE_HEIGHT, index: index - 1, hash })
  }
}

/** The root hash of the tree: the subtrees of the right edge, joined from the smallest up. */
export function rootHash(frontier: Frontier): Uint8Array {
  return joinSubtrees(frontier.hashes)
}

/** The hashes of a frontier one after the other, 32 bytes each. */
export function encodeFrontier(frontier: Frontier): Uint8Array {
  return concat(frontier.hashes)
}

/** @throws RangeError if there are not as many hashes as the size has bits set. */
export function decodeFrontier(size: number, bytes: Uint8Array): Frontier {
  const expected = countBits(size)
  if (bytes.length !== expected * HASH_BYTES) {
    throw new RangeError(
      `a tree of ${String(size)} leaves has ${String(expected)} hashes of 32 bytes at its right edge, not ${String(bytes.length)} bytes`,
    )
  }
  const hashes: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += HASH_BYTES)
    hashes.push(bytes.slice(at, at + HASH_BYTES))
  return { size, hashes }
}

function countBits(size: number): number {
  let bits = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) bits += rest % 2
  return bits
}
