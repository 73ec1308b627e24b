import type { Command } from 'commander'

import type { Histogram } from '../../ledger/index.js'
import { printable } from '../../platform/index.js'
import type { CliContext } from '../context.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import { withLog } from '../with-log.js'
import { addTimeOptions, type TimeFlags } from '../output-format.js'
import { askedQuery, queryContext, queryText } from '../query.js'
import { jsonDocument } from '../text/json.js'
import { styles } from '../text/style.js'
import { table } from '../text/table.js'
import { zonedTime } from '../text/times.js'

interface HistogramFlags extends TimeFlags {
  readonly json?: boolean
}

const EXAMPLES = `
Examples:
  hooktrail histogram                                       the whole log
  hooktrail histogram is:failed created:>-7d                when it failed
  hooktrail histogram actor:octocat --tz Europe/Berlin      days of Berlin

How long a bar stands for follows from the range. Estimates, from a sample of the entries, are marked with ≈.`

/** Columns of the longest bar. */
const LONGEST = 40

export function addHistogram(
  program: Command,
  context: CliContext,
  finish: (code: ExitCode) => void,
): void {
  const histogram = program
    .command('histogram')
    .description('how many entries a query means, over time')
    .argument('[query...]', 'terms as for search')
    .option('--json', 'one JSON document')
  addTimeOptions(histogram)
    .addHelpText('after', EXAMPLES)
    .action(async (terms: string[], { json, utc, tz }: HistogramFlags) => {
      const asked = queryContext(context, tz)
      const query = await askedQuery(context, queryText(terms), tz)
      const timeZone = utc ? 'UTC' : (asked.timeZone ?? 'UTC')
      const counts = await withLog(context, (log) => log.histogram(query, timeZone))
      await (json
        ? context.out.write(jsonDocument({ time_zone: timeZone, ...counts }))
        : context.page(bars(context, counts, timeZone)))
      finish(EXIT.ok)
    })
}

const COLUMNS = [{ title: 'from' }, { title: 'entries', align: 'right' }, { title: '' }] as const

function bars(
  { out }: CliContext,
  { buckets, total, exact, width }: Histogram,
  timeZone: string,
): string {
  if (total === 0) return 'No entry matches.\n'
  const style = styles(out.colors)
  const most = Math.max(...buckets.map(({ entries }) => entries))
  const rows = buckets.map(({ from, entries }) => [
    { text: zonedTime(from, timeZone) },
    { text: String(entries) },
    { text: '█'.repeat(Math.ceil((entries / most) * LONGEST)), style: style.dim },
  ])
  const sum = `${exact ? '' : '≈ '}${String(total)} entries, each bar ${printable(width)}\n`
  return table(COLUMNS, rows, { width: out.columns, styles: style }) + sum
}
