import { HooktrailError } from '../../core/domain/index.js'
import { LedgerError } from '../errors.js'
import { sqlState } from '../sql-state.js'

/**
 * `search.cursor`: not a cursor that we gave; `search.reference`: neither an entry's id nor its number;
 * `search.timeout`: the question takes too long, a narrower one may not.
 */
export class SearchError extends HooktrailError<
  'search.cursor' | 'search.reference' | 'search.timeout'
> {}

const QUERY_CANCELED = '57014'
/** Connection lost or refused, out of connections, shutting down or starting: SQLSTATE classes 08, 53 and 57P. */
const AWAY = /^(?:08|53|57P)/
/** Prisma's own codes for a server that cannot be reached, or a pool that gave no connection in time. */
const PRISMA_AWAY = /^(?:P1\d{3}|P2024|P2028|P2037)$/
const SOCKET_AWAY = /^(?:ECONN|ENOENT|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENOTFOUND)/

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
  for (let inner = error, depth = 0; inner instanceof Error && depth < 5; depth += 1) {
    const code = 'code' in inner ? String(inner.code) : ''
    if (PRISMA_AWAY.test(code) || SOCKET_AWAY.test(code)) return true
    if (/^Connection terminated|timeout exceeded when trying to connect/i.test(inner.message))
      return true
    inner = inner.cause
  }
  return false
}
