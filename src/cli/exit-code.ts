import { ServerError } from '../client/index.js'
import { HooktrailError } from '../core/domain/index.js'
import { LedgerError, SearchError, SigningError } from '../ledger/index.js'
import { ConfigError, LogKeyError, MigrationError, PostgresError } from '../platform/index.js'

/** What the command tells the shell (docs/cli.md). */
export const EXIT = {
  ok: 0,
  /** The answer is no: verify or doctor found something, there is no such entry, migrations are pending. */
  no: 1,
  /** The command line, the query or the configuration is wrong. */
  usage: 2,
  /** The database or the server is away, or the schema is not one to work on. */
  database: 3,
  other: 4,
  /** Ctrl-C, as shells count it. */
  interrupted: 130,
} as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** The command line asks for something that cannot be meant; the message says what, and what to do. */
export class UsageError extends HooktrailError<'cli.usage'> {
  constructor(message: string, options?: { cause?: unknown }) {
    super('cli.usage', message, options)
  }
}

/** The settings name a place where no log is; the message says what to do. */
export class NoLogError extends HooktrailError<'cli.no-log'> {
  constructor(dataDir: string) {
    super(
      'cli.no-log',
      `There is no log in ${dataDir}. Go to the directory that Hooktrail runs in, or name the log with HOOKTRAIL_DATA_DIR or DATABASE_URL; a first \`npm start\` makes one.`,
    )
  }
}

/** The person at the keyboard ended the command. */
export class InterruptedError extends HooktrailError<'cli.interrupted'> {
  constructor() {
    super('cli.interrupted', 'interrupted')
  }
}

const USAGE = [ConfigError, LogKeyError, SigningError, UsageError]
const DATABASE = [NoLogError, PostgresError, MigrationError]

const SERVER: Readonly<Record<ServerError['code'], ExitCode>> = {
  'server.away': EXIT.database,
  'server.address': EXIT.usage,
  'server.token': EXIT.usage,
  'server.refused': EXIT.usage,
  'server.answer': EXIT.other,
}

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof InterruptedError) return EXIT.interrupted
  if (USAGE.some((kind) => error instanceof kind)) return EXIT.usage
  if (DATABASE.some((kind) => error instanceof kind)) return EXIT.database
  if (error instanceof LedgerError && error.code === 'unavailable') return EXIT.database
  if (error instanceof ServerError) return SERVER[error.code]
  return error instanceof SearchError && error.code === 'search.reference' ? EXIT.usage : EXIT.other
}
