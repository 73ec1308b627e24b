import type { Command } from 'commander'

import { printable } from '../../platform/index.js'
import { removeQuery, savedQueries, saveQuery } from '../../ledger/index.js'
import type { SavedQuery } from '../../core/search/index.js'
import type { CliContext } from '../context.js'
import { EXIT, UsageError, type ExitCode } from '../exit-code.js'
import { operatorBy } from '../operator.js'
import { withLog } from '../with-log.js'
import { queryContext, queryText, requireQuery } from '../query.js'
import { jsonDocument } from '../text/json.js'
import { styles } from '../text/style.js'
import { table } from '../text/table.js'
import { withDatabase } from '../with-database.js'

interface ListFlags {
  readonly json?: boolean
}

const NAME = /^(?<organisation>[a-z0-9][a-z0-9-]{0,99})\/(?<name>[a-z0-9][a-z0-9._-]{0,63})$/

const EXAMPLES = `
Examples:
  hooktrail query save acme/deploys-without-review 'action:deployment.* env:production -has:approval'
  hooktrail search saved:deploys-without-review created:>-7d
  hooktrail query list
  hooktrail query remove acme/deploys-without-review

Each change is an entry of the log: hooktrail search 'action:saved_query.*'`

export function addQuery(
  program: Command,
  context: CliContext,
  finish: (code: ExitCode) => void,
): void {
  const query = program
    .command('query')
    .description('queries under a name, for saved:<name> in every query')
    .addHelpText('after', EXAMPLES)
  query
    .command('save')
    .description('save a query, in the place of one of the same name')
    .argument('<name>', 'organisation/name, in small letters')
    .argument('<query...>', 'terms as in hooktrail search')
    .action(async (name: string, terms: string[]) => {
      finish(await save(context, readName(name), queryText(terms)))
    })
  query
    .command('list')
    .description('all saved queries')
    .option('--json', 'one JSON document')
    .action(async ({ json = false }: ListFlags) => {
      const saved = await withLog(context, (log) => log.savedQueries())
      finish(await list(context, saved, json))
    })
  query
    .command('show')
    .description('the text of one')
    .argument('<name>', 'organisation/name')
    .action(async (name: string) => {
      finish(await show(context, readName(name)))
    })
  query
    .command('remove')
    .description('remove one; the log keeps what it was')
    .argument('<name>', 'organisation/name')
    .action(async (name: string) => {
      finish(await remove(context, readName(name)))
    })
}

type Name = Omit<SavedQuery, 'text'>

function readName(text: string): Name {
  const { organisation, name } = NAME.exec(text.toLowerCase())?.groups ?? {}
  if (organisation !== undefined && name !== undefined) return { organisation, name }
  throw new UsageError(
    `“${text.slice(0, 200)}” is not organisation/name, such as acme/night-deploys: letters, digits, “.”, “_” and “-”`,
  )
}

function fullName({ organisation, name }: Name): string {
  return `${organisation}/${name}`
}

async function save(context: CliContext, name: Name, text: string): Promise<ExitCode> {
  const saved = { ...name, text }
  const seq = await withDatabase(context, async (database, config) => {
    const others = (await savedQueries(database)).filter((one) => fullName(one) !== fullName(name))
    requireMeaning(context, saved, others)
    return saveQuery(database, saved, operatorBy(context, config))
  })
  const said = seq === undefined ? 'is saved so already' : `is saved: entry ${String(seq)}`
  await context.out.write(`saved:${fullName(name)} ${said}.\n`)
  return EXIT.ok
}

/** What is wrong with the text is shown in the text; what is wrong with it under its name (it names itself) after that. */
function requireMeaning(
  context: CliContext,
  saved: SavedQuery,
  others: readonly SavedQuery[],
): void {
  const asked = queryContext(context)
  const known = { ...asked, me: asked.me ?? 'somebody', saved: [...others, saved] }
  requireQuery(saved.text, known)
  requireQuery(`saved:${fullName(saved)}`, known)
}

async function list(
  { out, err, page }: CliContext,
  saved: readonly SavedQuery[],
  json: boolean,
): Promise<ExitCode> {
  if (json) {
    await out.write(
      jsonDocument({ saved: saved.map(({ text: query, ...name }) => ({ ...name, query })) }),
    )
  } else if (saved.length === 0) {
    await err.write(
      'No query is saved. Save one: hooktrail query save <organisation>/<name> <query>\n',
    )
  } else {
    const rows = saved.map((one) => [
      { text: printable(fullName(one)) },
      { text: printable(one.text) },
    ])
    const columns = [{ title: 'saved:' }, { title: 'query', atLeast: 20 }]
    await page(table(columns, rows, { width: out.columns, styles: styles(out.colors) }))
  }
  return EXIT.ok
}

async function show(context: CliContext, name: Name): Promise<ExitCode> {
  const found = named(name, await withLog(context, (log) => log.savedQueries()))
  if (!found) return missing(context, name)
  await context.out.write(`${printable(found.text)}\n`)
  return EXIT.ok
}

async function remove(context: CliContext, name: Name): Promise<ExitCode> {
  const seq = await withDatabase(context, (database, config) =>
    removeQuery(database, name, operatorBy(context, config)),
  )
  if (seq === undefined) return missing(context, name)
  await context.out.write(`saved:${fullName(name)} is removed: entry ${String(seq)}.\n`)
  return EXIT.ok
}

function named(name: Name, saved: readonly SavedQuery[]): SavedQuery | undefined {
  return saved.find((one) => fullName(one) === fullName(name))
}

async function missing({ err }: CliContext, name: Name): Promise<ExitCode> {
  await err.write(`No query is saved as ${fullName(name)}: hooktrail query list shows all.\n`)
  return EXIT.no
}
