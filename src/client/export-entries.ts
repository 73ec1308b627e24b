import { answered } from './answered.js'
import type { ApiClient } from './connect.js'
import { entryReader, jsonOf, type Entry } from './read-entry.js'
import { readLines } from './read-lines.js'
import { ServerError } from './server-error.js'

/**
 * All entries that a query means, newest first, as they arrive. The server records the use.
 * @throws ServerError; also where the end is missing, because then entries may be, too
 */
export async function* exportEntries(api: ApiClient, query: string): AsyncGenerator<Entry[]> {
  const params = { query: { query, format: 'ndjson' as const } }
  const stream = answered(await api.GET('/api/v1/entries', { params, parseAs: 'stream' }))
  const read = entryReader()
  let count = 0
  try {
    for await (const lines of readLines(stream)) {
      const values = lines.map(jsonOf)
      const end = values.findIndex(isEnd)
      const entries = end < 0 ? values : values.slice(0, end)
      yield entries.map((value) => read(value))
      count += entries.length
      if (end >= 0) return
    }
  } catch (error) {
    if (error instanceof ServerError) throw error
    throw brokenOff(count, error)
  }
  throw brokenOff(count)
}

/** The line that only a whole export has. */
function isEnd(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'end' in value
}

function brokenOff(count: number, cause?: unknown): ServerError {
  const message = `the export broke off after ${String(count)} entries: what was written is not all of it. Try again.`
  return new ServerError('server.away', message, { cause })
}
