import { setTimeout } from 'node:timers/promises'

import { connect, isProblem, ServerError } from '../client/index.js'
import { SearchError } from '../ledger/index.js'
import { VERSION, type Config } from '../platform/index.js'
import { cliConfig } from './config.js'
import type { CliContext } from './context.js'
import { databaseReader } from './database-reader.js'
import type { LogReader } from './log-reader.js'
import { serverReader } from './server-reader.js'
import { untilInterrupted } from './until-interrupted.js'
import { askedServer } from './which-log.js'
import { withDatabase } from './with-database.js'

/**
 * Opens the log that the command line and the settings name, on a server or in a database, and closes it again.
 * @throws UsageError, ServerError; as `withDatabase`
 */
export function withLog<Result>(
  context: CliContext,
  work: (log: LogReader, config: Config) => Promise<Result>,
): Promise<Result> {
  const server = askedServer(context)
  if (!server) {
    return withDatabase(context, (database, config) => work(databaseReader(database), config))
  }
  const { interrupted: signal, err } = context
  const api = connect({
    ...{ url: server.url, token: server.token(), version: VERSION, signal },
    fetch: (request) => fetch(request),
    pause: (ms) => setTimeout(ms, undefined, { signal }),
    onWait: (seconds) =>
      void err.write(`The server asks to wait for ${String(seconds)} s; waiting.\n`),
  })
  const worked = work(serverReader(api), cliConfig(context)).catch(asHere)
  return untilInterrupted(worked, signal)
}

/** What the search of a server refuses is what the search here would refuse. */
function asHere(error: unknown): never {
  const { cause } = error instanceof ServerError ? error : {}
  if (isProblem(cause) && isSearchCode(cause.code)) throw new SearchError(cause.code, cause.detail)
  throw error
}

function isSearchCode(code: string): code is SearchError['code'] {
  return /^search\.(?:cursor|reference|words|timeout)$/.test(code)
}
