import type { Command } from 'commander'

import type { JsonObject } from '../../core/domain/index.js'
import { printable } from '../../platform/index.js'
import type { CliContext } from '../context.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import { withLog } from '../with-log.js'
import type { EntryProof } from '../../ledger/index.js'
import { entryDetails } from '../text/entry-details.js'
import { jsonDocument } from '../text/json.js'
import { relatedDetails } from '../text/related.js'
import { styles } from '../text/style.js'

interface ShowFlags {
  readonly json?: boolean
  readonly proof?: boolean
}

const EXAMPLES = `
Examples:
  hooktrail show 482
  hooktrail show 0199e2c4-7b1f-7cc3-98c4-dc0c0c07398f --json
  hooktrail show 482 --proof > 482.tlog-proof`

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
    .option('--proof', 'only its proof, as a C2SP tlog-proof file')
    .addHelpText('after', EXAMPLES)
    .action(async (reference: string, flags: ShowFlags) => {
      finish(await show(context, reference, flags))
    })
}

async function show(
  context: CliContext,
  reference: string,
  { json, proof: proofOnly }: ShowFlags,
): Promise<ExitCode> {
  const shown = await withLog(context, async (log) => {
    const entry = await log.entry(reference)
    if (!entry) return undefined
    const { proof, readings } = await log.place(entry)
    return { entry, proof, readings, related: await log.related(entry) }
  })
  if (!shown) {
    await context.err.write(`There is no entry ${printable(reference)} in this log.\n`)
    return EXIT.no
  }
  const { entry, proof, related, readings } = shown
  if (proofOnly) return writeProof(context, proof)
  if (json) {
    const document = { entry, ...readings, proof: proofJson(entry.seq, proof), related }
    await context.out.write(jsonDocument(document))
  } else {
    const look = { now: context.now(), styles: styles(context.out.colors) }
    await context.page(
      entryDetails(entry, { ...proof, ...readings }, look) + relatedDetails(related, look),
    )
  }
  return EXIT.ok
}

async function writeProof({ out, err }: CliContext, { file }: EntryProof): Promise<ExitCode> {
  if (file === undefined) {
    await err.write('No checkpoint covers this entry yet; hooktrail doctor says why.\n')
    return EXIT.no
  }
  await out.write(file)
  return EXIT.ok
}

function proofJson(seq: number, { leafHash, size, root, file }: EntryProof): JsonObject {
  return { seq, leaf_hash: leafHash ?? null, size, root, tlog_proof: file ?? null }
}
