import { emptyRoot, nodeHash } from './hashes.js'

/** A perfect subtree: its hash covers the 2^height leaves that begin at index · 2^height. */
export interface Subtree {
  readonly height: number
  readonly index: number
}

/**
 * The leaves start ≤ i < end as perfect subtrees, leftmost first. Their hashes make `MTH(D[start:end])` of RFC 6962 when
 * they are joined from the right, provided that start is a multiple of the largest power of two below end − start, which
 * holds for every range that the definitions of RFC 6962 name.
 */
export function subtreesOf(start: number, end: number): Subtree[] {
  const subtrees: Subtree[] = []
  for (let at = start; at < end;) {
    let height = 0
    let width = 1
    while (at + width * 2 <= end && at % (width * 2) === 0) {
      width *= 2
      height += 1
    }
    subtrees.push({ height, index: at / width })
    at += width
  }
  return subtrees
}

/** The hash over subtrees of one range, given leftmost first; that of the empty tree for none. */
export function joinSubtrees(hashes: readonly Uint8Array[]): Uint8Array {
  let joined = hashes.at(-1)
  if (!joined) return emptyRoot()
  for (const left of hashes.slice(0, -1).toReversed()) joined = nodeHash(left, joined)
  return joined
}

/** The largest power of two below a number, which is 2 or more: where RFC 6962 splits a tree of that size. */
export function splitPoint(size: number): number {
  let split = 1
  while (split * 2 < size) split *= 2
  return split
}
