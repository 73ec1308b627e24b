import { exportEntries, type ApiClient } from '../client/index.js'
import { printQuery } from '../core/search/index.js'
import { UsageError } from './exit-code.js'
import type { LogReader } from './log-reader.js'

/** What has no end, or none that is near. */
export function serverStreams(api: ApiClient): Pick<LogReader, 'all' | 'follow'> {
  return {
    all: (query) => exportEntries(api, printQuery(query)),
    follow: () => {
      throw new UsageError('a server cannot be followed yet: leave out --follow')
    },
  }
}
