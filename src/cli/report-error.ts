import { HooktrailError } from '../core/domain/index.js'
import { createLogger, printableLines } from '../platform/index.js'
import { cliConfig } from './config.js'
import type { CliContext } from './context.js'
import { styles } from './text/style.js'

/** What went wrong and what to do, without a stack: that is in the log at LOG_LEVEL=debug. */
export function describeError(error: unknown, context: CliContext): string {
  const { red } = styles(context.err.colors)
  const known = error instanceof HooktrailError
  if (!known) logStack(error, context)
  const message = error instanceof Error ? error.message : String(error)
  const remedy = known
    ? ''
    : '\nThis was not expected. LOG_LEVEL=debug shows where it happened; please report it.'
  return `${red('hooktrail:')} ${printableLines(message)}${remedy}\n`
}

function logStack(error: unknown, context: CliContext): void {
  try {
    createLogger(cliConfig(context)).debug({ err: error }, 'unexpected')
  } catch {
    // Without a configuration there is no log either; the message is still shown.
  }
}
