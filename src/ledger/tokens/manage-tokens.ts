import { createHash, randomBytes, randomUUID } from 'node:crypto'

import { personal } from '../../core/domain/index.js'
import type { Database } from '../../platform/index.js'
import { asAct, type Act, type Operator } from '../operator-act.js'
import { readable } from '../search/search-error.js'
import type { ApiToken, TokenGrant } from './token.js'

/** So that people, and scanners for secrets, know one when they see it. */
const TOKEN_PREFIX = 'htk_'

/** @returns the token, and the secret, which is kept nowhere */
export async function createToken(
  database: Database,
  grant: TokenGrant,
  operator: Operator,
): Promise<{ readonly token: ApiToken; readonly secret: string }> {
  const secret = `${TOKEN_PREFIX}${randomBytes(32).toString('base64url')}`
  const { name, scopes, organisations, repositories, expiresAt } = grant
  const id = randomUUID()
  const createdAt = new Date(operator.now)
  await asAct(database, operator, {
    work: async ({ connection, append }) => {
      await append(granting('token.created', { ...grant, id }))
      await connection.query(
        `INSERT INTO api_token (id, sha256, name, scopes, organisations, repositories, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [id, tokenDigest(secret), name, scopes, organisations, repositories, createdAt, expiresAt],
      )
    },
  })
  return { token: { ...grant, id, createdAt, revokedAt: null, lastUsedAt: null }, secret }
}

/** Every token, the newest first; revoked and expired ones too. @throws LedgerError `unavailable` */
export async function listTokens({ prisma }: Pick<Database, 'prisma'>): Promise<ApiToken[]> {
  try {
    return await prisma.apiToken.findMany({
      orderBy: { createdAt: 'desc' },
      omit: { sha256: true },
    })
  } catch (error) {
    throw readable(error, 0)
  }
}

/** Ends a token at once. Revoking it again changes nothing. @returns `undefined` if there is none with this id */
export async function revokeToken(
  database: Database,
  id: string,
  operator: Operator,
): Promise<ApiToken | undefined> {
  const { prisma } = database
  const token = await prisma.apiToken.findUnique({ where: { id }, omit: { sha256: true } })
  if (!token || token.revokedAt) return token ?? undefined
  const revokedAt = new Date(operator.now)
  return asAct(database, operator, {
    work: async ({ connection, append }) => {
      const { rowCount } = await connection.query(
        'UPDATE api_token SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL',
        [id, revokedAt],
      )
      if (rowCount === 1) await append(granting('token.revoked', token))
      return { ...token, revokedAt }
    },
  })
}

export function tokenDigest(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(secret).digest())
}

/** The name is free text, so it is sealed; what the token may do stays. */
function granting(
  action: 'token.created' | 'token.revoked',
  {
    id,
    name,
    scopes,
    organisations,
    repositories,
    expiresAt,
  }: TokenGrant & { readonly id: string },
): Act {
  const grant = { scopes, organisations, repositories, expires_at: expiresAt?.toISOString() }
  const side = action === 'token.created' ? 'after' : 'before'
  return {
    action,
    targets: [{ type: 'token', id, name: personal(name) }],
    changes: [{ path: 'grant', [side]: grant }],
  }
}
