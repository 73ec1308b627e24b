import { setTimeout as pause } from 'node:timers/promises'

import type { Command } from 'commander'

import type { AuditEntry } from '../../core/domain/index.js'
import type { Query } from '../../core/search/index.js'
import { LedgerError, MAX_PAGE } from '../../ledger/index.js'
import { readCount } from '../arguments.js'
import type { CliContext } from '../context.js'
import { EXIT, UsageError, type ExitCode } from '../exit-code.js'
import { withLog, type LogReader } from '../log-reader.js'
import { askedQuery, queryText, readTimeZone } from '../query.js'
import { ENTRY_COLUMNS, entryRow } from '../text/entry.js'
import { jsonLine } from '../text/json.js'
import { styles } from '../text/style.js'
import { fittingWidths, tableLine, type Row } from '../text/table.js'

interface TailFlags {
  readonly lines: number
  readonly follow?: boolean
  readonly json?: boolean
  readonly ndjson?: boolean
  readonly tz?: string
}

/** How long a new entry may stay unseen. */
const POLL_MS = 500

/** Widths before anything is known of what will come; the rest of the line is for “what”. */
const USUAL = [
  '1234567',
  '2026-11-22 04:13:09+01:00',
  'critical',
  'dependabot[bot]',
  'workflow_run.completed',
  'organisation/repository',
]

const EXAMPLES = `
Examples:
  hooktrail tail                       the last ten entries
  hooktrail tail -f repo:acme/site     what happens there, as it is recorded
  hooktrail tail -f --json | jq -c '[.seq, .action]'`

export function addTail(
  program: Command,
  context: CliContext,
  finish: (code: ExitCode) => void,
): void {
  program
    .command('tail')
    .description('the last entries, oldest first, and those to come')
    .argument('[query...]', 'only entries that this query means')
    .option('-f, --follow', 'wait for more until Ctrl-C')
    .option('-n, --lines <count>', 'entries to begin with', readCount, 10)
    .option('--ndjson', 'one JSON object a line')
    .option('--json', 'the same')
    .option(
      '--tz <zone>',
      'time zone of dates in the query, for example Europe/Berlin',
      readTimeZone,
    )
    .addHelpText('after', EXAMPLES)
    .action(async (terms: string[], flags: TailFlags) => {
      const query = await askedQuery(context, queryText(terms), flags.tz)
      if (flags.lines > MAX_PAGE) {
        throw new UsageError(`--lines is at most ${String(MAX_PAGE)}; for more: hooktrail search`)
      }
      finish(await withLog(context, (log) => tail(context, log, query, flags)))
    })
}

async function tail(
  context: CliContext,
  log: LogReader,
  query: Query,
  flags: TailFlags,
): Promise<ExitCode> {
  const print = printer(context, flags)
  // Read first: what is appended meanwhile may be shown twice in a busy log, but is never missed.
  const size = await log.size()
  const { entries } = await log.search(query, { limit: flags.lines })
  await print(entries.filter(({ seq }) => seq < size).toReversed())
  if (flags.follow) await follow(context, log, { query, from: size - 1, print })
  return EXIT.ok
}

type Print = (entries: readonly AuditEntry[]) => Promise<void>

/** Never resolves: it ends with the interruption. */
async function follow(
  { err, interrupted: signal }: CliContext,
  log: LogReader,
  { query, from, print }: { readonly query: Query; readonly from: number; readonly print: Print },
): Promise<void> {
  let seq = from
  let away = false
  for (;;) {
    try {
      const { entries, upTo } = await log.after(seq, query, MAX_PAGE)
      seq = upTo
      away = false
      await print(entries)
      if (entries.length === MAX_PAGE) continue
    } catch (error) {
      // The interruption closes the database under a search that is under way.
      signal.throwIfAborted()
      if (!(error instanceof LedgerError) || error.code !== 'unavailable') throw error
      if (!away) await err.write('The database is away; waiting for it.\n')
      away = true
    }
    await pause(POLL_MS, undefined, { signal })
  }
}

function printer({ out, now }: CliContext, { json, ndjson, tz }: TailFlags): Print {
  if (json || ndjson) return async (entries) => out.write(entries.map(jsonLine).join(''))
  const style = styles(out.colors)
  return async (entries) => {
    const rows = entries.map((entry) =>
      entryRow(entry, { now: now(), timeZone: tz ?? 'UTC', styles: style }),
    )
    const widths = streamWidths(rows, out.columns)
    await out.write(rows.map((row) => tableLine(ENTRY_COLUMNS, widths, row)).join(''))
  }
}

/** On a terminal the same for all lines, although nobody knows what will come. */
function streamWidths(rows: readonly Row[], width: number | undefined): number[] {
  const usual = USUAL.map((text) => ({ text }))
  if (width === undefined) return fittingWidths(ENTRY_COLUMNS, [usual, ...rows], width)
  const full = { text: ' '.repeat(width) }
  return fittingWidths(ENTRY_COLUMNS, [[...usual, full]], width)
}
