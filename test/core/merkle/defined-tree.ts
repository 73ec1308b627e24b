import { createHash } from 'node:crypto'

import type { ReadTiles } from '../../../src/core/merkle/index.js'

const LEAF = Buffer.of(0)
const NODE = Buffer.of(1)

function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/**
 * RFC 6962 §2.1 word for word, recursive and with a memory: what the code under test must agree with. Shares nothing
 * with it.
 */
export class DefinedTree {
  readonly leafHashes: readonly Buffer[]
  readonly #known = new Map<number, Buffer>()

  constructor(leaves: readonly Uint8Array[]) {
    this.leafHashes = leaves.map((leaf) => sha256(LEAF, leaf))
  }

  /** MTH(D[start:end]). */
  hash(start: number, end: number): Buffer {
    if (end - start === 1) return this.leafHashes[start] ?? sha256()
    if (end === start) return sha256()
    const key = start * 0x100000 + end
    let hash = this.#known.get(key)
    if (!hash) {
      const middle = start + split(end - start)
      hash = sha256(NODE, this.hash(start, middle), this.hash(middle, end))
      this.#known.set(key, hash)
    }
    return hash
  }

  root(size: number): Buffer {
    return this.hash(0, size)
  }

  /** PATH(m, D[n]), for D[start:end]. */
  path(index: number, end: number, start = 0): Buffer[] {
    if (end - start === 1) return []
    const middle = start + split(end - start)
    return index < middle
      ? [...this.path(index, middle, start), this.hash(middle, end)]
      : [...this.path(index, end, middle), this.hash(start, middle)]
  }

  /** PROOF(m, D[n]). */
  proof(oldSize: number, newSize: number): Buffer[] {
    return oldSize === 0 ? [] : this.#subproof(oldSize, 0, newSize, true)
  }

  #subproof(old: number, start: number, end: number, whole: boolean): Buffer[] {
    if (old === end) return whole ? [] : [this.hash(start, end)]
    const middle = start + split(end - start)
    return old <= middle
      ? [...this.#subproof(old, start, middle, whole), this.hash(middle, end)]
      : [...this.#subproof(old, middle, end, false), this.hash(start, middle)]
  }

  /** Tiles as the specification of tlog-tiles defines them: MTH(D[(n · 256 + i) · 256^l : (n · 256 + i + 1) · 256^l]). */
  readonly readTiles: ReadTiles = (tiles) =>
    Promise.resolve(
      tiles.map(({ level, index, width }) => {
        const covered = 256 ** level
        const hashes = Array.from({ length: width }, (_, at) =>
          this.hash((index * 256 + at) * covered, (index * 256 + at + 1) * covered),
        )
        return Buffer.concat(hashes)
      }),
    )
}

function split(size: number): number {
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}

export function numbered(count: number): Buffer[] {
  return Array.from({ length: count }, (_, index) => Buffer.from(`leaf ${String(index)}`))
}

/** The bytes with one bit turned. */
export function flipped(bytes: Uint8Array, bit: number): Buffer {
  const copy = Buffer.from(bytes)
  const at = Math.floor(bit / 8) % copy.length
  copy[at] = (copy[at] ?? 0) ^ (1 << (bit % 8))
  return copy
}
