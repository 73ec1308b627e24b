import { existsSync } from 'node:fs'

import {
  createLogger,
  migrationStatus,
  openDatabase,
  PostgresError,
  type Config,
  type Database,
} from '../platform/index.js'
import { cliConfig } from './config.js'
import type { CliContext } from './context.js'
import { NoLogError, UsageError } from './exit-code.js'
import { untilInterrupted } from './until-interrupted.js'
import { askedServer } from './which-log.js'

export interface WithDatabaseOptions {
  /** Whether the schema must be up to date, which it need not be for migrating and examining. */
  readonly current?: boolean
}

/**
 * Opens the log that the settings name (the embedded server is started if it does not run), works, and leaves it
 * in order, also when interrupted.
 * @throws UsageError where a server is to be asked; ConfigError, NoLogError, PostgresError, MigrationError, InterruptedError
 */
export async function withDatabase<T>(
  context: CliContext,
  work: (database: Database, config: Config) => Promise<T>,
  { current = true }: WithDatabaseOptions = {},
): Promise<T> {
  const config = cliConfig(context)
  requireDatabase(context)
  requireData(config)
  const database = await openDatabase(config, createLogger(config), { role: 'cli' })
  try {
    if (current) await requireSchema(database)
    return await untilInterrupted(work(database, config), context.interrupted)
  } finally {
    await database.close()
  }
}

/** What works on the database must not do so in place of the server that was meant. */
function requireDatabase(context: CliContext): void {
  const server = askedServer(context)
  if (!server) return
  throw new UsageError(
    `this needs the database itself, and ${server.url} is to be asked: run it where Hooktrail runs, or say --no-server for the database that the settings name here`,
  )
}

/** A question asked in the wrong directory must not make an empty log there. */
function requireData({ databaseUrl, dataDir }: Config): void {
  if (databaseUrl !== undefined || existsSync(dataDir)) return
  throw new NoLogError(dataDir)
}

async function requireSchema(database: Database): Promise<void> {
  const { pending } = await migrationStatus(database)
  if (pending.length === 0) return
  throw new PostgresError(
    'start',
    `The schema of ${database.description} is not up to date: ${pending.join(', ')} to come. Run \`hooktrail migrate\`.`,
  )
}
