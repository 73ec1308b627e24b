import type { HttpBindings } from '@hono/node-server'
import type { Context, Hono } from 'hono'
import { accepts } from 'hono/accepts'

import type { Logger } from '../platform/index.js'
import type { ApiEnv } from './api-env.js'
import { taggedJson } from './etag.js'
import { OPERATIONS, type ApiParts, type Operation } from './operations/index.js'
import { readParameters } from './read-parameters.js'
import { checkScope } from './require-token.js'
import { bytesOf, Streamed } from './streams/streamed.js'

interface ServedParts extends ApiParts {
  readonly log: Logger
}

/** Adds every operation of the table below /api/v1. Returns the paths. */
export function serveOperations(api: Hono<ApiEnv>, parts: ServedParts): string[] {
  return OPERATIONS.map((one) => {
    const path = `/api/v1${one.path.replaceAll(/\{(\w+)\}/g, ':$1')}`
    api.get(path, (context) => answer(context, one, parts))
    return path
  })
}

async function answer(
  context: Context<ApiEnv>,
  one: Operation,
  parts: ServedParts,
): Promise<Response> {
  const access = context.get('access')
  checkScope(access, one.scope)
  const parameters = readParameters(one.parameters, givenIn(context))
  const value = await one.answerTo({
    ...{ parameters, access, parts },
    mediaType: wanted(context, one),
    lastEventId: context.req.header('Last-Event-ID'),
    headersOnly: context.req.method === 'HEAD',
  })
  if (value instanceof Streamed) return streamed(context, value, parts.log)
  return typeof value === 'string' ? context.text(value) : taggedJson(context, value)
}

function wanted(context: Context, { type, streams }: Operation): string {
  const usual = type ?? 'application/json'
  const supports = [usual, ...(streams?.types ?? [])]
  return accepts(context, { header: 'Accept', supports, default: usual })
}

function streamed(context: Context<ApiEnv>, value: Streamed, log: Logger): Response {
  const request = context.get('requestId')
  const { outgoing } = (context.env ?? {}) as Partial<HttpBindings>
  const bytes = bytesOf(value, {
    report: (error) => {
      log.error({ err: error, request }, 'an answer broke off')
    },
    hangUp: outgoing && (() => void outgoing.destroy()),
  })
  return context.body(bytes, 200, { ...value.headers, 'Content-Type': value.mediaType })
}

/** What the path names cannot be named in the query string as well. */
function givenIn(context: Context<ApiEnv>): Record<string, string[]> {
  const given = context.req.queries()
  for (const [name, value] of Object.entries(context.req.param() as Record<string, string>)) {
    given[name] = [value, ...(given[name] ?? [])]
  }
  return given
}
