import { concat } from './bytes.js'
import { HASH_BYTES, nodeHash } from './hashes.js'
import { MerkleError } from './merkle-error.js'
import type { Subtree } from './subtrees.js'

/** Height of a tile: a full one has 2^8 hashes. */
export const TILE_HEIGHT = 8
const TILE_WIDTH = 256
const MAX_LEVEL = 63

/** `width` consecutive hashes of one level, from hash index · 256 on. Those of level L cover 256^L leaves each. */
export interface Tile {
  readonly level: number
  readonly index: number
  readonly width: number
}

/** A tile's place in a log's URLs: entry bundles have `entries` in place of the level. */
export interface TilePath extends Omit<Tile, 'level'> {
  readonly level: number | 'entries'
}

/** Hashes in the tile that a tree of this size has at this place: 256, fewer at the right edge, 0 beyond it. */
export function tileWidth(size: number, level: number, index: number): number {
  const hashes = Math.floor(size / TILE_WIDTH ** level)
  return Math.max(0, Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH))
}

/**
 * The path below a log's prefix, without a slash in front: `tile/0/x001/x234/067.p/8`.
 * @see https://c2sp.org/tlog-tiles
 */
export function tilePath({ level, index, width }: TilePath): string {
  const groups = [String(index % 1000).padStart(3, '0')]
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`)
  }
  const partial = width === TILE_WIDTH ? '' : `.p/${String(width)}`
  return `tile/${String(level)}/${groups.join('/')}${partial}`
}

/** The reverse of `tilePath`; `undefined` for every path that it would not write. */
export function parseTilePath(path: string): TilePath | undefined {
  const match = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path)
  if (!match) return undefined
  const [, level = '', groups = '', partial] = match
  const parsed: TilePath = {
    level: level === 'entries' ? level : Number(level),
    index: Number(groups.replaceAll(/[x/]/g, '')),
    width: partial === undefined ? TILE_WIDTH : Number(partial),
  }
  // One spelling each: no zeros that are not needed, no `.p/256`, no number that is too large to be exact.
  return isTilePath(parsed) && tilePath(parsed) === path ? parsed : undefined
}

function isTilePath({ level, index, width }: TilePath): boolean {
  if (level !== 'entries' && level > MAX_LEVEL) return false
  return Number.isSafeInteger(index) && width >= 1 && width <= TILE_WIDTH
}

/** Reads tiles, in the order asked for: `width` hashes of 32 bytes each, laid end to end. */
export type ReadTiles = (tiles: readonly Tile[]) => Promise<readonly Uint8Array[]>

/**
 * Hashes of perfect subtrees of a tree, from its tiles; each tile is read once.
 * @param size of the tree that the tiles are of: nothing beyond it is asked for
 * @throws MerkleError `merkle.tile` if a tile has another length than it should
 */
export async function readSubtrees(
  subtrees: readonly Subtree[],
  size: number,
  readTiles: ReadTiles,
): Promise<Uint8Array[]> {
  const tiles = new Map<string, Tile>()
  for (const subtree of subtrees) {
    const tile = tileOf(subtree, size)
    tiles.set(keyOf(tile), tile)
  }
  const wanted = [...tiles.values()]
  const read = await readTiles(wanted)
  const contents = new Map(wanted.map((tile, at) => [keyOf(tile), checkLength(tile, read[at])]))
  return subtrees.map((subtree) =>
    hashIn(contents.get(keyOf(tileOf(subtree, size))) ?? new Uint8Array(), subtree),
  )
}

function tileOf({ height, index }: Subtree, size: number): Tile {
  const level = Math.floor(height / TILE_HEIGHT)
  const first = index * 2 ** (height % TILE_HEIGHT)
  const at = Math.floor(first / TILE_WIDTH)
  return { level, index: at, width: tileWidth(size, level, at) }
}

/** The hash of a subtree whose row of hashes stands in the tile. */
function hashIn(tile: Uint8Array, { height, index }: Subtree): Uint8Array {
  const count = 2 ** (height % TILE_HEIGHT)
  const first = (index * count) % TILE_WIDTH
  let row = hashesOf(tile.subarray(first * HASH_BYTES, (first + count) * HASH_BYTES))
  while (row.length > 1) row = joinPairs(row)
  const [hash] = row
  if (!hash) throw new MerkleError('merkle.tile', 'a tile is too short')
  return hash
}

function joinPairs(row: readonly Uint8Array[]): Uint8Array[] {
  const joined: Uint8Array[] = []
  for (let at = 0; at + 1 < row.length; at += 2) {
    const [left, right] = row.slice(at, at + 2)
    if (left && right) joined.push(nodeHash(left, right))
  }
  return joined
}

/** Hashes laid end to end, taken apart. */
function hashesOf(bytes: Uint8Array): Uint8Array[] {
  const hashes: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += HASH_BYTES)
    hashes.push(bytes.slice(at, at + HASH_BYTES))
  return hashes
}

function keyOf({ level, index }: Tile): string {
  return `${String(level)}/${String(index)}`
}

function checkLength(tile: Tile, bytes: Uint8Array | undefined): Uint8Array {
  if (bytes?.length === tile.width * HASH_BYTES) return bytes
  const got = String(bytes?.length ?? 0)
  throw new MerkleError(
    'merkle.tile',
    `${tilePath(tile)} has ${got} bytes and should have ${String(tile.width * HASH_BYTES)}`,
  )
}

/** Entries as a bundle: each with its length before it, two bytes, the higher one first. */
export function encodeEntryBundle(entries: readonly Uint8Array[]): Uint8Array {
  return concat(
    entries.flatMap((entry) => {
      if (entry.length > 0xffff) throw new RangeError('an entry is longer than 65,535 bytes')
      return [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry]
    }),
  )
}
