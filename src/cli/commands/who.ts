import type { Command } from 'commander'

import type { AuditEntry } from '../../core/domain/index.js'
import type { Query, QueryContext } from '../../core/search/index.js'
import { MAX_PAGE } from '../../ledger/index.js'
import { printable } from '../../platform/index.js'
import { readCount } from '../arguments.js'
import type { CliContext } from '../context.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import { pagesOf, type LogReader } from '../log-reader.js'
import { addTimeOptions, shownZone, type TimeFlags } from '../output-format.js'
import { askedQuery, queryContext, queryText, requireQuery } from '../query.js'
import { activity, dayOf, isNotable, placeOf } from '../text/activity.js'
import { jsonDocument } from '../text/json.js'
import { styles } from '../text/style.js'
import { withLog } from '../with-log.js'

interface WhoFlags extends TimeFlags {
  readonly limit: number
  readonly json?: boolean
}

/** Looked at in one question: somebody with more did too much to read it here. */
const MOST_ENTRIES = 10_000
const USUAL_PERIOD = 'created:>-30d'

const EXAMPLES = `
Examples:
  hooktrail who octocat                          the last thirty days
  hooktrail who octocat created:>=2026-01-01     since then
  hooktrail who @me repo:acme/shop created:today
  hooktrail who 'dependabot[bot]' is:failed

What somebody did, and what ran because they triggered it. Other terms of the query language narrow it; without any it is the
last thirty days.`

export function addWho(
  program: Command,
  context: CliContext,
  finish: (code: ExitCode) => void,
): void {
  const who = program
    .command('who')
    .description(
      'what somebody did: what stands out, by day, repository and action, and the entries',
    )
    .argument('<login>', 'a person or a machine; @me is HOOKTRAIL_LOGIN')
    .argument('[query...]', 'terms that narrow it: created:>-7d repo:acme/shop')
    .option('-n, --limit <count>', 'entries to list at the end', readCount, 30)
    .option('--json', 'one JSON document')
  addTimeOptions(who)
    .addHelpText('after', EXAMPLES)
    .action(async (login: string, terms: string[], flags: WhoFlags) => {
      const asked = queryContext(context, flags.tz)
      const text = queryText(terms)
      const narrowed = await askedQuery(context, text === '' ? USUAL_PERIOD : text, flags.tz)
      const query = didBy(login, asked, narrowed)
      const found = await withLog(context, (log) => collect(log, query))
      finish(await tell(context, { login, found, flags, asked }))
    })
}

/** Who did it, or triggered what did it. */
function didBy(login: string, asked: QueryContext, narrowed: Query): Query {
  const quoted = /^@me$/i.test(login) ? login : `"${login.replace(/["\\]/g, '\\$&')}"`
  const by = requireQuery(`actor:${quoted} OR via:${quoted}`, asked)
  return { kind: 'and', terms: [by, narrowed] }
}

interface Found {
  readonly entries: readonly AuditEntry[]
  /** Whether there are more than were looked at. */
  readonly more: boolean
}

async function collect(log: LogReader, query: Query): Promise<Found> {
  const entries: AuditEntry[] = []
  let more = false
  for await (const page of pagesOf(log, query, { limit: MOST_ENTRIES, pageSize: MAX_PAGE })) {
    for (const entry of page.entries) entries.push(entry)
    more = page.next !== undefined
  }
  return { entries, more }
}

interface Told {
  readonly login: string
  readonly found: Found
  readonly flags: WhoFlags
  readonly asked: QueryContext
}

async function tell(context: CliContext, told: Told): Promise<ExitCode> {
  const { login, found, flags } = told
  const calendar = told.asked.timeZone ?? 'UTC'
  if (flags.json) {
    await context.out.write(jsonDocument(counts(found, calendar)))
  } else if (found.entries.length > 0) {
    const { out } = context
    const look = { now: context.now(), timeZone: shownZone(flags), calendar, width: out.columns }
    const style = styles(out.colors)
    const head = `${style.bold(printable(login))}  ${summary(found, calendar)}\n\n`
    const rest = activity(found.entries, { ...look, styles: style, limit: flags.limit })
    await context.page(head + rest)
  }
  if (found.entries.length > 0) return EXIT.ok
  await context.err.write(
    `Nothing by ${printable(login)} is in what was asked. A longer time: hooktrail who ${printable(login)} created:>=2020-01-01\n`,
  )
  return EXIT.no
}

function summary({ entries, more }: Found, calendar: string): string {
  const last = entries[0] && dayOf(entries[0], calendar)
  const oldest = entries.at(-1)
  const first = oldest && dayOf(oldest, calendar)
  const count = `${more ? 'the newest ' : ''}${plural(entries.length, 'entry', 'entries')}`
  const places = plural(new Set(entries.map(placeOf)).size, 'repository', 'repositories')
  const days = first === last ? `on ${last ?? ''}` : `from ${first ?? ''} to ${last ?? ''}`
  return `${count} in ${places}, ${days}`
}

function plural(count: number, one: string, several: string): string {
  return `${String(count)} ${count === 1 ? one : several}`
}

function counts({ entries, more }: Found, calendar: string): object {
  const count = (nameOf: (entry: AuditEntry) => string): Record<string, number> => {
    const numbers = new Map<string, number>()
    for (const entry of entries) numbers.set(nameOf(entry), (numbers.get(nameOf(entry)) ?? 0) + 1)
    return Object.fromEntries(numbers)
  }
  return {
    complete: !more,
    days: count((entry) => dayOf(entry, calendar)),
    repositories: count(placeOf),
    actions: count(({ action }) => action),
    notable: entries.filter(isNotable),
    entries,
  }
}
