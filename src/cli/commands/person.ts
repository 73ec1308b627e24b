import type { Command } from 'commander'

import {
  erasePerson,
  findPerson,
  personEntries,
  planErasure,
  recordAct,
  type ErasurePlan,
  type Subject,
} from '../../ledger/index.js'
import { printable, type Database } from '../../platform/index.js'
import type { CliContext } from '../context.js'
import { EXIT, UsageError, type ExitCode } from '../exit-code.js'
import { operatorOf, operatorWithReason, type OperatorFlags } from '../operator.js'
import { jsonDocument, jsonLine } from '../text/json.js'
import { grouped } from '../text/progress.js'
import { styles } from '../text/style.js'
import { withDatabase } from '../with-database.js'

interface ShowFlags extends OperatorFlags {
  readonly json?: boolean
}

interface EraseFlags extends OperatorFlags {
  readonly yes?: boolean
  readonly json?: boolean
}

const EXAMPLES = `
Examples:
  hooktrail person show octocat                 what the log holds about somebody (GDPR, article 15)
  hooktrail person show octocat --json > octocat.ndjson
  hooktrail person erase octocat                what would go; nothing is changed
  hooktrail person erase octocat --reason "request of 2026-11-20" --yes
  hooktrail person erase 0f8e0d5c-… --reason … --yes    one subject of several

Somebody is meant by a login (also a former one), the number that GitHub gave, or the id of a subject. Both are recorded:
person.disclosed and person.erased, with who did it and why.`

export function addPerson(
  program: Command,
  context: CliContext,
  finish: (code: ExitCode) => void,
): void {
  const person = program
    .command('person')
    .description('what the log holds about somebody, and its erasure')
    .addHelpText('after', EXAMPLES)
  person
    .command('show')
    .description('every entry that names somebody, with the text that it holds')
    .argument('<who>', 'a login, a number or the id of a subject')
    .option('--reason <text>', 'why, for the record')
    .option('--operator <name>', 'who does it (default: the system account)')
    .option('--json', 'one JSON object a line (NDJSON): subjects, then entries')
    .action(async (who: string, flags: ShowFlags) => {
      finish(await withDatabase(context, (database) => show(context, database, who, flags)))
    })
  person
    .command('erase')
    .description('remove names and texts of somebody for ever; entries and proofs stay')
    .argument('<who>', 'a login, a number or the id of a subject')
    .option('--reason <text>', 'why; needed with --yes')
    .option('--operator <name>', 'who does it (default: the system account)')
    .option('--yes', 'do it; without, what would go is shown')
    .option('--json', 'one JSON document')
    .action(async (who: string, flags: EraseFlags) => {
      const operator = flags.yes ? operatorWithReason(context, flags) : undefined
      finish(
        await withDatabase(context, (database) =>
          erase(context, database, { who, flags, operator }),
        ),
      )
    })
}

async function show(
  context: CliContext,
  database: Database,
  who: string,
  flags: ShowFlags,
): Promise<ExitCode> {
  const subjects = await findPerson(database, who)
  if (subjects.length === 0) return nobody(context, who)
  const ids = subjects.map(({ id }) => id)
  await recordAct(database, operatorOf(context, flags), {
    action: 'person.disclosed',
    targets: ids.map((id) => ({ type: 'subject', id })),
  })
  const { out } = context
  if (flags.json) for (const subject of subjects) await out.write(jsonLine({ subject }))
  else await out.write(`${subjectLines(context, subjects).join('\n')}\n\n`)
  for await (const page of personEntries(database, ids)) {
    for (const entry of page) {
      if (flags.json) await out.write(jsonLine({ entry }))
      else await out.write(entryLines(entry))
    }
  }
  return EXIT.ok
}

function entryLines(entry: {
  readonly seq: number
  readonly occurredAt: string
  readonly action: string
  readonly repo: string | null
  readonly as: string
  readonly texts: Readonly<Record<string, string>>
}): string {
  const head = `${String(entry.seq)}  ${entry.occurredAt}  ${entry.action}  ${entry.repo ?? '-'}  as ${entry.as}`
  const texts = Object.entries(entry.texts).map(([place, text]) => `    ${place}: ${text}`)
  return `${[head, ...texts].map(printable).join('\n')}\n`
}

