import type { Environment, Place } from '../platform/index.js'

/** One of the command's two streams. */
export interface Output {
  /** Columns of the terminal; `undefined` where it is none (a pipe, a file). */
  readonly columns: number | undefined
  readonly colors: boolean
  /** Resolves once the text is taken. A reader that has gone (`| head`) is no error. */
  write(text: string): Promise<void>
}

/** Which server is asked, as far as the command line says it. */
export interface ServerFlags {
  /** `false`: the database, whatever the settings say. */
  readonly server?: string | false
  readonly tokenFile?: string
}

/** Everything that a command has from outside, so that a test can give it. */
export interface CliContext {
  /** Answers. */
  readonly out: Output
  /** A long answer: on a terminal through the pager. */
  readonly page: (text: string) => Promise<void>
  /** Everything else: notes, progress, errors. */
  readonly err: Output
  /** @throws ConfigError when `.env` cannot be read */
  readonly environment: () => Environment
  readonly place: Place
  /** Known once the command line is read. */
  readonly server?: () => ServerFlags
  /** Threads that a long computation may use; 0 on a machine with one core. */
  readonly threads: number
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Aborted by Ctrl-C, or when nobody reads the answers any more. */
  readonly interrupted: AbortSignal
}
