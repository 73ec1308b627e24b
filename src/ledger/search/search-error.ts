import { HooktrailError } from '../../core/domain/index.js'
import { LedgerError } from '../errors.js'
import { sqlState } from '../sql-state.js'

/**
 * `search.cursor`: not a cursor that we gave; `search.reference`: neither an entry's id nor its number;
 * `search.words`: a free word without letters and digits; `search.timeout`: the question takes too long, a narrower one may not.
 */
export class SearchError extends HooktrailError<
  'search.cursor' | 'search.reference' | 'search.words' | 'search.timeout'
> {}

const QUERY_CANCELED = '57014'
/** Connection lost or refused, out of connections, shutting down or starting: SQLSTATE classes 08, 53 and 57P. */
const AWAY = /^(?:08|53|57P)/
/** Prisma's own codes for a server that cannot be reached or gave no connection in time, and those of sockets. */
const CODE_AWAY =
  /^(?:P1\d{3}|P2024|P2028|P2037|ECONN\w*|ENOENT|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENOTFOUND)$/
/** node-postgres gives these no code. */
const MESSAGE_AWAY = /^(?:Connection terminated|timeout exceeded when)/i

/** What a reader can do about an error of the database; other errors as they came. */
export function readable(error: unknown, timeoutMs: number): unknown {
  const state = sqlState(error)
  if (state === QUERY_CANCELED) {
    const message = `the search took longer than ${String(timeoutMs / 1000)} seconds and was stopped: narrow it, for example with created:>-7d`
    return new SearchError('search.timeout', message, { cause: error })
  }
  if (state !== undefined ? AWAY.test(state) : hasCode(error)) {
    return new LedgerError('unavailable', 'the database does not answer; try again in a moment', {
      cause: error,
    })
  }
  return error
}

function hasCode(error: unknown): boolean {
  for (let inner = error, depth = 0; isObject(inner) && depth < 5; depth += 1) {
    const { code, message } = inner
    if (typeof code === 'string' && CODE_AWAY.test(code)) return true
    if (typeof message === 'string' && MESSAGE_AWAY.test(message)) return true
    inner = inner['cause']
  }
  return false
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
