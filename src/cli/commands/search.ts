import type { Command } from 'commander'

import type { AuditEntry } from '../../core/domain/index.js'
import type { Query } from '../../core/search/index.js'
import { csvHead, csvLine, MAX_PAGE } from '../../ledger/index.js'
import { readCount } from '../arguments.js'
import type { CliContext } from '../context.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import { pagesOf, type LogReader } from '../log-reader.js'
import {
  addFormatOptions,
  addTimeOptions,
  shownZone,
  type FormatFlags,
  type TimeFlags,
} from '../output-format.js'
import { askedQuery, queryText } from '../query.js'
import { ENTRY_COLUMNS, entryRow } from '../text/entry.js'
import { jsonDocument, jsonLine } from '../text/json.js'
import { styles } from '../text/style.js'
import { withLog } from '../with-log.js'
import { table } from '../text/table.js'

interface SearchFlags extends FormatFlags, TimeFlags {
  readonly limit: number
  readonly all?: boolean
}

const EXAMPLES = `
Examples:
  hooktrail search actor:octocat created:>-7d
  hooktrail search repo:acme/* is:failed -actor:dependabot[bot]
  hooktrail search 'action:workflow_file.* OR has:diff' --limit 100
  hooktrail search category:secret --all --csv > secrets.csv
  hooktrail search category:secret --all --ndjson | jq .action

Without a query the newest entries are shown. The language: docs/query-language.md`

export function addSearch(
  program: Command,
  context: CliContext,
  finish: (code: ExitCode) => void,
): void {
  const search = program
    .command('search')
    .description('entries that a query means, newest first')
    .argument('[query...]', 'terms as on GitHub: actor:octocat is:failed created:>-7d')
    .option('-n, --limit <count>', 'entries at most', readCount, 30)
    .option('--all', 'all of them')
  addTimeOptions(addFormatOptions(search))
    .addHelpText('after', EXAMPLES)
    .action(async (terms: string[], flags: SearchFlags) => {
      const query = await askedQuery(context, queryText(terms), flags.tz)
      finish(await answer(context, query, flags))
    })
}

async function answer(context: CliContext, query: Query, flags: SearchFlags): Promise<ExitCode> {
  if (flags.csv || flags.ndjson) {
    await withLog(context, (log) => stream(context, log, { query, flags }))
    return EXIT.ok
  }
  const found = await withLog(context, (log) => collect(log, query, flags))
  if (flags.json) {
    const { entries, next } = found
    await context.out.write(jsonDocument({ entries, next_cursor: next ?? null }))
  } else {
    await context.page(asTable(context, found.entries, flags))
    await context.err.write(note(found))
  }
  return EXIT.ok
}

/** Page by page, so that any number of entries takes the memory of one page. */
async function stream(
  { out }: CliContext,
  log: LogReader,
  { query, flags }: { readonly query: Query; readonly flags: SearchFlags },
): Promise<void> {
  if (flags.csv) await out.write(csvHead())
  const line = flags.csv ? csvLine : jsonLine
  for await (const entries of parts(log, query, flags)) {
    await out.write(entries.map((entry) => line(entry)).join(''))
  }
}

async function* parts(
  log: LogReader,
  query: Query,
  flags: SearchFlags,
): AsyncGenerator<readonly AuditEntry[]> {
  if (flags.all) {
    yield* log.all(query)
    return
  }
  for await (const { entries } of pagesOf(log, query, wanted(flags))) yield entries
}

interface Found {
  readonly entries: readonly AuditEntry[]
  readonly next: string | undefined
}

/** In memory as a whole, so that it can be one table or one document. */
async function collect(log: LogReader, query: Query, flags: SearchFlags): Promise<Found> {
  const entries: AuditEntry[] = []
  let next: string | undefined
  for await (const page of pagesOf(log, query, wanted(flags))) {
    for (const entry of page.entries) entries.push(entry)
    next = page.next
  }
  return { entries, next }
}

function wanted({ all, limit }: SearchFlags): { limit: number; pageSize: number } {
  return { limit: all ? Infinity : limit, pageSize: MAX_PAGE }
}

function asTable(
  { out, now }: CliContext,
  entries: readonly AuditEntry[],
  flags: SearchFlags,
): string {
  if (entries.length === 0) return ''
  const look = { now: now(), timeZone: shownZone(flags), styles: styles(out.colors) }
  const rows = entries.map((entry) => entryRow(entry, look))
  return table(ENTRY_COLUMNS, rows, { width: out.columns, styles: look.styles })
}

function note({ entries, next }: Found): string {
  if (entries.length === 0) return 'No entry matches.\n'
  if (next === undefined) return ''
  return `There are more: --limit ${String(entries.length * 10)} or --all shows them.\n`
}
