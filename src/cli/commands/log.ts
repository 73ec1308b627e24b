import type { Command } from 'commander'

import { formatVerifierKey, isKeyName } from '../../core/merkle/index.js'
import {
  describePolicy,
  latestCheckpoint,
  newestSigned,
  readLogKeys,
  rotateLogKey,
} from '../../ledger/index.js'
import type { Config, Database } from '../../platform/index.js'
import type { CliContext } from '../context.js'
import { EXIT, UsageError, type ExitCode } from '../exit-code.js'
import { operatorOf, type OperatorFlags } from '../operator.js'
import { withDatabase } from '../with-database.js'

interface RotateFlags extends OperatorFlags {
  readonly origin?: string
}

const EXAMPLES = `
Examples:
  hooktrail log key                        for those who check proofs
  hooktrail log policy > hooktrail.policy  the same with the keys of the past, as a C2SP tlog-policy file
  hooktrail log checkpoint                 what /checkpoint serves
  hooktrail log rotate --reason "the laptop with the key was stolen"   a new key takes over; start Hooktrail again afterwards
  hooktrail log rotate --origin hooktrail.example.com/2   … as a new log, after entries were lost`

export function addLog(
  program: Command,
  context: CliContext,
  finish: (code: ExitCode) => void,
): void {
  const log = program
    .command('log')
    .description(
      'the key that signs the log, and what it signed: show them, let a new key take over',
    )
    .addHelpText('after', EXAMPLES)
  log
    .command('key')
    .description('the verifier key')
    .action(async () => {
      finish(await withDatabase(context, (database) => showKey(context, database)))
    })
  log
    .command('policy')
    .description('all verifier keys that the log ever had, as a C2SP tlog-policy file')
    .action(async () => {
      finish(
        await withDatabase(context, (database, config) => showPolicy(context, database, config)),
      )
    })
  log
    .command('checkpoint')
    .description('the newest checkpoint that is shown, as /checkpoint serves it')
    .action(async () => {
      finish(await withDatabase(context, (database) => showCheckpoint(context, database)))
    })
  log
    .command('rotate')
    .description('make a new key, which signs from the next checkpoint on; the old one is kept')
    .option('--origin <name>', 'go on as a log of another name: a URL without scheme')
    .option('--reason <text>', 'why, for the entry')
    .option('--operator <name>', 'who does it (default: the system account)')
    .action(async (flags: RotateFlags) => {
      finish(await rotate(context, flags))
    })
}

async function showKey(context: CliContext, { pool }: Database): Promise<ExitCode> {
  const present = (await readLogKeys(pool)).at(-1)
  if (!present) return noKey(context)
  await context.out.write(`${formatVerifierKey(present.key)}\n`)
  return EXIT.ok
}

async function showPolicy(
  context: CliContext,
  database: Database,
  config: Config,
): Promise<ExitCode> {
  if ((await readLogKeys(database.pool)).length === 0) return noKey(context)
  await context.out.write(await describePolicy(database, config.log))
  return EXIT.ok
}

async function showCheckpoint(context: CliContext, { pool }: Database): Promise<ExitCode> {
  const shown = await latestCheckpoint(pool)
  if (shown) {
    await context.out.write(shown.note)
    return EXIT.ok
  }
  if (!(await newestSigned(pool))) return noKey(context)
  await context.err.write(
    'The log is signed, and no checkpoint has been cosigned by the quorum of HOOKTRAIL_WITNESS_POLICY: hooktrail doctor says which witness fails.\n',
  )
  return EXIT.no
}

async function noKey({ err }: CliContext): Promise<ExitCode> {
  await err.write('The log has not been signed yet: start Hooktrail once, which makes its key.\n')
  return EXIT.no
}

async function rotate(context: CliContext, flags: RotateFlags): Promise<ExitCode> {
  const { origin } = flags
  if (origin !== undefined && (!isKeyName(origin) || origin.includes('://'))) {
    throw new UsageError('--origin is a URL without scheme, without spaces and plus signs.')
  }
  return withDatabase(context, async (database, config) => {
    const operator = operatorOf(context, flags)
    const rotation = await rotateLogKey(database, config.log, { origin, operator })
    const { key, fromSize, seq, retired } = rotation
    const lines = [
      formatVerifierKey(key),
      `signs from size ${String(fromSize)} on, with ${config.log.keyPath}. Entry ${String(seq)} says so.`,
      ...(retired === undefined ? [] : [`The old key is in ${retired}.`]),
      'Copy the key to every replica, start Hooktrail again, back the key up, and give the policy (hooktrail log policy) to those who check the log.',
    ]
    await context.out.write(`${lines.join('\n')}\n`)
    return EXIT.ok
  })
}
