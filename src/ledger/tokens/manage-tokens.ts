import { createHash, randomBytes, randomUUID } from 'node:crypto'

import { personal, type EntryDraft } from '../../core/domain/index.js'
import type { Database } from '../../platform/index.js'
import type { Appender } from '../append-entries.js'
import { recordFact } from './record-fact.js'
import type { ApiToken, TokenAct, TokenGrant } from './token.js'

/** So that people, and scanners for secrets, know one when they see it. */
const TOKEN_PREFIX = 'htk_'

/**
 * Makes a token. The entry is written first: what is not in the log did not happen.
 * @returns the token, and the secret, which is kept nowhere
 */
export async function createToken(
  database: Database,
  appender: Appender,
  grant: TokenGrant,
  act: TokenAct,
): Promise<{ readonly token: ApiToken; readonly secret: string }> {
  const secret = `${TOKEN_PREFIX}${randomBytes(32).toString('base64url')}`
  const { name, scopes, organisations, repositories, expiresAt } = grant
  const id = randomUUID()
  await recordFact(appender, draftOf('token.created', { ...grant, id }, act), act)
  const token = await database.prisma.apiToken.create({
    data: {
      id,
      sha256: tokenDigest(secret),
      name,
      scopes: [...scopes],
      organisations: [...organisations],
      repositories: [...repositories],
      createdAt: new Date(act.now),
      expiresAt,
    },
    omit: { sha256: true },
  })
  return { token, secret }
}

/** Every token, the newest first; revoked and expired ones too. */
export async function listTokens({ prisma }: Pick<Database, 'prisma'>): Promise<ApiToken[]> {
  return prisma.apiToken.findMany({ orderBy: { createdAt: 'desc' }, omit: { sha256: true } })
}

/** Ends a token at once. Revoking it again changes nothing. @returns `undefined` if there is none with this id */
export async function revokeToken(
  database: Database,
  appender: Appender,
  id: string,
  act: TokenAct,
): Promise<ApiToken | undefined> {
  const { prisma } = database
  const token = await prisma.apiToken.findUnique({ where: { id }, omit: { sha256: true } })
  if (!token) return undefined
  if (token.revokedAt) return token
  await recordFact(appender, draftOf('token.revoked', token, act), act)
  return prisma.apiToken.update({
    where: { id },
    data: { revokedAt: new Date(act.now) },
    omit: { sha256: true },
  })
}

export function tokenDigest(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(secret).digest())
}

/** The name is free text, so it is sealed; what the token may do stays. */
function draftOf(
  action: 'token.created' | 'token.revoked',
  {
    id,
    name,
    scopes,
    organisations,
    repositories,
    expiresAt,
  }: TokenGrant & { readonly id: string },
  { login }: TokenAct,
): Omit<EntryDraft, 'occurred_at' | 'outcome'> {
  const grant = { scopes, organisations, repositories, expires_at: expiresAt?.toISOString() }
  const side = action === 'token.created' ? 'after' : 'before'
  return {
    action,
    actor: login === undefined ? { type: 'unknown' } : { type: 'user', login },
    attribution:
      login === undefined
        ? { confidence: 'unknown', method: 'a command without HOOKTRAIL_LOGIN' }
        : { confidence: 'derived', method: 'HOOKTRAIL_LOGIN of the command' },
    targets: [{ type: 'token', id, name: personal(name) }],
    changes: [{ path: 'grant', [side]: grant }],
  }
}
