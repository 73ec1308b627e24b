import {
  ConfigError,
  migrationStatus,
  missingGuards,
  queueDepth,
  type Config,
  type Database,
} from '../../platform/index.js'
import type { CliContext } from '../context.js'
import { NoLogError, UsageError } from '../exit-code.js'
import { withDatabase } from '../with-database.js'
import { resultsOf, messageOf, type CheckResult } from './check.js'
import { checkDisk } from './disk.js'
import { checkSigning } from './signing.js'
import { checkWitnesses } from './witnesses.js'

const database = resultsOf('database')
const log = resultsOf('log')
const jobs = resultsOf('jobs')

/** Whether it is there, is as the migrations make it, has its guards, and has work that nobody can finish. */
export async function checkDatabase(context: CliContext): Promise<CheckResult[]> {
  try {
    return await withDatabase(
      context,
      (connected, config) => examine(connected, config, context.now()),
      {
        current: false,
      },
    )
  } catch (error) {
    if (context.interrupted.aborted) throw error
    if (error instanceof ConfigError) return [database.skipped('its settings are refused')]
    if (error instanceof NoLogError || error instanceof UsageError) {
      return [database.skipped(messageOf(error))]
    }
    return [database.fail(messageOf(error), 'See docs/configuration.md, “Database”.')]
  }
}

async function examine(connected: Database, config: Config, now: number): Promise<CheckResult[]> {
  const reached = [
    database.ok(connected.description),
    ...(connected.embedded ? [await checkDisk(config.dataDir)] : []),
  ]
  const { pending } = await migrationStatus(connected)
  if (pending.length === 0) {
    return [
      ...reached,
      await checkGuards(connected),
      ...(await checkSigning(connected, config, now)),
      ...(await checkWitnesses(connected, config, now)),
      await checkJobs(connected),
    ]
  }
  const message = `the schema is not up to date: ${pending.join(', ')} to come`
  return [...reached, database.fail(message, 'Run: hooktrail migrate')]
}

async function checkGuards(connected: Database): Promise<CheckResult> {
  const missing = await missingGuards(connected)
  if (missing.length === 0) return log.ok('append-only: all triggers stand')
  return log.fail(
    `the log is not protected against changes: ${missing.join(', ')} missing or switched off`,
    'Somebody with rights on the database did this. Run hooktrail verify, find out who, and make the triggers again as in prisma/migrations/0001_log/migration.sql.',
  )
}

async function checkJobs(connected: Database): Promise<CheckResult> {
  const { ready, waiting, running, failed } = await queueDepth(connected)
  const counts = `${String(ready + waiting)} to do, ${String(running)} running`
  if (failed === 0) return jobs.ok(`${counts}, none failed for good`)
  return jobs.warn(
    `${counts}, ${String(failed)} failed for good`,
    'hooktrail jobs shows why; hooktrail jobs retry --all tries them again.',
  )
}
