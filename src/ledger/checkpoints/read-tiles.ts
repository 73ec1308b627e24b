import type { ClientBase } from 'pg'

import { encodeEntryBundle, type ReadTiles, type Tile } from '../../core/merkle/index.js'
import { unpackLeaf } from '../pack-leaf.js'

/** What runs SQL: the pool, or a connection in a transaction. */
export type Connection = Pick<ClientBase, 'query'>

/** Reads tiles from the log: each is one range read. What is beyond the end of the log is missing from them. */
export function tileReader(connection: Connection): ReadTiles {
  return (tiles) => Promise.all(tiles.map((tile) => readTile(connection, tile)))
}

const LEAF_HASHES = `SELECT string_agg(leaf_hash, ''::bytea ORDER BY seq) AS hashes FROM log_entry
  WHERE seq >= $1::bigint AND seq < $2::bigint`
const NODE_HASHES = `SELECT string_agg(hash, ''::bytea ORDER BY index) AS hashes FROM log_node
  WHERE index >= $1::bigint AND index < $2::bigint AND level = $3::smallint`

async function readTile(
  connection: Connection,
  { level, index, width }: Tile,
): Promise<Uint8Array> {
  const range = [index * 256, index * 256 + width]
  const query =
    level === 0
      ? { name: 'tile_0', text: LEAF_HASHES, values: range }
      : { name: 'tile_n', text: NODE_HASHES, values: [...range, level] }
  const { rows } = await connection.query<{ hashes: Buffer | null }>(query)
  return rows[0]?.hashes ?? new Uint8Array()
}

/** The entries index · 256 ≤ seq < index · 256 + width, as tlog-tiles bundles them; `undefined` unless all are there. */
export async function readEntryBundle(
  connection: Connection,
  { index, width }: Omit<Tile, 'level'>,
): Promise<Uint8Array | undefined> {
  const { rows } = await connection.query<{ leaf: Buffer }>(
    'SELECT leaf FROM log_entry WHERE seq >= $1::bigint AND seq < $2::bigint ORDER BY seq',
    [index * 256, index * 256 + width],
  )
  if (rows.length !== width) return undefined
  return encodeEntryBundle(rows.map(({ leaf }) => unpackLeaf(leaf)))
}
