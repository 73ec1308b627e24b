import { Argument, type Command } from 'commander'

import { completeLine } from '../completion/complete-line.js'
import { readShellLine } from '../completion/shell-line.js'
import { SHELL_NAMES, SHELLS, type ShellName } from '../completion/shells.js'
import type { CliContext } from '../context.js'
import { queryContext } from '../query.js'

const EXAMPLES = `
Examples:
  source <(hooktrail completion bash)                           in ~/.bashrc
  source <(hooktrail completion zsh)                            in ~/.zshrc, after compinit
  hooktrail completion fish > ~/.config/fish/completions/hooktrail.fish`

/** The scripts, and what they call at each press of Tab: `__complete`, which asks no database. */
export function addCompletion(program: Command, context: CliContext): void {
  program
    .command('completion')
    .description(
      'a script by which a shell completes commands, options, and keys and values of queries',
    )
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELL_NAMES))
    .addHelpText('after', EXAMPLES)
    .action(async (shell: ShellName) => {
      await context.out.write(SHELLS[shell].script)
    })
  program
    .command('__complete', { hidden: true })
    .addArgument(new Argument('<shell>').choices(SHELL_NAMES))
    .argument('<line>', 'the command line up to the cursor')
    .argument('[breaks]', 'where bash begins a new word', '')
    .action(async (shell: ShellName, line: string, breaks: string) => {
      const typed = readShellLine(line)
      const candidates = completeLine(program, typed, queryContext(context))
      const lines = candidates.map((one) => `${SHELLS[shell].line(one, typed, breaks)}\n`)
      await context.out.write(lines.join(''))
    })
}
