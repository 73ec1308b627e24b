import type { Context, MiddlewareHandler } from 'hono'

import { useToken, type ApiToken, type Scope } from '../ledger/index.js'
import type { Database } from '../platform/index.js'
import { accessOf, OPERATOR, type Access } from './access.js'
import type { ApiEnv } from './api-env.js'
import { problem } from './problem.js'
import { RequestError } from './request-error.js'
import { isSameSecret } from './same-secret.js'

interface TokenParts {
  readonly database: Database
  /** The operator's own; those of `hooktrail token create` are in the database. */
  readonly apiToken: string | undefined
  readonly now: () => number
}

/** Lets requests through that carry `Authorization: Bearer <token>`, and says to those behind it whose it is. */
export function requireToken(parts: TokenParts): MiddlewareHandler<ApiEnv> {
  return async (context, next) => {
    const given = /^Bearer +(\S+) *$/i.exec(context.req.header('Authorization') ?? '')?.[1]
    if (given === undefined) {
      const how = 'make one with `hooktrail token create`, or set HOOKTRAIL_API_TOKEN'
      return refuse(context, '', `Send a token as “Authorization: Bearer …”: ${how}.`)
    }
    const access = await accessBy(given, parts)
    if (typeof access === 'string') return refuse(context, ', error="invalid_token"', access)
    context.set('access', access)
    return next()
  }
}

/** For what is behind `requireToken`. @throws RequestError `api.scope` */
export function checkScope({ scopes }: Access, scope: Scope): void {
  if (scopes.includes(scope)) return
  const has = scopes.length > 0 ? scopes.join(', ') : 'none'
  const message = `this needs a token with the scope “${scope}”; yours has ${has} (hooktrail token create --scope ${[...scopes, scope].join(',')})`
  throw new RequestError('api.scope', message)
}

/** What the token allows, or a sentence that says why it allows nothing. */
async function accessBy(
  given: string,
  { database, apiToken, now }: TokenParts,
): Promise<Access | string> {
  if (apiToken !== undefined && isSameSecret(given, apiToken)) return OPERATOR
  const token = await useToken(database, given, now())
  if (!token) return 'The token is not one of this log’s.'
  return endOf(token, now()) ?? accessOf(token)
}

function endOf({ revokedAt, expiresAt }: ApiToken, now: number): string | undefined {
  if (revokedAt) return `The token was revoked on ${revokedAt.toISOString()}.`
  if (!expiresAt || expiresAt.getTime() > now) return undefined
  return `The token expired on ${expiresAt.toISOString()}: make another with \`hooktrail token create\`.`
}

function refuse(context: Context, error: string, detail: string): Response {
  context.header('WWW-Authenticate', `Bearer realm="hooktrail"${error}`)
  return problem(context, { code: 'api.unauthorized', detail })
}
