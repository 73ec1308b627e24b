import type { Command } from 'commander'

import { printable } from '../../platform/index.js'
import type { CliContext } from '../context.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import { withLog } from '../log-reader.js'
import { entryDetails } from '../text/entry-details.js'
import { jsonDocument } from '../text/json.js'
import { styles } from '../text/style.js'

interface ShowFlags {
  readonly json?: boolean
}

const EXAMPLES = `
Examples:
  hooktrail show 482
  hooktrail show 0199e2c4-7b1f-7cc3-98c4-dc0c0c07398f --json`

export function addShow(
  program: Command,
  context: CliContext,
  finish: (code: ExitCode) => void,
): void {
  program
    .command('show')
    .description(
      'one entry in full: who, what changed, links, where it is from, its place in the log',
    )
    .argument('<entry>', 'its number (seq) or its id')
    .option('--json', 'one JSON document')
    .addHelpText('after', EXAMPLES)
    .action(async (reference: string, { json = false }: ShowFlags) => {
      finish(await show(context, reference, json))
    })
}

async function show(context: CliContext, reference: string, json: boolean): Promise<ExitCode> {
  const shown = await withLog(context, async (log) => {
    const entry = await log.entry(reference)
    return entry && { entry, proof: await log.proof(entry.seq) }
  })
  if (!shown) {
    await context.err.write(`There is no entry ${printable(reference)} in this log.\n`)
    return EXIT.no
  }
  const { entry, proof } = shown
  if (json) {
    const { leafHash: leaf_hash, size, root } = proof
    await context.out.write(
      jsonDocument({ entry, proof: { seq: entry.seq, leaf_hash, size, root } }),
    )
  } else {
    const look = { now: context.now(), styles: styles(context.out.colors) }
    await context.page(entryDetails(entry, proof, look))
  }
  return EXIT.ok
}
