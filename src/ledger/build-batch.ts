import { appendLeaves, encodeFrontier, type Frontier, type TileNode } from '../core/merkle/index.js'
import { layOutRows } from './lay-out-rows.js'
import { encodeRows, type RowType } from './row-array.js'
import type { SealedDelivery } from './seal-delivery.js'

/** What one transaction writes. */
export interface Batch {
  readonly frontier: Frontier
  /** Of each delivery the sequence number of its first entry. */
  readonly firstSeqs: readonly number[]
  /** The arguments of log_append, in its order. */
  readonly arguments: readonly unknown[]
}

/** Appends deliveries to a tree with this right edge: numbers the entries and lays out the rows. */
export function buildBatch(deliveries: readonly SealedDelivery[], base: Frontier): Batch {
  const { firstSeqs, leafHashes, encoded } = layOutRows(deliveries, base.size)
  const { frontier, nodes } = appendLeaves(base, leafHashes)
  return {
    frontier,
    firstSeqs,
    arguments: [
      base.size,
      frontier.size,
      encodeFrontier(frontier),
      ...encoded,
      encodeRows(NODE, nodes),
    ],
  }
}

/** The type new_node of the migration, member for member. */
const NODE: RowType<TileNode> = [
  ['level', 'int2'],
  ['index', 'int8'],
  ['hash', 'bytea'],
]
