import type { Command } from 'commander'

import { printable } from '../../platform/index.js'
import { readCount } from '../arguments.js'
import type { CliContext } from '../context.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import { withLog } from '../with-log.js'
import type { CountedField } from '../log-reader.js'
import { askedQuery, queryText } from '../query.js'
import { jsonDocument } from '../text/json.js'
import { styles } from '../text/style.js'
import { table, type Row } from '../text/table.js'

interface FacetsFlags {
  readonly limit: number
  readonly json?: boolean
}

const EXAMPLES = `
Examples:
  hooktrail facets                          what the whole log consists of
  hooktrail facets is:failed created:>-7d   where it fails, and for whom
  hooktrail facets repo:acme/shop --json

Each field is counted without its own terms, so that repo:acme/shop shows the other repositories, too.
Estimates, from a sample of the entries, are marked with ≈.`

export function addFacets(
  program: Command,
  context: CliContext,
  finish: (code: ExitCode) => void,
): void {
  program
    .command('facets')
    .description('the most frequent values of each field among the entries that a query means')
    .argument('[query...]', 'terms as for search')
    .option('-n, --limit <count>', 'values of a field at most', readCount, 5)
    .option('--json', 'one JSON document')
    .addHelpText('after', EXAMPLES)
    .action(async (terms: string[], { limit, json }: FacetsFlags) => {
      const query = await askedQuery(context, queryText(terms))
      const facets = await withLog(context, (log) => log.facets(query, limit))
      await (json
        ? context.out.write(jsonDocument({ facets }))
        : context.page(asTable(context, facets)))
      if (facets.every(({ values }) => values.length === 0))
        await context.err.write('No entry matches.\n')
      finish(EXIT.ok)
    })
}

const COLUMNS = [
  { title: 'field' },
  { title: 'entries', align: 'right' },
  { title: 'value', atLeast: 10 },
] as const

function asTable({ out }: CliContext, facets: readonly CountedField[]): string {
  const style = styles(out.colors)
  const rows = facets.flatMap(({ field, values, exact }): Row[] =>
    values.map(({ value, entries }, index) => [
      { text: index === 0 ? printable(field) : '', style: style.bold },
      { text: `${exact ? '' : '≈ '}${String(entries)}` },
      { text: printable(value) },
    ]),
  )
  return rows.length === 0 ? '' : table(COLUMNS, rows, { width: out.columns, styles: style })
}
