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
import { InterruptedError, NoLogError } from './exit-code.js'

export interface WithDatabaseOptions {
  /** Whether the schema must be up to date, which it need not be for migrating and examining. */
  readonly current?: boolean
}

/**
 * Opens the log that the settings name (the embedded server is started if it does not run), works, and leaves it
 * in order, also when interrupted.
 * @throws ConfigError, NoLogError, PostgresError, MigrationError, InterruptedError
 */
export async function withDatabase<T>(
  context: CliContext,
  work: (database: Database, config: Config) => Promise<T>,
  { current = true }: WithDatabaseOptions = {},
): Promise<T> {
  const config = cliConfig(context)
  requireData(config)
  const database = await openDatabase(config, createLogger(config), { role: 'cli' })
  try {
    if (current) await requireSchema(database)
    return await untilInterrupted(work(database, config), context.interrupted)
  } finally {
    await database.close()
  }
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

function untilInterrupted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(new InterruptedError())
    }
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    void work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', stop)
    })
  })
}
