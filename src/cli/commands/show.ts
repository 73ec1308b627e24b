import type { Command } from 'commander'

import { currentRoot, entryByReference, leafHashOf } from '../../ledger/index.js'
import { printable, type Database } from '../../platform/index.js'
import type { CliContext } from '../context.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import { entryDetails, type EntryProof } from '../text/entry-details.js'
import { jsonDocument } from '../text/json.js'
import { styles } from '../text/style.js'
import { withDatabase } from '../with-database.js'

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
    .action(async (reference: string, flags: ShowFlags) => {
      finish(await withDatabase(context, (database) => show(context, database, reference, flags)))
    })
}

async function show(
  context: CliContext,
  database: Database,
  reference: string,
  { json }: ShowFlags,
): Promise<ExitCode> {
  const entry = await entryByReference(database, reference)
  if (!entry) {
    await context.err.write(`There is no entry ${printable(reference)} in this log.\n`)
    return EXIT.no
  }
  const proof = await readProof(database, entry.seq)
  const text = json
    ? jsonDocument({
        entry,
        proof: { seq: entry.seq, leaf_hash: proof.leafHash, size: proof.size, root: proof.root },
      })
    : entryDetails(entry, proof, { now: context.now(), styles: styles(context.out.colors) })
  await context.out.write(text)
  return EXIT.ok
}

async function readProof(database: Database, seq: number): Promise<EntryProof> {
  const leafHash = await leafHashOf(database, seq)
  return { leafHash, ...(await currentRoot(database)) }
}
