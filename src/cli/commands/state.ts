import { Argument, type Command } from 'commander'

import { printable } from '../../platform/index.js'
import type { CliContext } from '../context.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import { jsonDocument } from '../text/json.js'
import { styles } from '../text/style.js'
import { KINDS, type Found, type KindName } from './state-kinds.js'
import { withLog } from '../with-log.js'

interface StateFlags {
  readonly json?: boolean
  readonly utc?: boolean
}

const EXAMPLES = `
Examples:
  hooktrail state deployment 2901447016    its statuses, who let it, whether it is what is there
  hooktrail state pr acme/shop#12          its reviews, and how it was merged
  hooktrail state repo acme/old-name       all its names, also by one of the past or its id
  hooktrail state account acme
  hooktrail state installation 58204117    permissions, events, repositories, whether it is suspended
  hooktrail state subject octocat          logins that somebody had

What the entries of something amount to, in whichever order they came. Of runs: hooktrail run.`

export function addState(
  program: Command,
  context: CliContext,
  finish: (code: ExitCode) => void,
): void {
  program
    .command('state')
    .description(
      'what a deployment, pull request, repository, account, installation or person is now, and was',
    )
    .addArgument(new Argument('<kind>', 'what it is').choices(Object.keys(KINDS)))
    .argument('<reference>', 'which one')
    .option('--utc', 'moments instead of how long ago')
    .option('--json', 'one JSON document')
    .addHelpText('after', EXAMPLES)
    .action(async (kind: KindName, reference: string, flags: StateFlags) => {
      finish(
        await withLog(context, async (log) =>
          tell(context, await KINDS[kind].find(log, reference.trim()), {
            kind,
            reference,
            flags,
          }),
        ),
      )
    })
}

interface Asked {
  readonly kind: KindName
  readonly reference: string
  readonly flags: StateFlags
}

async function tell(
  context: CliContext,
  { states, texts }: Found,
  { kind, reference, flags: { json = false, utc = false } }: Asked,
): Promise<ExitCode> {
  const look = { now: context.now(), utc, styles: styles(context.out.colors) }
  await context.out.write(json ? jsonDocument({ kind, states }) : texts(look).join('\n'))
  if (states.length > 0) return EXIT.ok
  await context.err.write(
    `This log has no entry of ${kind} ${printable(reference)}. It is named by ${KINDS[kind].form}\n`,
  )
  return EXIT.no
}
