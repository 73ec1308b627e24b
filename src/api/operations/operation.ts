import type { z } from 'zod'

import { parseQuery, type Query, type QueryContext } from '../../core/search/index.js'
import { savedQueries, type LogFollower, type Scope } from '../../ledger/index.js'
import type { Database } from '../../platform/index.js'
import { allowedQueries, type Access } from '../access.js'
import type { ProblemCode } from '../problem-codes.js'
import type { OpenStreams } from '../streams/open-streams.js'
import type { Streamed } from '../streams/streamed.js'

/** What operations are answered from. */
export interface ApiParts {
  readonly database: Database
  /** IANA name: what dates without an offset are meant in. */
  readonly timeZone: string
  /** Milliseconds since 1970: what `created:>-7d` counts from. */
  readonly now: () => number
  readonly streams: OpenStreams
  readonly follower: LogFollower
}

/** One request, as far as it was understood. */
export interface Asked<Parameters> {
  readonly parameters: Parameters
  /** Whose token it is. What they may not see is not there for them. */
  readonly access: Access
  readonly parts: ApiParts
  /** Of those that the operation answers in, what the client would rather have. */
  readonly mediaType: string
  /** Of a stream that broke off: the id of the last thing that arrived. */
  readonly lastEventId?: string | undefined
  /** HEAD: nothing is streamed. */
  readonly headersOnly: boolean
}

/** As the ledger gives it: nobody changes an answer. */
type Told<Type> = Type extends readonly (infer Item)[]
  ? readonly Told<Item>[]
  : Type extends object
    ? { readonly [Field in keyof Type]: Told<Type[Field]> }
    : Type

/**
 * One operation of /api/v1. Its request is validated, its description written and its tests are held to account by what
 * stands here.
 */
export interface Operation<
  Parameters extends z.ZodObject = z.ZodObject,
  Answer extends z.ZodType = z.ZodType,
> {
  /** Verb and noun, unique. */
  readonly id: string
  /** Below /api/v1; names of parameters in braces. */
  readonly path: `/${string}`
  readonly scope: Scope
  /** A few words. */
  readonly summary: string
  readonly description: string
  /** Those of the path and those of the query string. */
  readonly parameters: Parameters
  /** In JSON, unless `type` says another media type, whose text it is then. */
  readonly answer: Answer
  readonly type?: 'text/plain' | 'text/event-stream'
  /** Media types in which it can be had piece by piece, and the scope that this takes. */
  readonly streams?: { readonly types: readonly string[]; readonly scope: Scope }
  /** Beside those that any operation can have. */
  readonly errors: readonly ProblemCode[]
  /** @throws HooktrailError with one of `errors` */
  answerTo(asked: Asked<z.output<Parameters>>): Promise<Told<z.input<Answer>> | Streamed>
}

/** Holds parameters, answer and function together, and forgets their types. */
export function operation<Parameters extends z.ZodObject, Answer extends z.ZodType>(
  one: Operation<Parameters, Answer>,
): Operation {
  return one
}

/** What can be wrong with a query. */
export const QUERY_ERRORS = [
  'query.syntax',
  'query.field',
  'query.value',
  'query.saved',
] as const satisfies readonly ProblemCode[]

/** @throws QueryError; LedgerError `unavailable` */
export async function queryOf(asked: Asked<QueryParameters>): Promise<Query> {
  return parseQuery(asked.parameters.query, await contextOf(asked))
}

interface QueryParameters {
  readonly query: string
  readonly tz?: string | undefined
}

/** What a query's meaning depends on; what was saved is read only where the query can name it. */
export async function contextOf({
  parameters: { query, tz },
  access,
  parts: { database, now, timeZone },
}: Asked<QueryParameters>): Promise<QueryContext> {
  const saved = /saved:/i.test(query)
    ? allowedQueries(access, await savedQueries(database))
    : undefined
  return { now: now(), timeZone: tz ?? timeZone, saved }
}
