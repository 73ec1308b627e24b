import type { ApiClient } from '../client/index.js'
import type { AuditEntry } from '../core/domain/index.js'
import type { Query } from '../core/search/index.js'
import { MAX_PAGE } from '../ledger/index.js'
import { UsageError } from './exit-code.js'
import { pagesOf, type LogReader } from './log-reader.js'

/** What has no end, or none that is near. */
export function serverStreams(
  _api: ApiClient,
  search: LogReader['search'],
): Pick<LogReader, 'all' | 'follow'> {
  return {
    all: (query) => everyPage({ search }, query),
    follow: () => {
      throw new UsageError('a server cannot be followed yet: leave out --follow')
    },
  }
}

async function* everyPage(
  log: Pick<LogReader, 'search'>,
  query: Query,
): AsyncGenerator<readonly AuditEntry[]> {
  for await (const { entries } of pagesOf(log, query, { limit: Infinity, pageSize: MAX_PAGE })) {
    yield entries
  }
}
