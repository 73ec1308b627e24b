import { createHash } from 'node:crypto'

import type { MiddlewareHandler } from 'hono'

/** What a page may do beyond showing text. */
export interface PagePolicy {
  /** The text of the one style sheet. */
  readonly style?: string
  /** Where forms may be sent. */
  readonly formAction?: readonly string[]
  /** `strict-origin` where a form is sent elsewhere: without a referrer browsers call its origin `null`. */
  readonly referrer?: 'no-referrer' | 'strict-origin'
}

/**
 * Nothing is cached (unless the answer itself says for how long), framed, sniffed or told to others, and a page may only
 * do what its policy names.
 */
export function securityHeaders(policy: PagePolicy = {}): MiddlewareHandler {
  const headers = {
    'Cache-Control': 'no-store',
    'Content-Security-Policy': contentSecurityPolicy(policy),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': policy.referrer ?? 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  }
  return async (context, next) => {
    await next()
    const cached = context.res.headers.get('Cache-Control')
    for (const [name, value] of Object.entries(headers)) context.res.headers.set(name, value)
    if (cached !== null) context.res.headers.set('Cache-Control', cached)
  }
}

function contentSecurityPolicy({ style, formAction = [] }: PagePolicy): string {
  const directives = [
    "default-src 'none'",
    `form-action ${formAction.length > 0 ? formAction.join(' ') : "'none'"}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]
  if (style !== undefined) {
    const hash = createHash('sha256').update(style).digest('base64')
    directives.push(`style-src 'sha256-${hash}'`)
  }
  return directives.join('; ')
}
