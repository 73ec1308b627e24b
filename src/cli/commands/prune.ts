import type { Command } from 'commander'

import { planPrune, prune, type Prunable } from '../../ledger/index.js'
import type { Config, Database } from '../../platform/index.js'
import type { CliContext } from '../context.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import { operatorOf, type OperatorFlags } from '../operator.js'
import { grouped } from '../text/progress.js'
import { withDatabase } from '../with-database.js'

interface PruneFlags extends OperatorFlags {
  readonly yes?: boolean
}

const DAY_MS = 86_400_000

const NAMES: Readonly<Record<Prunable, string>> = {
  bodies: 'raw deliveries',
  openings: 'sealed texts',
}

export function addPrune(
  program: Command,
  context: CliContext,
  finish: (code: ExitCode) => void,
): void {
  program
    .command('prune')
    .description(
      'remove what is older than the retention times; a running Hooktrail does it each night',
    )
    .option('--yes', 'do it; without, what would go is shown')
    .option('--reason <text>', 'why, for the record')
    .option('--operator <name>', 'who does it (default: the system account)')
    .action(async (flags: PruneFlags) => {
      finish(
        await withDatabase(context, (database, config) =>
          run(context, { database, config }, flags),
        ),
      )
    })
}

async function run(
  context: CliContext,
  { database, config }: { readonly database: Database; readonly config: Config },
  flags: PruneFlags,
): Promise<ExitCode> {
  const operator = operatorOf(context, flags)
  const days = { bodies: config.rawRetentionDays, openings: config.textRetentionDays }
  for (const kind of ['bodies', 'openings'] as const) {
    if (days[kind] === 0) {
      await context.out.write(`${NAMES[kind]}: kept for ever\n`)
      continue
    }
    const before = new Date(operator.now - days[kind] * DAY_MS)
    const { count, held } = flags.yes
      ? await prune(database, kind, before, operator)
      : await planPrune(database, kind, before)
    const verb = flags.yes ? 'removed' : 'would be removed'
    await context.out.write(
      `${NAMES[kind]} older than ${String(days[kind])} days: ${grouped(count)} ${verb}, ${grouped(held)} held\n`,
    )
  }
  return EXIT.ok
}
