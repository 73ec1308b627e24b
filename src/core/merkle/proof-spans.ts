import type { Span } from './spans.js'
import { splitPoint } from './subtrees.js'

/** The ranges whose hashes are `PATH(index, D[size])` of RFC 6962, section 2.1.1: the leaf's sibling first. */
export function inclusionSpans(index: number, size: number): Span[] {
  const path: Span[] = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    const middle = start + splitPoint(end - start)
    const isLeft = index < middle
    path.push(isLeft ? { start: middle, end } : { start, end: middle })
    if (isLeft) end = middle
    else start = middle
  }
  return path.toReversed()
}

/** The ranges whose hashes are `PROOF(oldSize, D[newSize])` of RFC 6962, section 2.1.2, for 0 < oldSize < newSize. */
export function consistencySpans(oldSize: number, newSize: number): Span[] {
  const path: Span[] = []
  let [start, end] = [0, newSize]
  // `SUBPROOF`'s flag: the old tree as a whole is a subtree on the way, and whoever checks has its root already.
  let isWhole = true
  while (oldSize !== end) {
    const middle = start + splitPoint(end - start)
    if (oldSize <= middle) {
      path.push({ start: middle, end })
      end = middle
    } else {
      path.push({ start, end: middle })
      start = middle
      isWhole = false
    }
  }
  if (!isWhole) path.push({ start, end })
  return path.toReversed()
}
