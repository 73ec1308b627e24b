import { createHash } from 'node:crypto'

import type { Context } from 'hono'

/**
 * An answer in JSON with a tag of its text, or 304 where the client has that text already. Every answer of the log depends on
 * what the token may see, so the tag is of the answer itself and not of what it was made from.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
 */
export function taggedJson(context: Context, value: unknown): Response {
  const text = JSON.stringify(value)
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`
  const headers = { ETag: tag, Vary: 'Authorization' }
  if (isKnown(context.req.header('If-None-Match'), tag)) return context.body(null, 304, headers)
  return context.body(text, 200, { ...headers, 'Content-Type': 'application/json; charset=utf-8' })
}

/** Weakly: whoever compresses an answer on its way makes its tag a weak one. */
function isKnown(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false
  const known = header.split(',').map((one) => one.trim().replace(/^W\//, ''))
  return known.includes(tag) || known.includes('*')
}
