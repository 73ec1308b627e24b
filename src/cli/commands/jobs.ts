import type { Command } from 'commander'

import {
  failedJobs,
  printable,
  queueDepth,
  retryJobs,
  type Database,
  type FailedJob,
} from '../../platform/index.js'
import type { CliContext } from '../context.js'
import { EXIT, UsageError, type ExitCode } from '../exit-code.js'
import { jsonDocument } from '../text/json.js'
import { styles } from '../text/style.js'
import { table, type Column } from '../text/table.js'
import { when } from '../text/times.js'
import { withDatabase } from '../with-database.js'

interface JobsFlags {
  readonly failed?: boolean
  readonly json?: boolean
  readonly utc?: boolean
}

interface RetryFlags {
  readonly all?: boolean
}

const COLUMNS: readonly Column[] = [
  { title: 'id', align: 'right' },
  { title: 'failed', align: 'right' },
  { title: 'tries', align: 'right' },
  { title: 'job', atLeast: 8 },
  { title: 'about', atLeast: 12 },
  { title: 'last error', atLeast: 20 },
]

const EXAMPLES = `
Examples:
  hooktrail jobs                 how much is to be done, and what failed for good
  hooktrail jobs --failed --json
  hooktrail jobs retry 17 23     try these again
  hooktrail jobs retry --all     try all again that failed for good`

export function addJobs(
  program: Command,
  context: CliContext,
  finish: (code: ExitCode) => void,
): void {
  const jobs = program
    .command('jobs')
    .description('the queue: check runs and alerts to be written, and those that failed for good')
    .option('--failed', 'only what failed for good (the dead-letter list)')
    .option('--json', 'one JSON document')
    .option('--utc', 'moments in UTC instead of how long ago')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: JobsFlags) => {
      finish(await withDatabase(context, (database) => list(context, database, flags)))
    })
  jobs
    .command('retry')
    .description('give failed jobs all their tries again')
    .argument('[ids...]', 'numbers from the list')
    .option('--all', 'all that failed for good')
    .action(async (ids: string[], { all = false }: RetryFlags) => {
      checkIds(ids, all)
      finish(await withDatabase(context, (database) => retry(context, database, { ids, all })))
    })
}

async function list(
  context: CliContext,
  database: Database,
  { failed, json, utc = false }: JobsFlags,
): Promise<ExitCode> {
  const jobs = await failedJobs(database)
  const depth = await queueDepth(database)
  if (json) {
    await context.out.write(jsonDocument({ ...(!failed && { queue: depth }), failed: jobs }))
    return EXIT.ok
  }
  const { ready, waiting, running } = depth
  const counts = { ready, waiting, running, failed: depth.failed }
  const parts = Object.entries(counts).map(([name, count]) => `${String(count)} ${name}`)
  const head = failed ? '' : `${parts.join(', ')}\n`
  const rest = jobs.length === 0 ? '' : `${failed ? '' : '\n'}${asTable(context, jobs, utc)}`
  await context.out.write(head + rest)
  if (failed && jobs.length === 0) await context.err.write('No job failed for good.\n')
  return EXIT.ok
}

function asTable({ out, now }: CliContext, jobs: readonly FailedJob[], utc: boolean): string {
  const style = styles(out.colors)
  const rows = jobs.map((job) => [
    { text: job.id },
    { text: when(job.failedAt.toISOString(), now(), utc ? 'UTC' : undefined), style: style.dim },
    { text: String(job.attempts) },
    { text: printable(job.task), style: style.bold },
    { text: printable(job.key ?? '') },
    { text: printable((job.lastError ?? '').split('\n')[0] ?? '') },
  ])
  return table(COLUMNS, rows, { width: out.columns, styles: style })
}

function checkIds(ids: readonly string[], all: boolean): void {
  if (all === ids.length > 0) {
    throw new UsageError(
      'say which jobs: hooktrail jobs retry <id…>, or hooktrail jobs retry --all',
    )
  }
  const wrong = ids.find((id) => !/^\d{1,18}$/.test(id))
  if (wrong === undefined) return
  throw new UsageError(`“${wrong}” is not the number of a job: hooktrail jobs --failed lists them`)
}

async function retry(
  { out, err }: CliContext,
  database: Database,
  { ids, all }: { readonly ids: readonly string[]; readonly all: boolean },
): Promise<ExitCode> {
  const wanted = all ? (await failedJobs(database)).map(({ id }) => id) : ids
  const count = await retryJobs(database, wanted)
  await out.write(`${count === 1 ? '1 job' : `${String(count)} jobs`} to be tried again.\n`)
  if (count === new Set(wanted).size) return EXIT.ok
  await err.write('The others are not on the list of those that failed for good.\n')
  return EXIT.no
}
