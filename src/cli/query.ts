import { parseQuery, QueryError, type Query } from '../core/search/index.js'
import { printable } from '../platform/index.js'
import { UsageError } from './exit-code.js'
import { displayWidth } from './text/width.js'

/**
 * The query that the arguments spell out. Dates without an offset are in UTC, as in the API.
 * @throws UsageError which shows where the query is wrong
 */
export function readQuery(terms: readonly string[], now: number): Query {
  const text = terms.join(' ').trim()
  try {
    return parseQuery(text, { now })
  } catch (error) {
    if (!(error instanceof QueryError)) throw error
    throw new UsageError(explain(text, error), { cause: error })
  }
}

/** The query, carets under what is wrong, and what could stand there instead. */
function explain(text: string, { message, position, length, suggestion }: QueryError): string {
  const before = displayWidth(printable(text.slice(0, position)))
  const under = displayWidth(printable(text.slice(position, position + length)))
  const lines = [
    `the query is not understood: ${message}`,
    '',
    `  ${printable(text)}`,
    `  ${' '.repeat(before)}${'^'.repeat(Math.max(1, under))}`,
  ]
  // Some messages say it by themselves.
  if (suggestion !== undefined && !message.includes('did you mean')) lines.push(hint(suggestion))
  return lines.join('\n')
}

function hint(suggestion: string): string {
  return suggestion === '' ? '  Leave it out.' : `  Did you mean ${printable(suggestion)} ?`
}
