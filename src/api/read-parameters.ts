import type { z } from 'zod'

import { RequestError } from './request-error.js'

/**
 * The parameters of a request, from its path and its query string.
 * @throws RequestError for one that is unknown, repeated, missing or malformed: never a guess at what is meant
 */
export function readParameters<Parameters extends z.ZodObject>(
  schema: Parameters,
  asked: Readonly<Record<string, readonly string[]>>,
): z.output<Parameters> {
  for (const [name, values] of Object.entries(asked)) {
    if (values.length > 1) refuse(`${quote(name)} is given more than once`)
  }
  const single = Object.fromEntries(Object.entries(asked).map(([name, [value]]) => [name, value]))
  const result = schema.strict().safeParse(single)
  if (result.success) return result.data as z.output<Parameters>
  return refuse(sentence(result.error, Object.keys(schema.shape)))
}

function sentence({ issues: [issue] }: z.ZodError, known: readonly string[]): string {
  if (issue?.code === 'unrecognized_keys') {
    const names = issue.keys.map(quote).join(', ')
    return `there is no parameter ${names}: ${known.length > 0 ? `use ${list(known)}` : 'this takes none'}`
  }
  return `${String(issue?.path[0])} ${issue?.message ?? 'is not understood'}`
}

function list(names: readonly string[]): string {
  const last = names.at(-1) ?? ''
  const others = names.slice(0, -1)
  return others.length === 0 ? last : `${others.join(', ')} and ${last}`
}

function refuse(message: string): never {
  throw new RequestError('api.parameter', message)
}

function quote(name: string): string {
  return `“${name.slice(0, 50)}”`
}
