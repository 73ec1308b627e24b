import { answered, found, type ApiClient } from '../client/index.js'
import { printQuery } from '../core/search/index.js'
import { SearchError } from '../ledger/index.js'
import { UsageError } from './exit-code.js'
import type { LogReader } from './log-reader.js'
import { serverStates } from './server-states.js'
import { serverStreams } from './server-streams.js'

/** As the API has it. */
const MOST_VALUES = 100

/** The log, asked over HTTP: a query is sent as it was understood here, with absolute dates and what was saved in it. */
export function serverReader(api: ApiClient): LogReader {
  return {
    ...entries(api),
    ...serverStreams(api),
    ...counts(api),
    ...serverStates(api),
    async savedQueries() {
      const { saved } = answered(await api.GET('/api/v1/saved-queries'))
      return saved.map(({ query: text, ...name }) => ({ ...name, text }))
    },
  }
}

function entries(api: ApiClient): Pick<LogReader, 'search' | 'entry' | 'place' | 'related'> {
  return {
    async search(query, { limit, cursor }) {
      const asked = { query: printQuery(query), limit, ...(cursor !== undefined && { cursor }) }
      const page = answered(await api.GET('/api/v1/entries', { params: { query: asked } }))
      return { entries: page.entries, next: page.next_cursor ?? undefined }
    },
    async entry(reference) {
      // A URL does not keep these as a step of its path.
      if (/^\.{0,2}$/.test(reference)) throw noReference(reference)
      return found(await api.GET('/api/v1/entries/{reference}', byReference(reference)))
    },
    async place({ seq }) {
      const path = '/api/v1/entries/{reference}/place'
      const place = answered(await api.GET(path, byReference(String(seq))))
      const { leaf_hash: leafHash, size, root, origin, tlog_proof: file } = place
      const { replaces, replaced_by } = place
      const proof = { leafHash: leafHash ?? undefined, size, root, origin, file: file ?? undefined }
      return { proof, readings: { replaces, replaced_by } }
    },
    async related({ seq }) {
      const path = '/api/v1/entries/{reference}/related'
      return answered(await api.GET(path, byReference(String(seq))))
    },
  }
}

function byReference(reference: string): { params: { path: { reference: string } } } {
  return { params: { path: { reference } } }
}

function noReference(reference: string): SearchError {
  const message = `“${reference}” is neither the number of an entry nor its id (a UUID)`
  return new SearchError('search.reference', message)
}

function counts(api: ApiClient): Pick<LogReader, 'facets' | 'histogram'> {
  return {
    async facets(query, limit) {
      if (limit > MOST_VALUES) {
        const most = String(MOST_VALUES)
        throw new UsageError(
          `a server gives ${most} values of a field at most: --limit ${most}, or --no-server where the database is`,
        )
      }
      const asked = { query: printQuery(query), limit }
      return answered(await api.GET('/api/v1/facets', { params: { query: asked } })).facets
    },
    async histogram(query, tz) {
      const asked = { query: printQuery(query), tz }
      return answered(await api.GET('/api/v1/histogram', { params: { query: asked } }))
    },
  }
}
