import { setTimeout } from 'node:timers/promises'

import { exportEntries, followEntries, type ApiClient } from '../client/index.js'
import { printQuery } from '../core/search/index.js'
import type { LogReader } from './log-reader.js'

/** What has no end, or none that is near. */
export function serverStreams(api: ApiClient): Pick<LogReader, 'all' | 'follow'> {
  return {
    all: (query) => exportEntries(api, printQuery(query)),
    follow: (query, { signal, say }) =>
      followEntries(api, printQuery(query), {
        signal,
        pause: (ms) => setTimeout(ms, undefined, { signal }),
        onAway: () => say('The server is away; waiting for it.\n'),
      }),
  }
}
