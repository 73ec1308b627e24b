import { InvalidArgumentError, type Command } from 'commander'

import { BundleError } from '../../core/bundle/index.js'
import {
  MAX_PROBLEMS,
  verifyRemembered,
  type Pin,
  type RememberedReport,
  type VerifyLevel,
} from '../../ledger/index.js'
import { printable, type Config, type Database } from '../../platform/index.js'
import { TrustError, verifyBundleFile } from '../bundle-file.js'
import type { CliContext } from '../context.js'
import { EXIT, UsageError, type ExitCode } from '../exit-code.js'
import { jsonDocument } from '../text/json.js'
import { grouped, progressBar } from '../text/progress.js'
import { styles } from '../text/style.js'
import { withDatabase } from '../with-database.js'

interface VerifyFlags {
  readonly tree?: boolean
  readonly incremental?: boolean
  readonly restart?: boolean
  readonly pin: readonly Pin[]
  readonly json?: boolean
  readonly bundle?: string
  readonly key?: string
  readonly policy?: string
}

const SHOWN_PROBLEMS = 20

const EXAMPLES = `
Examples:
  hooktrail verify                     everything, from the first entry on
  hooktrail verify --tree              leaves, hashes and tree only: several times as fast
  hooktrail verify --incremental       what was appended since the log was last found whole
  hooktrail verify --pin 48211:9f86…   … and had it this root at 48,211 entries?
  hooktrail verify --json | jq -e '.ok'
  hooktrail verify --bundle evidence.ndjson --key "$(cat log.key)"   a file of hooktrail export; needs no log
  hooktrail verify --bundle evidence.ndjson --policy hooktrail.policy   … that witnesses must have cosigned

It exits with 1 when something does not hold. One that was ended (Ctrl-C, kill) is taken up where it was. What was found
whole is kept in HOOKTRAIL_VERIFIED_FILE, outside of the database, and the log must go on from there. Note the root hash
elsewhere as well: docs/verification.md says what each way proves.`

export function addVerify(
  program: Command,
  context: CliContext,
  finish: (code: ExitCode) => void,
): void {
  program
    .command('verify')
    .description('recompute the whole log from its leaves')
    .option('--tree', 'only what a root stands for: leaves, their hashes and order, the tree')
    .option('-i, --incremental', 'only entries that were appended since it was last found whole')
    .option('--restart', 'begin anew, also when one was ended before its time')
    .option('--pin <size:root>', 'a root that you noted; may be given again', readPin, [])
    .option('--json', 'one JSON document')
    .option('--bundle <file>', 'a file that hooktrail export wrote, without server and database')
    .option('--key <vkey>', 'of the bundle: the verifier key that you have from elsewhere')
    .option('--policy <file>', 'of the bundle: the same as a tlog-policy file, with witnesses')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: VerifyFlags) => {
      if (flags.bundle !== undefined) {
        finish(await verifyBundle(context, flags.bundle, flags))
        return
      }
      if (flags.key !== undefined || flags.policy !== undefined) {
        throw new UsageError('--key and --policy go with --bundle')
      }
      finish(
        await withDatabase(context, (database, config) =>
          verify(context, { database, config }, flags),
        ),
      )
    })
}

function readPin(text: string, before: readonly Pin[]): Pin[] {
  const [, size, root] = /^(\d{1,15}):([0-9a-f]{64})$/i.exec(text) ?? []
  if (size === undefined || root === undefined) {
    throw new InvalidArgumentError(
      'It is a size and a root hash in hex, as verify prints them: 48211:9f86…',
    )
  }
  return [...before, { size: Number(size), root: root.toLowerCase(), from: 'given with --pin' }]
}

