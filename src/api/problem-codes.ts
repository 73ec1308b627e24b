import type { ContentfulStatusCode } from 'hono/utils/http-status'

import type { QueryErrorCode } from '../core/search/index.js'
import type { LedgerError, SearchError } from '../ledger/index.js'
import type { RequestError } from './request-error.js'

interface ProblemKind {
  readonly status: ContentfulStatusCode
  readonly title: string
}

export type ErrorCode =
  QueryErrorCode | SearchError['code'] | LedgerError['code'] | RequestError['code']

/** Codes that no error carries: middleware gives these answers. */
type AnswerCode = 'api.method' | 'api.internal'

export type ProblemCode = ErrorCode | AnswerCode

/** Everything that can go wrong with a request, by its stable code. */
export const PROBLEMS: Readonly<Record<ProblemCode, ProblemKind>> = {
  'query.syntax': { status: 400, title: 'The query cannot be read' },
  'query.field': { status: 400, title: 'The query has an unknown key' },
  'query.value': { status: 400, title: 'The query has a value that its key does not take' },
  'query.saved': { status: 400, title: 'The query names a saved query that cannot be used' },
  'search.cursor': { status: 400, title: 'The cursor is not valid' },
  'search.reference': { status: 400, title: 'The reference is neither an id nor a number' },
  'search.words': { status: 400, title: 'The query cannot be searched for' },
  'api.parameter': { status: 400, title: 'A parameter is not understood' },
  'api.unauthorized': { status: 401, title: 'A valid token is needed' },
  'api.scope': { status: 403, title: 'The token does not allow this' },
  'api.not_found': { status: 404, title: 'Not found' },
  'api.method': { status: 405, title: 'The method is not allowed' },
  'api.limit': { status: 429, title: 'Too much at once' },
  'api.internal': { status: 500, title: 'Something went wrong' },
  corrupt: { status: 500, title: 'The log is damaged' },
  'search.timeout': { status: 503, title: 'The search took too long' },
  unavailable: { status: 503, title: 'The database does not answer' },
}
