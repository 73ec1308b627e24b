import type { Client } from 'pg'

import { HASH_BYTES } from '../../core/merkle/index.js'
import { unpackedView } from '../pack-leaf.js'
import { copyFields } from './copy-rows.js'
import type { Range } from './range.js'
import type { Complain } from './report.js'
import { TileTree } from './tile-tree.js'

const TILE = 256
/** In place of where it stands. */
const NO_HASH = -1

/** What the leaves of a range make of the tree. */
export interface RangeTree {
  readonly entries: number
  readonly tiles: Buffer
  readonly edges: readonly Buffer[]
}

/**
 * Told of every leaf that is there; from `at` on are the columns that were asked for beside, as COPY writes them.
 * All of it is valid until it returns.
 */
export type OnLeaf = (seq: number, leaf: Uint8Array, bytes: Buffer, at: number) => void

/** Reads the leaves of a range, hashes them, compares with the hashes beside them, and builds the tree over them. */
export async function checkTree(
  client: Pick<Client, 'query'>,
  range: Range,
  complain: Complain,
  also: { readonly columns: readonly string[]; readonly onLeaf: OnLeaf } = NOTHING,
): Promise<RangeTree> {
  const builder = new TreeBuilder(range, complain)
  const columns = also.columns.map((column) => `, ${column}`).join('')
  await copyFields(
    client,
    `SELECT seq, leaf, leaf_hash${columns} FROM log_entry
     WHERE seq >= ${String(range.from)} AND seq < ${String(range.to)} ORDER BY seq`,
    (bytes, from) => {
      // Each of the three follows its length in 32 bits; none can be NULL.
      const seq = bytes.readUInt32BE(from + 4) * 2 ** 32 + bytes.readUInt32BE(from + 8)
      const packed = from + 16
      const hash = packed + bytes.readInt32BE(from + 12) + 4
      const hashLength = bytes.readInt32BE(hash - 4)
      const leaf = readableLeaf(bytes.subarray(packed, hash - 4))
      builder.add(seq, leaf, bytes, hashLength === HASH_BYTES ? hash : NO_HASH)
      also.onLeaf(seq, leaf, bytes, hash + hashLength)
    },
  )
  return builder.end()
}

/** The bytes that were hashed; of a leaf that cannot be unpacked those that are stored, which have another hash. */
function readableLeaf(stored: Buffer): Uint8Array {
  try {
    return unpackedView(stored)
  } catch {
    return stored
  }
}

const NOTHING = { columns: [], onLeaf: () => undefined }

class TreeBuilder {
  readonly #range: Range
  readonly #complain: Complain
  readonly #tree = new TileTree()
  readonly #tiles: Buffer[] = []
  readonly #edges: Buffer[] = []
  #next: number
  #entries = 0

  constructor(range: Range, complain: Complain) {
    this.#range = range
    this.#complain = complain
    this.#next = range.from
  }

  /** @param at where the hash stands that is stored beside the leaf */
  add(seq: number, leaf: Uint8Array, bytes: Buffer, at: number): void {
    while (this.#next < seq) this.#missing()
    this.#entries += 1
    if (!this.#tree.setLeaf(seq % TILE, leaf, bytes, at)) {
      const what = 'the leaf does not have the leaf hash beside it'
      this.#complain({ seq, where: 'log_entry', what })
    }
    this.#advance()
  }

  end(): RangeTree {
    while (this.#next < this.#range.to) this.#missing()
    const rest = this.#next % TILE
    if (rest > 0) this.#endTile(rest)
    return {
      entries: this.#entries,
      tiles: Buffer.concat(this.#tiles, this.#tiles.length * HASH_BYTES),
      edges: this.#edges,
    }
  }

  #missing(): void {
    this.#complain({ seq: this.#next, where: 'log_entry', what: 'the entry is missing' })
    this.#tree.clearLeaf(this.#next % TILE)
    this.#advance()
  }

  #advance(): void {
    this.#next += 1
    if (this.#next % TILE > 0) return
    this.#endTile(TILE)
    this.#tiles.push(this.#tree.root())
  }

  #endTile(count: number): void {
    this.#tree.build(count)
    const start = this.#next - count
    const { sizes } = this.#range
    for (let size = sizes[this.#edges.length]; size !== undefined && size <= this.#next;) {
      this.#edges.push(this.#tree.edge(size - start))
      size = sizes[this.#edges.length]
    }
  }
}
