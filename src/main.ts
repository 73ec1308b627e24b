/** The process: environment in, signals and exit codes out. What it runs is built in hooktrail.ts. */
import process from 'node:process'

import { HooktrailError } from './core/domain/index.js'
import { startHooktrail } from './hooktrail.js'
import {
  createLogger,
  loadEnvironment,
  readConfig,
  type Config,
  type Logger,
} from './platform/index.js'
import { startSetup } from './setup.js'

/** Exit codes: as those of the `hooktrail` command (docs/cli.md). */
const EXIT = { configuration: 2, database: 3, other: 4 } as const

/** A stop that takes longer is cut off: whatever was acknowledged is durable, and jobs are given back. */
const STOP_WITHIN_MS = 15_000

async function main(): Promise<void> {
  const config = readConfig(loadEnvironment())
  const log = createLogger(config)
  for (const warning of config.warnings) log.warn(warning)
  const running = await start(config, log)
  stopOnSignal(running.stop, log)
}

async function start(
  { app, ...config }: Config,
  log: Logger,
): Promise<{ url: string; stop: () => Promise<void> }> {
  if (!app) return startSetup(config, log)
  const running = await startHooktrail({ ...config, app }, log)
  log.info({ url: running.url }, 'Hooktrail is ready')
  return running
}

function stopOnSignal(stop: () => Promise<void>, log: Logger): void {
  let stopping = false
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(EXIT.other)
    stopping = true
    log.info({ signal }, 'stopping; once more to stop at once')
    setTimeout(() => process.exit(EXIT.other), STOP_WITHIN_MS).unref()
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'did not stop cleanly')
        process.exit(EXIT.other)
      },
    )
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
}

main().catch((error: unknown) => {
  process.stderr.write(`${describe(error)}\n`)
  process.exit(exitCodeOf(error))
})

function describe(error: unknown): string {
  if (error instanceof HooktrailError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function exitCodeOf(error: unknown): number {
  if (!(error instanceof HooktrailError)) return EXIT.other
  return error.code === 'config' ? EXIT.configuration : EXIT.database
}
