import type { Command } from 'commander'

import type { AuditEntry } from '../../core/domain/index.js'
import type { Query } from '../../core/search/index.js'
import { MAX_PAGE, searchEntries } from '../../ledger/index.js'
import type { Database } from '../../platform/index.js'
import { readCount } from '../arguments.js'
import type { CliContext } from '../context.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import { queryContext, queryText, readTimeZone, requireQuery } from '../query.js'
import { ENTRY_COLUMNS, entryRow } from '../text/entry.js'
import { jsonDocument } from '../text/json.js'
import { styles } from '../text/style.js'
import { table } from '../text/table.js'
import { withDatabase } from '../with-database.js'

interface SearchFlags {
  readonly limit: number
  readonly all?: boolean
  readonly json?: boolean
  readonly utc?: boolean
  readonly tz?: string
}

const EXAMPLES = `
Examples:
  hooktrail search actor:octocat created:>-7d
  hooktrail search repo:acme/* is:failed -actor:dependabot[bot]
  hooktrail search 'action:workflow_file.* OR has:diff' --limit 100
  hooktrail search category:secret --all --json | jq '.entries[].action'

Without a query the newest entries are shown. The language: docs/query-language.md`

/** Pages of what is asked for; an answer is held in memory as a whole, so that it can be one table or document. */
export function addSearch(
  program: Command,
  context: CliContext,
  finish: (code: ExitCode) => void,
): void {
  program
    .command('search')
    .description('entries that a query means, newest first')
    .argument('[query...]', 'terms as on GitHub: actor:octocat is:failed created:>-7d')
    .option('-n, --limit <count>', 'entries at most', readCount, 30)
    .option('--all', 'all of them')
    .option('--json', 'one JSON document')
    .option('--utc', 'moments in UTC instead of how long ago')
    .option(
      '--tz <zone>',
      'time zone of dates in the query, for example Europe/Berlin',
      readTimeZone,
    )
    .addHelpText('after', EXAMPLES)
    .action(async (terms: string[], flags: SearchFlags) => {
      const query = requireQuery(queryText(terms), queryContext(context, flags.tz))
      finish(await withDatabase(context, (database) => search(context, database, query, flags)))
    })
}

async function search(
  context: CliContext,
  database: Database,
  query: Query,
  flags: SearchFlags,
): Promise<ExitCode> {
  const found = await collect(database, query, flags.all ? Infinity : flags.limit)
  if (flags.json) {
    const { entries, next } = found
    await context.out.write(jsonDocument({ entries, next_cursor: next ?? null }))
  } else {
    await context.out.write(asTable(context, found.entries, flags))
    await context.err.write(note(found))
  }
  return EXIT.ok
}

interface Found {
  readonly entries: readonly AuditEntry[]
  readonly next: string | undefined
}

async function collect(database: Database, query: Query, limit: number): Promise<Found> {
  const entries: AuditEntry[] = []
  let cursor: string | undefined
  do {
    const size = Math.min(MAX_PAGE, limit - entries.length)
    const page = await searchEntries(database, query, { limit: size, cursor })
    for (const entry of page.entries) entries.push(entry)
    cursor = page.next
  } while (cursor !== undefined && entries.length < limit)
  return { entries, next: cursor }
}

function asTable(
  { out, now }: CliContext,
  entries: readonly AuditEntry[],
  { utc = false }: SearchFlags,
): string {
  if (entries.length === 0) return ''
  const style = styles(out.colors)
  const rows = entries.map((entry) => entryRow(entry, { now: now(), utc, styles: style }))
  return table(ENTRY_COLUMNS, rows, { width: out.columns, styles: style })
}

function note({ entries, next }: Found): string {
  if (entries.length === 0) return 'No entry matches.\n'
  if (next === undefined) return ''
  return `There are more: --limit ${String(entries.length * 10)} or --all shows them.\n`
}