async function verifyBundle(
  { out, err }: CliContext,
  file: string,
  { key, policy, tree, incremental, restart, pin, json }: VerifyFlags,
): Promise<ExitCode> {
  if ([tree, incremental, restart, json].some(Boolean) || pin.length > 0) {
    throw new UsageError(
      'with --bundle only --key or --policy can be given: the other options are of the log',
    )
  }
  try {
    await out.write(`${(await verifyBundleFile(file, { key, policy })).join('\n')}\n`)
    return EXIT.ok
  } catch (error) {
    if (error instanceof BundleError && error.code === 'bundle.false') {
      await err.write(`The bundle does NOT hold: ${error.message}.\n`)
      return EXIT.no
    }
    if (error instanceof TrustError) throw new UsageError(error.message, { cause: error })
    throw unreadable(file, error)
  }
}

function unreadable(file: string, error: unknown): UsageError {
  const why = error instanceof Error ? error.message : String(error)
  return new UsageError(printable(`${file} could not be read as a bundle: ${why}`), {
    cause: error,
  })
}

async function verify(
  context: CliContext,
  { database, config }: { readonly database: Database; readonly config: Config },
  { tree, incremental = false, restart = false, pin, json }: VerifyFlags,
): Promise<ExitCode> {
  const level: VerifyLevel = tree ? 'tree' : 'everything'
  const report = await verifyRemembered(database, {
    file: config.verifiedFile,
    log: config.log,
    level,
    incremental,
    restart,
    pins: pin,
    threads: context.threads,
    now: context.now,
    signal: context.interrupted,
    onProgress: progressBar(context.err, context.now),
  })
  const ok = report.problems.length === 0
  await context.out.write(json ? jsonDocument(asJson(report)) : describe(report, context))
  if (report.notRemembered !== undefined) {
    const why = `What was verified could not be kept in ${config.verifiedFile}: ${report.notRemembered}`
    await context.err.write(`${printable(why)}\n`)
  }
  return ok ? EXIT.ok : EXIT.no
}

function asJson(report: RememberedReport): object {
  const { level, size, root, from, since, checked, problems } = report
  return { ok: problems.length === 0, level, size, root, from, since, checked, problems }
}

function describe(report: RememberedReport, { out }: CliContext): string {
  const { bold, green, red, dim } = styles(out.colors)
  const { size, root, checked, problems } = report
  const parts = Object.entries<number>({ ...checked, unknownWitnesses: 0 }).filter(
    ([, count]) => count > 0,
  )
  const counts = parts.map(([name, count]) => `${grouped(count)} ${name}`)
  const lines = [
    ...verdict(report, { good: green, bad: red }),
    `${dim('checked')}    ${counts.join(', ') || 'nothing: the log has no entries'}`,
    ...scope(report).map((line) => `           ${line}`),
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

/** What was not looked at, and what the verification rests on. */
function scope({ level, since, resumedAt, checked }: RememberedReport): string[] {
  const lines: string[] = []
  const unknown = checked.unknownWitnesses
  if (unknown > 0) {
    lines.push(`not checked: ${grouped(unknown)} cosignatures of witnesses that no policy names`)
  }
  if (level === 'tree') lines.push('not checked: columns, openings, deliveries, raw bodies')
  if (since && since.size > 0) {
    lines.push(
      `the first ${grouped(since.size)} entries were found whole at ${since.at} and were not read again;`,
    )
    lines.push('what follows continues them')
  }
  if (resumedAt !== undefined)
    lines.push(`taken up at entry ${grouped(resumedAt)}, where one was ended before`)
  return lines
}

function verdict(
  { problems: { length: count }, level, since }: RememberedReport,
  {
    good,
    bad,
  }: { readonly good: (text: string) => string; readonly bad: (text: string) => string },
): string[] {
  if (count === 0) {
    const what = level === 'tree' ? 'The tree of the log is whole' : 'The log is whole'
    return [good(since && since.size > 0 ? `${what} since it was last verified.` : `${what}.`)]
  }
  const problems = count >= MAX_PROBLEMS ? `${String(count)} or more problems` : problemsOf(count)
  return [
    bad(`The log is NOT whole: ${problems}.`),
    'Keep the database as it is, make a copy of it, and find out who could write to it.',
  ]
}

function problemsOf(count: number): string {
  return count === 1 ? '1 problem' : `${String(count)} problems`
}
