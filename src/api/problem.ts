import type { Context } from 'hono'

import { PROBLEMS, type ProblemCode } from './problem-codes.js'

/** What a program needs to react, and a sentence for the person behind it. */
export interface Problem {
  /** Stable: programs compare it. */
  readonly code: ProblemCode
  readonly detail: string
  /** Where in the query, in UTF-16 code units. */
  readonly position?: number | undefined
  readonly length?: number | undefined
  /** What could stand there instead. */
  readonly suggestion?: string | undefined
}

/** An answer in `application/problem+json`. @see https://www.rfc-editor.org/rfc/rfc9457 */
export function problem(context: Context, { code, ...rest }: Problem): Response {
  const { status, title } = PROBLEMS[code]
  const body = { type: `urn:hooktrail:problem:${code}`, status, code, title, ...rest }
  return context.body(JSON.stringify(body), status, { 'Content-Type': 'application/problem+json' })
}
