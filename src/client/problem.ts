import type { components } from './api-types.js'

/** What went wrong, as `application/problem+json` says it. */
export type Problem = components['schemas']['Problem']

const OURS = 'urn:hooktrail:problem:'

/** Whether a body is a problem as Hooktrail words it, and not one of a proxy or of another program. */
export function isProblem(body: unknown): body is Problem {
  if (typeof body !== 'object' || body === null) return false
  const { type, status, code, detail } = body as Readonly<Record<string, unknown>>
  return (
    typeof type === 'string' &&
    type.startsWith(OURS) &&
    typeof status === 'number' &&
    typeof code === 'string' &&
    typeof detail === 'string'
  )
}
