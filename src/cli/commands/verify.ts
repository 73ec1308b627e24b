import type { Command } from 'commander'

import { MAX_PROBLEMS, verifyLog, type VerifyReport } from '../../ledger/index.js'
import { printable, type Database } from '../../platform/index.js'
import type { CliContext } from '../context.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import { jsonDocument } from '../text/json.js'
import { styles } from '../text/style.js'
import { withDatabase } from '../with-database.js'

interface VerifyFlags {
  readonly json?: boolean
}

const SHOWN_PROBLEMS = 20

const EXAMPLES = `
Examples:
  hooktrail verify
  hooktrail verify --json | jq -e '.ok'

It exits with 1 when something does not hold. Compare the root hash with one that you noted outside of the log: a log
that was rewritten as a whole has another one.`

export function addVerify(
  program: Command,
  context: CliContext,
  finish: (code: ExitCode) => void,
): void {
  program
    .command('verify')
    .description('recompute the whole log from its leaves')
    .option('--json', 'one JSON document')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: VerifyFlags) => {
      finish(await withDatabase(context, (database) => verify(context, database, flags)))
    })
}

async function verify(
  context: CliContext,
  database: Database,
  { json }: VerifyFlags,
): Promise<ExitCode> {
  const report = await verifyLog(database, { onProgress: progress(context) })
  const ok = report.problems.length === 0
  await context.out.write(json ? jsonDocument({ ok, ...report }) : describe(report, context))
  return ok ? EXIT.ok : EXIT.no
}

/** One line that is written again and again, for a person who waits. */
function progress({ err }: CliContext): (done: number, total: number) => void {
  if (err.columns === undefined) return () => undefined
  return (done, total) => {
    const percent = String(Math.floor((100 * done) / total)).padStart(3)
    const line = `${percent} % of ${String(total)} entries`
    void err.write(done < total ? `\r${line}` : `\r${' '.repeat(line.length)}\r`)
  }
}

function describe(report: VerifyReport, { out }: CliContext): string {
  const { bold, green, red, dim } = styles(out.colors)
  const { size, root, checked, problems } = report
  const parts = Object.entries(checked).map(([name, count]) => `${String(count)} ${name}`)
  const lines = [
    ...verdict(problems.length, { good: green, bad: red }),
    `${dim('checked')}    ${parts.join(', ')}`,
    `${dim('size')}       ${String(size)}`,
    `${dim('root hash')}  ${bold(root)}`,
  ]
  for (const { seq, where, what } of problems.slice(0, SHOWN_PROBLEMS)) {
    const place = seq === undefined ? where : `entry ${String(seq)}, ${where}`
    lines.push(`  ${red(place)}: ${printable(what)}`)
  }
  const more = problems.length - SHOWN_PROBLEMS
  if (more > 0) lines.push(`  and ${String(more)} more: hooktrail verify --json lists them`)
  return `${lines.join('\n')}\n`
}

function verdict(
  count: number,
  {
    good,
    bad,
  }: { readonly good: (text: string) => string; readonly bad: (text: string) => string },
): string[] {
  if (count === 0) return [good('The log is whole.')]
  const problems = count >= MAX_PROBLEMS ? `${String(count)} or more problems` : problemsOf(count)
  return [
    bad(`The log is NOT whole: ${problems}.`),
    'Keep the database as it is, make a copy of it, and find out who could write to it.',
  ]
}

function problemsOf(count: number): string {
  return count === 1 ? '1 problem' : `${String(count)} problems`
}
