import type { Command } from 'commander'

import type { CliContext } from '../context.js'
import { EXIT, UsageError, type ExitCode } from '../exit-code.js'
import type { LogReader } from '../log-reader.js'
import { jsonDocument } from '../text/json.js'
import { runStory } from '../text/run-story.js'
import { styles } from '../text/style.js'
import { withLog } from '../with-log.js'

interface RunFlags {
  readonly json?: boolean
  readonly utc?: boolean
}

const EXAMPLES = `
Examples:
  hooktrail run 30433642
  hooktrail run https://github.com/acme/shop/actions/runs/30433642
  hooktrail search run:30433642                   the entries that it is computed from`

export function addRun(
  program: Command,
  context: CliContext,
  finish: (code: ExitCode) => void,
): void {
  program
    .command('run')
    .description(
      'a run’s story: who started each attempt, what failed or was skipped, who approved',
    )
    .argument('<run>', 'the id of a workflow run, or the address of its page')
    .option('--utc', 'moments instead of how long ago')
    .option('--json', 'one JSON document')
    .addHelpText('after', EXAMPLES)
    .action(async (reference: string, flags: RunFlags) => {
      const runId = readRunId(reference)
      finish(await withLog(context, (log) => tell(context, log, runId, flags)))
    })
}

async function tell(
  context: CliContext,
  log: LogReader,
  runId: number,
  { json = false, utc = false }: RunFlags,
): Promise<ExitCode> {
  const stories = await log.runs(runId)
  if (json) await context.out.write(jsonDocument({ runs: stories }))
  else {
    const look = { now: context.now(), utc, styles: styles(context.out.colors) }
    await context.out.write(stories.map((story) => runStory(story, look)).join('\n'))
  }
  if (stories.length > 0) return EXIT.ok
  await context.err.write(
    `There is no run ${String(runId)} in this log. The number in a run’s address is its id; the one behind # is not.\n`,
  )
  return EXIT.no
}

/** The id itself, or a page of the run, of one of its attempts or jobs. */
function readRunId(reference: string): number {
  const [, digits = reference] = /\/actions\/runs\/(\d+)(?:[/?#]|$)/.exec(reference) ?? []
  const id = Number(digits)
  if (/^\d+$/.test(digits) && Number.isSafeInteger(id)) return id
  throw new UsageError(
    `“${reference.slice(0, 200)}” is neither the id of a run nor the address of its page (…/actions/runs/30433642)`,
  )
}
