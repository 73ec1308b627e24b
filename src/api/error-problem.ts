import type { ContentfulStatusCode } from 'hono/utils/http-status'

import { HooktrailError } from '../core/domain/index.js'
import { QueryError, type QueryErrorCode } from '../core/search/index.js'
import type { LedgerError, SearchError } from '../ledger/index.js'
import type { RequestError } from './entries-request.js'
import type { Problem } from './problem.js'

type Code = QueryErrorCode | SearchError['code'] | LedgerError['code'] | RequestError['code']

/** Status and title of what can go wrong on the way; everything else is our own fault. */
const PROBLEMS: Readonly<Record<Code, readonly [ContentfulStatusCode, string]>> = {
  'query.syntax': [400, 'The query cannot be read'],
  'query.field': [400, 'The query has an unknown key'],
  'query.value': [400, 'The query has a value that its key does not take'],
  'query.saved': [400, 'The query names a saved query that cannot be used'],
  'search.cursor': [400, 'The cursor is not valid'],
  'search.reference': [400, 'The reference is neither an id nor a number'],
  'search.words': [400, 'The query cannot be searched for'],
  'search.timeout': [503, 'The search took too long'],
  'api.parameter': [400, 'A parameter is not understood'],
  unavailable: [503, 'The database does not answer'],
  corrupt: [500, 'The log is damaged'],
}

/** The answer to an error; `undefined` for those that nobody outside should read about. */
export function errorProblem(error: unknown): Problem | undefined {
  if (!(error instanceof HooktrailError)) return undefined
  const code: unknown = error.code
  if (!isCode(code)) return undefined
  const [status, title] = PROBLEMS[code]
  const detail = error.message
  if (!(error instanceof QueryError)) return { status, code, title, detail }
  const { position, length, suggestion } = error
  return { status, code, title, detail, position, length, suggestion }
}

function isCode(code: unknown): code is Code {
  return typeof code === 'string' && Object.hasOwn(PROBLEMS, code)
}