interface EraseRequest {
  readonly who: string
  readonly flags: EraseFlags
  readonly operator: ReturnType<typeof operatorWithReason> | undefined
}

async function erase(
  context: CliContext,
  database: Database,
  { who, flags, operator }: EraseRequest,
): Promise<ExitCode> {
  const subjects = await findPerson(database, who)
  if (subjects.length === 0) return nobody(context, who)
  const ids = subjects.map(({ id }) => id)
  const plan = await planErasure(database, ids)
  if (!operator) {
    await context.out.write(
      flags.json ? jsonDocument({ subjects, ...plan }) : planText(context, subjects, plan),
    )
    return plan.holds.length === 0 ? EXIT.ok : EXIT.no
  }
  refuseStrangers(subjects)
  const erased = await erasePerson(database, ids, operator)
  if (flags.json) await context.out.write(jsonDocument(erased))
  if (erased.outcome === 'gone') return nobody(context, who)
  if (erased.outcome === 'held') {
    await context.err.write(`${heldLines(erased.holds).join('\n')}\nNothing was erased.\n`)
    return EXIT.no
  }
  if (!flags.json) {
    const { seq, openings, bodies } = erased
    await context.out.write(
      `Erased: text in ${grouped(openings)} entries, ${grouped(bodies)} raw deliveries, ${String(ids.length)} subjects. Entry ${String(seq)} (person.erased) says so.\nBackups still hold it: docs/operations.md, “Personal data”.\n`,
    )
  }
  return EXIT.ok
}

/** A former login may be somebody else's by now: then the person at the keyboard says whom they mean. */
function refuseStrangers(subjects: readonly Subject[]): void {
  const keys = new Set(
    subjects
      .filter(({ key }) => !key.startsWith('login:'))
      .map(({ host, key }) => `${host} ${key}`),
  )
  if (keys.size <= 1) return
  const ids = subjects.map(({ id, key, login }) => `  ${id}  ${key}  ${login ?? ''}`)
  throw new UsageError(
    printable(`several accounts go by this name. Say which, by the id of the subject:`) +
      `\n${ids.map(printable).join('\n')}`,
  )
}

function planText(context: CliContext, subjects: readonly Subject[], plan: ErasurePlan): string {
  const { entries, openings, bodies, holds } = plan
  const lines = [
    ...subjectLines(context, subjects),
    '',
    'What would go:',
    `  ${grouped(openings)} entries lose the text of these subjects; searching finds them by it no more`,
    `  ${grouped(bodies)} raw deliveries go as a whole; their digests stay`,
    `  ${String(subjects.length)} rows that say who the random ids in the log are`,
    `What would stay: ${grouped(entries)} entries, without names, and every proof.`,
    '',
    ...(holds.length > 0
      ? heldLines(holds)
      : ['Nothing was changed. To do it: the same command with --reason "…" --yes']),
  ]
  return `${lines.join('\n')}\n`
}

function subjectLines({ out }: CliContext, subjects: readonly Subject[]): string[] {
  const { bold } = styles(out.colors)
  return subjects.map(({ id, host, type, key, login, display, match }) => {
    const name = display === null ? '' : ` (${display})`
    return `${bold(printable(login ?? key))}${printable(`${name}  ${type} ${key} on ${host}  subject ${id}  found by ${match}`)}`
  })
}

function heldLines(holds: ErasurePlan['holds']): string[] {
  return holds.map(({ hold: { number, kind, value, reason }, seqs }) => {
    const where = seqs.length > 0 ? `, entries ${seqs.join(', ')}` : ''
    return printable(
      `Legal hold ${String(number)} forbids it (${kind} ${value}${where}): ${reason}`,
    )
  })
}

async function nobody({ err }: CliContext, who: string): Promise<ExitCode> {
  await err.write(`The log knows nobody as ${printable(who)}.\n`)
  return EXIT.no
}
