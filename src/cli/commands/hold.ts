import type { Command } from 'commander'

import { QueryError } from '../../core/search/index.js'
import { addHold, listHolds, removeHold, type Hold, type HoldKind } from '../../ledger/index.js'
import { printable, type Database } from '../../platform/index.js'
import type { CliContext } from '../context.js'
import { EXIT, UsageError, type ExitCode } from '../exit-code.js'
import { operatorWithReason, type OperatorFlags } from '../operator.js'
import { jsonDocument } from '../text/json.js'
import { withDatabase } from '../with-database.js'

interface AddFlags extends OperatorFlags {
  readonly repo?: string
  readonly person?: string
  readonly query?: string
}

const EXAMPLES = `
Examples:
  hooktrail hold add --repo acme/site --reason "litigation 17-204"
  hooktrail hold add --person octocat --reason "investigation of 2026-11"
  hooktrail hold add --query 'category:secret created:2026-10' --reason "audit"
  hooktrail hold list
  hooktrail hold remove 3 --reason "settled"

What a hold covers is neither pruned by retention nor erased, now and for entries to come.`

export function addHoldCommand(
  program: Command,
  context: CliContext,
  finish: (code: ExitCode) => void,
): void {
  const hold = program
    .command('hold')
    .description('legal holds: what is neither pruned nor erased')
    .addHelpText('after', EXAMPLES)
  addAdd(hold, context, finish)
  hold
    .command('list')
    .description('the holds that stand')
    .option('--json', 'one JSON document')
    .action(async ({ json }: { readonly json?: boolean }) => {
      finish(await withDatabase(context, (database) => list(context, database, json)))
    })
  hold
    .command('remove')
    .description('take a hold away')
    .argument('<number>', 'from the list')
    .option('--reason <text>', 'why')
    .option('--operator <name>', 'who does it (default: the system account)')
    .action(async (number: string, flags: OperatorFlags) => {
      const operator = operatorWithReason(context, flags)
      if (!/^\d{1,9}$/.test(number))
        throw new UsageError(`“${number}” is not the number of a hold: hooktrail hold list`)
      finish(
        await withDatabase(context, async (database) => {
          if (await removeHold(database, Number(number), operator)) {
            await context.out.write(`Hold ${number} is removed.\n`)
            return EXIT.ok
          }
          await context.err.write(`There is no hold ${number}: hooktrail hold list\n`)
          return EXIT.no
        }),
      )
    })
}

function addAdd(hold: Command, context: CliContext, finish: (code: ExitCode) => void): void {
  hold
    .command('add')
    .description('hold a repository, a person, or what a query means')
    .option('--repo <name>', 'owner/name')
    .option('--person <who>', 'a login, a number or the id of a subject')
    .option('--query <query>', 'as for hooktrail search')
    .option('--reason <text>', 'why')
    .option('--operator <name>', 'who does it (default: the system account)')
    .action(async (flags: AddFlags) => {
      const what = readWhat(flags)
      const operator = operatorWithReason(context, flags)
      finish(
        await withDatabase(context, async (database) => {
          const added = await addHold(database, what, operator).catch(asUsage)
          if (added.outcome === 'nobody') {
            await context.err.write(`The log knows nobody as ${printable(what.value)}.\n`)
            return EXIT.no
          }
          await context.out.write(line(added.hold))
          return EXIT.ok
        }),
      )
    })
}

function readWhat({ repo, person, query }: AddFlags): { kind: HoldKind; value: string } {
  const given = Object.entries({ repository: repo, person, query }).filter(
    ([, value]) => value !== undefined,
  )
  const [first] = given
  if (given.length !== 1 || first?.[1] === undefined) {
    throw new UsageError('say what to hold: one of --repo, --person and --query')
  }
  return { kind: first[0] as HoldKind, value: first[1] }
}

function asUsage(error: unknown): never {
  if (error instanceof QueryError)
    throw new UsageError(`the query is not understood: ${error.message}`, { cause: error })
  throw error
}

async function list(
  { out, err }: CliContext,
  database: Database,
  json: boolean | undefined,
): Promise<ExitCode> {
  const holds = await listHolds(database.pool)
  if (json) await out.write(jsonDocument({ holds }))
  else if (holds.length === 0) await err.write('There is no legal hold.\n')
  else await out.write(holds.map(line).join(''))
  return EXIT.ok
}

function line({ number, kind, value, reason, addedAt }: Hold): string {
  return printable(`${String(number)}  ${addedAt}  ${kind} ${value}  ${reason}`) + '\n'
}
