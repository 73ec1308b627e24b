import type { Client } from 'pg'

import { HASH_BYTES } from '../../core/merkle/index.js'
import { unpackLeaf } from '../pack-leaf.js'
import { copyRows, type BinaryRow } from './copy-rows.js'
import type { Range } from './range.js'
import type { Complain } from './report.js'
import { TileTree } from './tile-tree.js'

const TILE = 256

/** What the leaves of a range make of the tree. */
export interface RangeTree {
  readonly entries: number
  readonly tiles: Buffer
  readonly edges: readonly Buffer[]
}

/** Told of every leaf that is there; `rest` are the columns that were asked for beside. */
export type OnLeaf = (seq: number, leaf: Uint8Array, rest: BinaryRow) => void

/** Reads the leaves of a range, hashes them, compares with the hashes beside them, and builds the tree over them. */
export async function checkTree(
  client: Pick<Client, 'query'>,
  range: Range,
  complain: Complain,
  also: { readonly columns: readonly string[]; readonly onLeaf: OnLeaf } = NOTHING,
): Promise<RangeTree> {
  const builder = new TreeBuilder(range, complain)
  const columns = also.columns.map((column) => `, ${column}`).join('')
  await copyRows(
    client,
    `SELECT seq, leaf, leaf_hash${columns} FROM log_entry
     WHERE seq >= ${String(range.from)} AND seq < ${String(range.to)} ORDER BY seq`,
    ([seq, stored, hash, ...rest]) => {
      if (!seq || !stored || !hash) return
      const number = Number(seq.readBigInt64BE())
      const leaf = readableLeaf(stored)
      builder.add(number, leaf, hash)
      also.onLeaf(number, leaf, rest)
    },
  )
  return builder.end()
}

/** The bytes that were hashed; of a leaf that cannot be unpacked those that are stored, which have another hash. */
function readableLeaf(stored: Buffer): Uint8Array {
  try {
    return unpackLeaf(stored)
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

  add(seq: number, leaf: Uint8Array, hash: Buffer): void {
    while (this.#next < seq) this.#missing()
    this.#entries += 1
    const same = this.#tree.setLeaf(seq % TILE, leaf, hash.toString('binary'))
    if (!same) {
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
    for (const size of this.#range.sizes) {
      if (size > start && size <= this.#next) this.#edges.push(this.#tree.edge(size - start))
    }
  }
}
