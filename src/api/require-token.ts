import type { MiddlewareHandler } from 'hono'

import { OPERATOR } from './access.js'
import type { ApiEnv } from './api-env.js'
import { problem } from './problem.js'
import { isSameSecret } from './same-secret.js'

/** Lets requests through that carry `Authorization: Bearer <token>`; without a token of ours, none. */
export function requireToken(token: string | undefined): MiddlewareHandler<ApiEnv> {
  return async (context, next) => {
    if (token === undefined) {
      return problem(context, {
        code: 'api.disabled',
        detail: 'Set HOOKTRAIL_API_TOKEN to at least 32 random characters and restart.',
      })
    }
    const given = /^Bearer +(\S+) *$/i.exec(context.req.header('Authorization') ?? '')?.[1]
    if (given === undefined || !isSameSecret(given, token)) {
      const error = given === undefined ? '' : ', error="invalid_token"'
      context.header('WWW-Authenticate', `Bearer realm="hooktrail"${error}`)
      return problem(context, {
        code: 'api.unauthorized',
        detail: 'Send the value of HOOKTRAIL_API_TOKEN as “Authorization: Bearer …”.',
      })
    }
    context.set('access', OPERATOR)
    return next()
  }
}
