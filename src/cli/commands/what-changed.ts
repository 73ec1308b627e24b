import type { Command } from 'commander'

import { evaluatePolicies } from '../../core/policies/index.js'
import { compareHere, readWhatChanged, type WhatChangedReference } from '../../ledger/index.js'
import { createFileStore, type Database } from '../../platform/index.js'
import type { CliContext } from '../context.js'
import { EXIT, UsageError, type ExitCode } from '../exit-code.js'
import { jsonDocument } from '../text/json.js'
import { styles } from '../text/style.js'
import { whatChangedText } from '../text/what-changed.js'
import { withDatabase } from '../with-database.js'

interface WhatChangedFlags {
  readonly json?: boolean
  readonly utc?: boolean
}

const EXAMPLES = `
Examples:
  hooktrail what-changed 30433642
  hooktrail what-changed https://github.com/acme/shop/actions/runs/30433642
  hooktrail what-changed 819bc4c0d4f7…            every run on the commit; its whole SHA

Since the last successful run of the same workflow on the same branch; without one, in the thirty days before.`

export function addWhatChanged(
  program: Command,
  context: CliContext,
  finish: (code: ExitCode) => void,
): void {
  program
    .command('what-changed')
    .description(
      'what changed before a run since its workflow was last green: commits, pipeline, secrets, settings, access',
    )
    .argument('<run>', 'the id of a run, the address of its page, or the SHA of a commit')
    .option('--utc', 'moments instead of how long ago')
    .option('--json', 'one JSON document')
    .addHelpText('after', EXAMPLES)
    .action(async (reference: string, flags: WhatChangedFlags) => {
      const asked = readReference(reference)
      finish(await withDatabase(context, (database) => tell(context, database, asked, flags)))
    })
}

async function tell(
  context: CliContext,
  database: Database,
  reference: WhatChangedReference,
  { json = false, utc = false }: WhatChangedFlags,
): Promise<ExitCode> {
  const definitions = { files: createFileStore(database, context.now), compare: compareHere }
  const found = await readWhatChanged(database, reference, {
    findingsIn: evaluatePolicies,
    definitions,
  })
  const look = { now: context.now(), utc, styles: styles(context.out.colors) }
  await context.out.write(
    json
      ? jsonDocument({ runs: found })
      : found.map((one) => whatChangedText(one, look)).join('\n'),
  )
  if (found.length > 0) return EXIT.ok
  await context.err.write('The log knows no such run, and no run on such a commit.\n')
  return EXIT.no
}

/** A run's id or page, or a commit's whole SHA. */
function readReference(reference: string): WhatChangedReference {
  if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(reference)) return { sha: reference.toLowerCase() }
  const [, digits = reference] = /\/actions\/runs\/(\d+)(?:[/?#]|$)/.exec(reference) ?? []
  const runId = Number(digits)
  if (/^\d+$/.test(digits) && Number.isSafeInteger(runId)) return { runId }
  throw new UsageError(
    `“${reference.slice(0, 200)}” is no run’s id, no address of its page (…/actions/runs/30433642), and no whole SHA of a commit`,
  )
}
