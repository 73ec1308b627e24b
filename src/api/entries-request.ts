import { z } from 'zod'

import { HooktrailError } from '../core/domain/index.js'
import { MAX_PAGE } from '../ledger/index.js'

/** A request that asks in a way that we do not know. */
export class RequestError extends HooktrailError<'api.parameter'> {}

export interface EntriesRequest {
  readonly query: string
  readonly limit: number
  readonly cursor?: string | undefined
}

const DEFAULT_LIMIT = 50

const PARAMETERS = z.strictObject({
  query: z.string().default(''),
  limit: z
    .string()
    .regex(/^\d{1,4}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(MAX_PAGE))
    .default(DEFAULT_LIMIT),
  cursor: z.string().min(1).optional(),
})

/** @throws RequestError for a parameter that is unknown, repeated or malformed: never a guess at what is meant */
export function readEntriesRequest(parameters: Readonly<Record<string, string[]>>): EntriesRequest {
  for (const [name, values] of Object.entries(parameters)) {
    if (values.length > 1)
      throw new RequestError('api.parameter', `${quote(name)} is given more than once`)
  }
  const single = Object.fromEntries(
    Object.entries(parameters).map(([name, [value]]) => [name, value]),
  )
  const result = PARAMETERS.safeParse(single)
  if (result.success) return result.data
  throw new RequestError('api.parameter', sentence(result.error))
}

function sentence({ issues: [issue] }: z.ZodError): string {
  if (issue?.code === 'unrecognized_keys') {
    return `there is no parameter ${issue.keys.map(quote).join(', ')}: use query, limit and cursor`
  }
  if (issue?.path[0] === 'limit') return `limit is a whole number from 1 to ${String(MAX_PAGE)}`
  return 'cursor is empty: leave it out, or send next_cursor as it came'
}

function quote(name: string): string {
  return `“${name.slice(0, 50)}”`
}
