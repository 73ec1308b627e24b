import { HASH_BYTES, tilePath, type ReadTiles, type Tile } from '../../core/merkle/index.js'
import { HooktrailError } from '../../core/domain/index.js'
import { VERSION } from '../../platform/index.js'
import type { ShownLog } from './shown-log.js'

const TIMEOUT_MS = 15_000
const FULL = 256
const MAX_CHECKPOINT_BYTES = 1_000_000

/** The log did not answer, so nothing is known about it; the message says which address, and what came instead. */
class UnreachableLogError extends HooktrailError<'anchor.unreachable'> {
  constructor(message: string, options?: { cause?: unknown }) {
    super(
      'anchor.unreachable',
      `${message} Nothing was compared, and nothing was changed.`,
      options,
    )
  }
}

/**
 * A log that serves c2sp.org/tlog-tiles, ours or another.
 * @param prefix its address, to which `checkpoint` and `tile/…` are appended
 */
export function httpLog(prefix: string): ShownLog {
  const base = prefix.endsWith('/') ? prefix : `${prefix}/`
  return {
    description: prefix,
    checkpoint: async () => {
      const bytes = await fetchBytes(`${base}checkpoint`, MAX_CHECKPOINT_BYTES)
      if (bytes) return new TextDecoder().decode(bytes)
      throw new UnreachableLogError(
        `${base}checkpoint is not there (404): nothing was signed yet, or this is not a log’s address.`,
      )
    },
    readTiles: tilesBelow(base),
  }
}

function tilesBelow(base: string): ReadTiles {
  return (tiles) => Promise.all(tiles.map((tile) => fetchTile(base, tile)))
}

/** A partial tile may have gone since the full one is there, which begins with it. */
async function fetchTile(base: string, tile: Tile): Promise<Uint8Array> {
  const paths = new Set([tile, { ...tile, width: FULL }].map(tilePath))
  for (const path of paths) {
    const bytes = await fetchBytes(base + path, FULL * HASH_BYTES)
    if (bytes) return bytes.subarray(0, tile.width * HASH_BYTES)
  }
  throw new UnreachableLogError(
    `${base}${tilePath(tile)} is not there (404), and its checkpoint says that it is.`,
  )
}

/** `undefined` for 404. @throws UnreachableLogError */
async function fetchBytes(url: string, limit: number): Promise<Uint8Array | undefined> {
  try {
    const response = await fetch(url, {
      headers: { 'user-agent': `hooktrail/${VERSION}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    if (response.status === 404) return undefined
    if (response.ok) return await readBody(response, limit)
    throw new UnreachableLogError(`${url} answers ${String(response.status)}.`)
  } catch (cause) {
    if (cause instanceof UnreachableLogError) throw cause
    throw new UnreachableLogError(`${url} does not answer: ${reasonOf(cause)}.`, { cause })
  }
}

/** Nobody has to take more than there can be. */
async function readBody({ body, url }: Response, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  // The types of Node's streams say nothing of what they carry.
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length
    if (length > limit)
      throw new UnreachableLogError(`${url} sends more than ${String(limit)} bytes.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
