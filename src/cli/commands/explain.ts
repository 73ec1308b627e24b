import type { Command } from 'commander'

import { explainQuery, printQuery } from '../../core/search/index.js'
import { printableLines } from '../../platform/index.js'
import type { CliContext } from '../context.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import { askedQuery, queryContext, queryText, readTimeZone } from '../query.js'
import { jsonDocument } from '../text/json.js'

interface ExplainFlags {
  readonly json?: boolean
  readonly tz?: string
}

const EXAMPLES = `
Examples:
  hooktrail explain 'actor:octocat -is:bot created:>-7d'
  hooktrail explain --tz Europe/Berlin created:2026-03-29

It asks nothing of the log but what saved:<name> stands for. The language: docs/query-language.md`

export function addExplain(
  program: Command,
  context: CliContext,
  finish: (code: ExitCode) => void,
): void {
  program
    .command('explain')
    .description('what a query means, in words, with every date as the moment that it stands for')
    .argument('[query...]', 'terms as on GitHub: actor:octocat is:failed created:>-7d')
    .option('--json', 'one JSON document')
    .option('--tz <zone>', 'time zone of dates, for example Europe/Berlin', readTimeZone)
    .addHelpText('after', EXAMPLES)
    .action(async (terms: string[], flags: ExplainFlags) => {
      finish(await explain(context, queryText(terms), flags))
    })
}

async function explain(
  context: CliContext,
  text: string,
  { json, tz }: ExplainFlags,
): Promise<ExitCode> {
  const asked = queryContext(context, tz)
  const query = await askedQuery(context, text, tz)
  const explanation = explainQuery(query, asked.timeZone ?? 'UTC')
  await context.out.write(
    json
      ? jsonDocument({ query: printQuery(query), explanation, time_zone: asked.timeZone ?? 'UTC' })
      : `${printableLines(explanation)}\n`,
  )
  return EXIT.ok
}
