import { Command, CommanderError } from 'commander'

import { VERSION } from '../platform/index.js'
import { protectNegations } from './arguments.js'
import { COMMANDS } from './commands.js'
import type { CliContext, ServerFlags } from './context.js'
import { EXIT, exitCodeOf, InterruptedError, type ExitCode } from './exit-code.js'
import { describeError } from './report-error.js'

const EXAMPLES = `
Examples:
  hooktrail search actor:octocat created:>-7d     what octocat did in a week
  hooktrail search 'action:secret_alert.* severity:>=high'
  hooktrail who octocat created:>-7d              the same by day, repository and action
  hooktrail show 482                              one entry, with changes, links and proof
  hooktrail tail -f is:failed                     follow what fails
  hooktrail verify                                is the log whole?

Exit codes: 0 done; 1 the answer is no; 2 command line, query or configuration; 3 database or server away; 4 anything else.`

/** Runs one command line and returns its exit code; never throws. */
export async function runCli(args: readonly string[], context: CliContext): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok
  const program = buildProgram(context, (answer) => {
    code = answer
  })
  try {
    await program.parseAsync(protectNegations(args), { from: 'user' })
    return code
  } catch (error) {
    return await failed(error, context)
  }
}

function buildProgram(context: CliContext, finish: (code: ExitCode) => void): Command {
  const program = new Command('hooktrail')
  const asked = { ...context, server: () => program.opts<ServerFlags>() }
  program
    .description('The flight recorder of CI/CD on GitHub: ask its log, check it, look after it.')
    .version(VERSION)
    .option(
      '--server <url>',
      'ask this server (usual: HOOKTRAIL_URL, where HOOKTRAIL_TOKEN is set)',
    )
    .option('--no-server', 'ask the database, whatever the settings say')
    .option('--token-file <file>', 'holds the token for the server, instead of HOOKTRAIL_TOKEN')
    .showHelpAfterError('(hooktrail help shows how it is used)')
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void context.out.write(text),
      writeErr: (text) => void context.err.write(text),
      getOutHelpWidth: () => context.out.columns ?? 100,
      getErrHelpWidth: () => context.err.columns ?? 100,
    })
  for (const add of COMMANDS) add(program, asked, finish)
  return program
}

async function failed(error: unknown, context: CliContext): Promise<ExitCode> {
  // Commander has written its message by itself.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
  if (error instanceof InterruptedError) {
    return context.interrupted.reason === 'signal' ? EXIT.interrupted : EXIT.ok
  }
  await context.err.write(describeError(error, context))
  return exitCodeOf(error)
}
