import type { Context, Hono } from 'hono'

import type { ApiEnv } from './api-env.js'
import { OPERATIONS, type ApiParts, type Operation } from './operations/index.js'
import { readParameters } from './read-parameters.js'
import { checkScope } from './require-token.js'

/** Adds every operation of the table below /api/v1. Returns the paths. */
export function serveOperations(api: Hono<ApiEnv>, parts: ApiParts): string[] {
  return OPERATIONS.map((one) => {
    const path = `/api/v1${one.path.replaceAll(/\{(\w+)\}/g, ':$1')}`
    api.get(path, (context) => answer(context, one, parts))
    return path
  })
}

async function answer(
  context: Context<ApiEnv>,
  one: Operation,
  parts: ApiParts,
): Promise<Response> {
  const access = context.get('access')
  checkScope(access, one.scope)
  const parameters = readParameters(one.parameters, givenIn(context))
  const value = await one.answerTo({ parameters, access, parts })
  return typeof value === 'string' ? context.text(value) : context.json(value as object)
}

/** What the path names cannot be named in the query string as well. */
function givenIn(context: Context<ApiEnv>): Record<string, string[]> {
  const given = context.req.queries()
  for (const [name, value] of Object.entries(context.req.param() as Record<string, string>)) {
    given[name] = [value, ...(given[name] ?? [])]
  }
  return given
}
