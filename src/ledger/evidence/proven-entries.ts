import { sqltag as sql } from '@prisma/client/runtime/client'
import { LRUCache } from 'lru-cache'

import { groupBy } from '../../core/domain/index.js'
import { proveInclusion, type ReadTiles, type Tile } from '../../core/merkle/index.js'
import type { Query } from '../../core/search/index.js'
import type { Database } from '../../platform/index.js'
import { tileReader } from '../checkpoints/index.js'
import { parseOpenings } from '../openings.js'
import { unpackLeaf } from '../pack-leaf.js'
import { inSearch } from '../search/ask.js'
import { querySql } from '../search/query-sql.js'

/** Milliseconds for one batch: an export may look at every entry. */
export const BUNDLE_TIMEOUT = 300_000
const BATCH = 500
/** Of at most 8 KB each. Entries come in order, so that a few are read once. */
const KEPT_TILES = 128

/** An entry, what opens it, and the path to the root of the tree. */
interface ProvenEntry {
  readonly seq: number
  readonly leaf: string
  readonly openings: readonly (readonly [string, string, string])[]
  readonly path: readonly Uint8Array[]
}

/** The entries below `size` that a query means, in the order of the log, in the memory of one batch. */
export async function* provenEntries(
  database: Database,
  query: Query,
  size: number,
): AsyncGenerator<ProvenEntry> {
  const readTiles = remembered(tileReader(database.pool))
  for (let after = -1; ;) {
    const batch = await readBatch(database, query, { after, size })
    for (const entry of batch) {
      yield { ...entry, path: await proveInclusion({ index: entry.seq, size }, readTiles) }
    }
    const last = batch.at(-1)
    if (!last || batch.length < BATCH) return
    after = last.seq
  }
}

function readBatch(
  database: Database,
  query: Query,
  { after, size }: { readonly after: number; readonly size: number },
): Promise<Omit<ProvenEntry, 'path'>[]> {
  return inSearch(database, BUNDLE_TIMEOUT, async (ask) => {
    const rows = await ask<{ seq: string; leaf: Uint8Array }>(sql`
      SELECT e.seq, e.leaf FROM log_entry e
      WHERE e.seq > ${BigInt(after)}::bigint AND e.seq < ${BigInt(size)}::bigint AND ${querySql(query)}
      ORDER BY e.seq LIMIT ${BATCH}`)
    const seqs = rows.map(({ seq }) => seq)
    const openings = await ask<{ seq: string; openings: Uint8Array }>(sql`
      SELECT seq, openings FROM log_opening WHERE seq = ANY(${seqs}::bigint[]) ORDER BY seq, subject`)
    const bySeq = groupBy(openings, ({ seq }) => seq)
    return rows.map(({ seq, leaf }) => ({
      seq: Number(seq),
      leaf: Buffer.from(unpackLeaf(leaf)).toString('utf8'),
      openings: (bySeq.get(seq) ?? []).flatMap((row) =>
        (parseOpenings(row.openings) ?? []).map(
          ({ pointer, salt, value }) => [pointer, salt, value] as const,
        ),
      ),
    }))
  })
}

function remembered(readTiles: ReadTiles): ReadTiles {
  const tiles = new LRUCache<string, Uint8Array>({ max: KEPT_TILES })
  const read = async (tile: Tile): Promise<Uint8Array> => {
    const key = `${String(tile.level)}/${String(tile.index)}/${String(tile.width)}`
    const known = tiles.get(key)
    if (known) return known
    const [bytes = new Uint8Array()] = await readTiles([tile])
    tiles.set(key, bytes)
    return bytes
  }
  return (wanted) => Promise.all(wanted.map(read))
}
