import { InvalidArgumentError } from 'commander'

import {
  readQuery,
  type Query,
  type QueryContext,
  type QueryError,
  type Reading,
} from '../core/search/index.js'
import { isTimeZone, printable } from '../platform/index.js'
import { cliConfig } from './config.js'
import type { CliContext } from './context.js'
import { UsageError } from './exit-code.js'
import { withLog } from './with-log.js'
import { displayWidth } from './text/width.js'

/** Faults that are shown at once. */
const SHOWN_FAULTS = 5

/** The query's text: arguments stand side by side. */
export function queryText(terms: readonly string[]): string {
  return terms.join(' ').trim()
}

/**
 * Who asks, and when.
 * @param timeZone that of `--tz`, before that of the settings
 * @throws ConfigError
 */
export function queryContext(context: CliContext, timeZone?: string): QueryContext {
  const config = cliConfig(context)
  return { now: context.now(), timeZone: timeZone ?? config.timeZone, me: config.login }
}

/**
 * The query that a command was given, with what `saved:` names in it.
 * @throws UsageError, and as `withLog` where it names a saved query
 */
export async function askedQuery(
  context: CliContext,
  text: string,
  timeZone?: string,
): Promise<Query> {
  const asked = queryContext(context, timeZone)
  // Only then the log is needed to know what is meant.
  if (!/saved:/i.test(text)) return requireQuery(text, asked)
  const saved = await withLog(context, (log) => log.savedQueries())
  return requireQuery(text, { ...asked, saved })
}

/** @throws UsageError which shows everything that is wrong, and where */
export function requireQuery(text: string, context: QueryContext): Query {
  const reading = readQuery(text, context)
  if (reading.faults.length === 0) return reading.query
  throw new UsageError(faultsOf(text, reading), { cause: reading.faults[0] })
}

/** The option `--tz`. */
export function readTimeZone(name: string): string {
  if (isTimeZone(name)) return name
  throw new InvalidArgumentError('It is a name such as Europe/Berlin, America/New_York or UTC.')
}

/** Each thing that is wrong, with carets under it and what could stand there instead. */
function faultsOf(text: string, { faults }: Reading): string {
  const shown = faults.slice(0, SHOWN_FAULTS).map((fault) => faultOf(text, fault))
  const more = faults.length - shown.length
  const rest = more > 0 ? [`and ${String(more)} more`] : []
  return `the query is not understood: ${[...shown, ...rest].join('\n\n')}`
}

function faultOf(text: string, { message, position, length, suggestion }: QueryError): string {
  const before = displayWidth(printable(text.slice(0, position)))
  const under = displayWidth(printable(text.slice(position, position + length)))
  const lines = [
    message,
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
