import type { Command } from 'commander'

import { migrate, migrationStatus, type Database } from '../../platform/index.js'
import type { CliContext } from '../context.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import { withDatabase } from '../with-database.js'

interface MigrateFlags {
  readonly status?: boolean
}

const EXAMPLES = `
Examples:
  hooktrail migrate              before a new version starts on a database of your own
  hooktrail migrate --status     exits with 1 when something is to be done; changes nothing

The embedded database is migrated by itself at start.`

export function addMigrate(
  program: Command,
  context: CliContext,
  finish: (code: ExitCode) => void,
): void {
  program
    .command('migrate')
    .description('bring the schema of the database up to date')
    .option('--status', 'only say what would be done')
    .addHelpText('after', EXAMPLES)
    .action(async ({ status }: MigrateFlags) => {
      const work = status ? showStatus : applyAll
      const current = false
      finish(await withDatabase(context, (database) => work(context, database), { current }))
    })
}

async function showStatus({ out }: CliContext, database: Database): Promise<ExitCode> {
  const { applied, pending } = await migrationStatus(database)
  const lines = [
    ...applied.map((name) => `applied  ${name}`),
    ...pending.map((name) => `pending  ${name}`),
  ]
  await out.write(`${lines.join('\n')}\n`)
  return pending.length === 0 ? EXIT.ok : EXIT.no
}

async function applyAll({ out }: CliContext, database: Database): Promise<ExitCode> {
  const { applied } = await migrate(database)
  const lines = applied.map((name) => `applied  ${name}\n`)
  await out.write(lines.length === 0 ? 'The schema is up to date.\n' : lines.join(''))
  return EXIT.ok
}
