import {
  appendLeaves,
  EMPTY_FRONTIER,
  HASH_BYTES,
  rootHash,
  type Frontier,
} from '../../core/merkle/index.js'
import type { ExpectedNode } from './check-nodes.js'

const TILE = 256

/** The tree of the whole log as the roots of its tiles make it, left to right. */
export class LogTree {
  /** A tree whose leaves are the roots of full tiles: its nodes lie 8 levels higher in the log's. */
  #tiles: Frontier

  /** @param edge right edge of a tree whose size is a multiple of 256 */
  constructor(edge: Frontier = EMPTY_FRONTIER) {
    this.#tiles = { size: edge.size / TILE, hashes: edge.hashes }
  }

  /** Entries under the tiles so far. */
  get size(): number {
    return this.#tiles.size * TILE
  }

  /** Adds roots of full tiles, 32 bytes each. Returns the hashes of tiles above them that became full. */
  add(roots: Uint8Array): ExpectedNode[] {
    const { frontier, nodes } = appendLeaves(this.#tiles, hashesOf(roots))
    this.#tiles = frontier
    return nodes.map(({ level, index, hash }) => ({ level: level + 1, index, hash }))
  }

  /** The right edge at a size whose tile begins where the tiles so far end; `rest` is the edge inside it. */
  edgeAt(size: number, rest: Uint8Array): Frontier {
    return { size, hashes: [...this.#tiles.hashes, ...hashesOf(rest)] }
  }

  /** The right edge of the full tiles, and nothing more. */
  edge(): Frontier {
    return { size: this.size, hashes: this.#tiles.hashes }
  }
}

export function hashesOf(bytes: Uint8Array): Uint8Array[] {
  const hashes: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += HASH_BYTES)
    hashes.push(bytes.slice(at, at + HASH_BYTES))
  return hashes
}

export function rootInHex(edge: Frontier): string {
  return Buffer.from(rootHash(edge)).toString('hex')
}
