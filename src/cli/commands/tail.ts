import type { Command } from 'commander'

import type { AuditEntry } from '../../core/domain/index.js'
import type { Query } from '../../core/search/index.js'
import { MAX_PAGE } from '../../ledger/index.js'
import { readCount } from '../arguments.js'
import type { CliContext } from '../context.js'
import { EXIT, UsageError, type ExitCode } from '../exit-code.js'
import type { Follower, LogReader } from '../log-reader.js'
import { askedQuery, queryText, readTimeZone } from '../query.js'
import { ENTRY_COLUMNS, entryRow } from '../text/entry.js'
import { jsonLine } from '../text/json.js'
import { styles } from '../text/style.js'
import { withLog } from '../with-log.js'
import { fittingWidths, tableLine, type Row } from '../text/table.js'

interface TailFlags {
  readonly lines: number
  readonly follow?: boolean
  readonly json?: boolean
  readonly ndjson?: boolean
  readonly tz?: string
}

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
  // Before the last entries are read: what is appended meanwhile is in both, and shown once; nothing is missed.
  const coming = flags.follow ? await log.follow(query, followerOf(context)) : []
  const { entries } = await log.search(query, { limit: flags.lines })
  await print(entries.toReversed())
  const shown = new Set(entries.map(({ seq }) => seq))
  for await (const more of coming) await print(more.filter(({ seq }) => !shown.has(seq)))
  return EXIT.ok
}

function followerOf({ err, interrupted: signal }: CliContext): Follower {
  return { signal, say: (text) => err.write(text) }
}

type Print = (entries: readonly AuditEntry[]) => Promise<void>

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
