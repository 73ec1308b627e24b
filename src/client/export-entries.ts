import type { components } from './api-types.js'
import { answered } from './answered.js'
import { answerChecker } from './check-answer.js'
import type { ApiClient } from './connect.js'
import { readLines } from './read-lines.js'
import { ServerError } from './server-error.js'

type Entry = components['schemas']['Entry']

const ENTRY = '/api/v1/entries/{reference}'

/**
 * All entries that a query means, newest first, as they arrive. The server records the use.
 * @throws ServerError; also where the end is missing, because then entries may be, too
 */
export async function* exportEntries(api: ApiClient, query: string): AsyncGenerator<Entry[]> {
  const params = { query: { query, format: 'ndjson' as const } }
  const stream = answered(await api.GET('/api/v1/entries', { params, parseAs: 'stream' }))
  const check = answerChecker()
  let count = 0
  try {
    for await (const lines of readLines(stream)) {
      const values = lines.map(parsed)
      const end = values.findIndex(isEnd)
      const entries = end < 0 ? values : values.slice(0, end)
      yield entries.map((value) => checked(value, check))
      count += entries.length
      if (end >= 0) return
    }
  } catch (error) {
    if (error instanceof ServerError) throw error
    throw brokenOff(count, error)
  }
  throw brokenOff(count)
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** The line that only a whole export has. */
function isEnd(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'end' in value
}

function checked(value: unknown, check: ReturnType<typeof answerChecker>): Entry {
  const wrong = check(ENTRY, value)
  if (wrong === undefined) return value as Entry
  const message = `the server sends an entry that this version does not understand: ${wrong}`
  throw new ServerError('server.answer', message)
}

function brokenOff(count: number, cause?: unknown): ServerError {
  const message = `the export broke off after ${String(count)} entries: what was written is not all of it. Try again.`
  return new ServerError('server.away', message, { cause })
}
