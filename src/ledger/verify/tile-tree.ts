import { hash } from 'node:crypto'

import { HASH_BYTES } from '../../core/merkle/index.js'

const TILE = 256
const HEIGHT = 8

/**
 * The tree over up to 256 leaves, computed in place: verifying hashes hundreds of thousands of leaves a second, and
 * making a Buffer of each digest would cost more than hashing it.
 */
export class TileTree {
  /** Hashes by height: 256 leaves, 128 pairs, …, one root. */
  readonly #rows = Array.from({ length: HEIGHT + 1 }, (_, height) =>
    Buffer.alloc((TILE >> height) * HASH_BYTES),
  )
  readonly #leaf = Buffer.alloc(1 + 65_535)
  readonly #pair = Buffer.alloc(1 + 2 * HASH_BYTES, 1)

  /** Sets a leaf's hash: that of `0x00 ‖ leaf`. Tells whether it is the hash that was found at a place. */
  setLeaf(index: number, leaf: Uint8Array, found: Buffer, at: number): boolean {
    this.#leaf.set(leaf, 1)
    const digest = hash('sha256', this.#leaf.subarray(0, 1 + leaf.length), 'binary')
    const row = this.#row(0)
    const place = index * HASH_BYTES
    row.write(digest, place, 'binary')
    return at >= 0 && row.compare(found, at, at + HASH_BYTES, place, place + HASH_BYTES) === 0
  }

  /** There is no such leaf: zeros stand for it, so that those after it keep their places. */
  clearLeaf(index: number): void {
    this.#row(0).fill(0, index * HASH_BYTES, (index + 1) * HASH_BYTES)
  }

  /** Computes the nodes over the first `count` leaves. */
  build(count: number): void {
    const pair = this.#pair
    for (let height = 1; height <= HEIGHT; height += 1) {
      const below = this.#row(height - 1)
      const row = this.#row(height)
      const nodes = count >> height
      for (let index = 0; index < nodes; index += 1) {
        const at = index * 2 * HASH_BYTES
        for (let byte = 0; byte < 2 * HASH_BYTES; byte += 1) pair[1 + byte] = below[at + byte] ?? 0
        row.write(hash('sha256', pair, 'binary'), index * HASH_BYTES, 'binary')
      }
    }
  }

  /** The root of a full tile. */
  root(): Buffer {
    return Buffer.from(this.#row(HEIGHT))
  }

  /** The right edge of the first `count` leaves, below 256: largest subtree first, 32 bytes each. */
  edge(count: number): Buffer {
    const parts: Buffer[] = []
    let start = 0
    for (let height = HEIGHT - 1; height >= 0; height -= 1) {
      const size = 1 << height
      if ((count & size) === 0) continue
      const at = (start >> height) * HASH_BYTES
      parts.push(this.#row(height).subarray(at, at + HASH_BYTES))
      start += size
    }
    return Buffer.concat(parts)
  }

  #row(height: number): Buffer {
    const row = this.#rows[height]
    if (!row) throw new RangeError(`a tile has no height ${String(height)}`)
    return row
  }
}
