import type { Database } from '../../platform/index.js'
import { readable } from '../search/search-error.js'
import { tokenDigest } from './manage-tokens.js'
import type { ApiToken } from './token.js'

interface TokenRow {
  readonly id: string
  readonly name: string
  readonly scopes: string[]
  readonly organisations: string[]
  readonly repositories: string[]
  readonly created_at: Date
  readonly expires_at: Date | null
  readonly revoked_at: Date | null
  readonly last_used_at: Date | null
}

/** How exactly it is known when a token was last used: more would write at every request. */
const EXACT_MS = 60_000

/**
 * The token that a secret is, expired and revoked ones too, and notes that it was used.
 * @throws LedgerError `unavailable`
 */
export async function useToken(
  { pool }: Pick<Database, 'pool'>,
  secret: string,
  now: number,
): Promise<ApiToken | undefined> {
  try {
    const { rows } = await pool.query<TokenRow>(
      `SELECT id, name, scopes, organisations, repositories, created_at, expires_at, revoked_at, last_used_at
       FROM api_token WHERE sha256 = $1`,
      [tokenDigest(secret)],
    )
    const [row] = rows
    if (!row) return undefined
    if (now - (row.last_used_at?.getTime() ?? 0) > EXACT_MS) await noteUse(pool, row.id, now)
    return tokenOf(row)
  } catch (error) {
    throw readable(error, 0)
  }
}

/**
 * Whether a token that was known a while ago still allows what it did.
 * @throws LedgerError `unavailable`
 */
export async function tokenHolds(
  { pool }: Pick<Database, 'pool'>,
  id: string,
  now: number,
): Promise<boolean> {
  try {
    const { rowCount } = await pool.query(
      `SELECT FROM api_token
       WHERE id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)`,
      [id, new Date(now)],
    )
    return rowCount === 1
  } catch (error) {
    throw readable(error, 0)
  }
}

async function noteUse(pool: Database['pool'], id: string, now: number): Promise<void> {
  // Again in the statement: of requests that come together one writes, and none sets the time back.
  await pool.query(
    'UPDATE api_token SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $3)',
    [id, new Date(now), new Date(now - EXACT_MS)],
  )
}

function tokenOf(row: TokenRow): ApiToken {
  const { id, name, scopes, organisations, repositories } = row
  return {
    ...{ id, name, scopes, organisations, repositories },
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    lastUsedAt: row.last_used_at,
  }
}
