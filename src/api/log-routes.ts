import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

import { Hono, type Context, type MiddlewareHandler } from 'hono'

import { parseTilePath, tileWidth } from '../core/merkle/index.js'
import { latestCheckpoint, publishedSize, readEntryBundle, tileReader } from '../ledger/index.js'
import type { Database } from '../platform/index.js'
import type { ApiEnv } from './api-env.js'
import { problem } from './problem.js'
import { checkScope } from './require-token.js'

/** A full tile never changes, and a partial one is a prefix of it. */
const FOR_EVER = 'max-age=31536000, immutable'
/** A new one comes every second. */
const CHECKPOINT_SECONDS = 2

const compress = promisify(gzip)

/**
 * The log as c2sp.org/tlog-tiles describes it: the checkpoint and the tree's hashes for everybody, entries for those who
 * may read the log: the guards say who asks.
 */
export function logRoutes(
  database: Database,
  ...guards: readonly MiddlewareHandler<ApiEnv>[]
): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>()
  routes.get('/checkpoint', (context) => checkpoint(context, database))
  routes.use('/tile/entries/*', ...guards)
  routes.get('/tile/entries/*', (context) => {
    checkScope(context.get('access'), 'log:read')
    return entryBundle(context, database)
  })
  routes.get('/tile/*', (context) => tile(context, database))
  return routes
}

async function checkpoint(context: Context, { pool }: Database): Promise<Response> {
  const latest = await latestCheckpoint(pool)
  if (!latest) return missing(context, 'no checkpoint was published yet')
  return context.body(latest.note, 200, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': `public, max-age=${String(CHECKPOINT_SECONDS)}`,
  })
}

async function tile(context: Context, { pool }: Database): Promise<Response> {
  const asked = parseTilePath(context.req.path.slice(1))
  if (!asked || asked.level === 'entries') return missing(context, 'this is no path of a tile')
  const { level, index, width } = asked
  if (width > tileWidth(await publishedSize(pool), level, index)) return unpublished(context)
  const [hashes] = await tileReader(pool)([{ level, index, width }])
  return octets(context, hashes ?? new Uint8Array(), 'public')
}

async function entryBundle(context: Context, { pool }: Database): Promise<Response> {
  const asked = parseTilePath(context.req.path.slice(1))
  if (asked?.level !== 'entries') return missing(context, 'this is no path of an entry bundle')
  if (asked.width > tileWidth(await publishedSize(pool), 0, asked.index)) {
    return unpublished(context)
  }
  const bundle = await readEntryBundle(pool, asked)
  if (!bundle) return unpublished(context)
  context.header('Vary', 'Accept-Encoding, Authorization')
  if (!/\bgzip\b/.test(context.req.header('Accept-Encoding') ?? '')) {
    return octets(context, bundle, 'private')
  }
  context.header('Content-Encoding', 'gzip')
  return octets(context, await compress(bundle), 'private')
}

function octets(context: Context, bytes: Uint8Array, who: 'public' | 'private'): Response {
  return context.body(new Uint8Array(bytes), 200, {
    'Content-Type': 'application/octet-stream',
    'Cache-Control': `${who}, ${FOR_EVER}`,
  })
}

function unpublished(context: Context): Response {
  return missing(context, 'no checkpoint that was published covers this tile')
}

function missing(context: Context, detail: string): Response {
  return problem(context, { code: 'api.not_found', detail })
}
