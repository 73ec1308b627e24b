import { open, rm } from 'node:fs/promises'

import type { Command } from 'commander'

import { exportBundle, type BundleOutcome } from '../../ledger/index.js'
import { printable } from '../../platform/index.js'
import type { CliContext } from '../context.js'
import { EXIT, UsageError, type ExitCode } from '../exit-code.js'
import { operatorOf, type OperatorFlags } from '../operator.js'
import { readTimeZone, askedQuery, queryText } from '../query.js'
import { grouped } from '../text/progress.js'
import { withDatabase } from '../with-database.js'

interface ExportFlags extends OperatorFlags {
  readonly bundle: string
  readonly tz?: string
}

const EXAMPLES = `
Examples:
  hooktrail export --bundle evidence.ndjson repo:acme/site created:2026-10-01..2026-10-31
  hooktrail export --bundle secrets.ndjson category:secret --reason "audit of 2026"
  hooktrail verify --bundle evidence.ndjson --key "$(hooktrail log key)"

The file holds names and texts in clear, and what proves them. Each export is an entry: hooktrail search action:audit.exported`

export function addExport(
  program: Command,
  context: CliContext,
  finish: (code: ExitCode) => void,
): void {
  program
    .command('export')
    .description('entries with their proofs as a file for an auditor')
    .argument('[query...]', 'terms as in hooktrail search; without any, the whole log')
    .requiredOption('--bundle <file>', 'a new file')
    .option('--reason <text>', 'why, for the entry')
    .option('--operator <name>', 'who does it (default: the system account)')
    .option('--tz <zone>', 'time zone of dates in the query', readTimeZone)
    .addHelpText('after', EXAMPLES)
    .action(async (terms: string[], flags: ExportFlags) => {
      finish(await exportTo(context, queryText(terms), flags))
    })
}

async function exportTo(context: CliContext, text: string, flags: ExportFlags): Promise<ExitCode> {
  const query = await askedQuery(context, text, flags.tz)
  const operator = operatorOf(context, flags)
  const file = await open(flags.bundle, 'wx', 0o600).catch((cause: unknown) => {
    throw notWritable(flags.bundle, cause)
  })
  let isWhole = false
  try {
    const outcome = await withDatabase(context, (database) =>
      exportBundle(database, { query, text, operator }, async (line) => {
        await file.appendFile(line)
      }),
    )
    isWhole = outcome.outcome === 'exported'
    if (isWhole) await file.sync()
    const { out, err } = context
    await (isWhole ? out : err).write(`${said(outcome, flags.bundle)}\n`)
    return isWhole ? EXIT.ok : EXIT.no
  } finally {
    await file.close()
    if (!isWhole) await rm(flags.bundle)
  }
}

function said(outcome: BundleOutcome, file: string): string {
  switch (outcome.outcome) {
    case 'exported': {
      const { entries, size, seq } = outcome
      return printable(
        `${grouped(entries)} entries are in ${file}, proved under the checkpoint of size ${String(size)}. Entry ${String(seq)} (audit.exported) says so.`,
      )
    }
    case 'uncovered': {
      const { seq, size } = outcome
      return `Nothing was exported: entry ${String(seq)} matches, and the newest checkpoint covers ${String(size)} entries only. Hooktrail signs once a second while it runs: wait a second and export again. If this stays so, start Hooktrail, or see why it refuses to sign: hooktrail doctor. To export what is signed, add seq:<${String(size)} to the query.`
    }
    case 'unsigned':
      return 'Nothing was exported: the log has not been signed yet. Start Hooktrail once; it signs within a second, or hooktrail doctor says why not.'
    case 'nothing':
      return 'Nothing was exported: no entry matches.'
  }
}

function notWritable(file: string, cause: unknown): UsageError {
  const why = cause instanceof Error ? cause.message : String(cause)
  const exists = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'
  const message = exists
    ? `${file} is there already, and evidence is not overwritten: name another file`
    : `${file} could not be written: ${why}`
  return new UsageError(printable(message), { cause })
}
