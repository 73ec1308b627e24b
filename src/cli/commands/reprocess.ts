import type { Command } from 'commander'

import type { AuditEntry } from '../../core/domain/index.js'
import { evaluatePolicies } from '../../core/policies/index.js'
import { readDate } from '../../core/search/index.js'
import {
  Appender,
  appendAmendment,
  countChosen,
  readAgain,
  recordReprocessing,
  type Amendment,
} from '../../ledger/index.js'
import type { Database } from '../../platform/index.js'
import type { CliContext } from '../context.js'
import { EXIT, UsageError, type ExitCode } from '../exit-code.js'
import { operatorOf, type OperatorFlags } from '../operator.js'
import { queryContext } from '../query.js'
import { amendmentDetails, totalsText, type RereadTotals } from '../text/amendment.js'
import { jsonLine } from '../text/json.js'
import { progressBar } from '../text/progress.js'
import { styles } from '../text/style.js'
import { withDatabase } from '../with-database.js'

interface ReprocessFlags extends OperatorFlags {
  readonly dryRun?: boolean
  readonly since?: string
  readonly event?: string
  readonly json?: boolean
}

const EXAMPLES = `
Examples:
  hooktrail reprocess --dry-run                     what would be amended; exits with 1 if anything
  hooktrail reprocess --dry-run --event workflow_job --since -30d
  hooktrail reprocess                               after an upgrade: append what today’s code reads
  hooktrail search source:reprocess                 what was appended so

Entries are never edited: each new reading follows an entry.amended, which names the entries that it replaces. One that was
ended is simply run again. A log.reprocessed before the first one names whoever had it done. Nobody is alerted of old deliveries, and no check run is written again.`

export function addReprocess(
  program: Command,
  context: CliContext,
  finish: (code: ExitCode) => void,
): void {
  program
    .command('reprocess')
    .description('read raw deliveries again with today’s code, and append what they say now')
    .option('--dry-run', 'only show what would be amended')
    .option('--since <date>', 'received since: 2026-11-01, -30d, yesterday')
    .option('--event <event>', 'only deliveries of this event of GitHub’s, such as workflow_job')
    .option('--reason <text>', 'why it is done, which is recorded')
    .option('--operator <name>', 'who does it (default: the system account)')
    .option('--json', 'one JSON object a line: each amendment, and the totals')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: ReprocessFlags) => {
      const since = flags.since === undefined ? undefined : readSince(context, flags.since)
      finish(
        await withDatabase(context, (database) =>
          reprocess(context, database, { ...flags, since }),
        ),
      )
    })
}

/** @throws UsageError */
function readSince(context: CliContext, text: string): number {
  const { now, timeZone = 'UTC' } = queryContext(context)
  const period = readDate(text, { now, timeZone })
  if (period) return period.from
  throw new UsageError(
    `“${text.slice(0, 200)}” is no date: --since takes 2026-11-01, 2026-11-01T10:00Z, yesterday or -30d`,
  )
}

type Chosen = Omit<ReprocessFlags, 'since'> & { readonly since: number | undefined }

async function reprocess(
  context: CliContext,
  database: Database,
  flags: Chosen,
): Promise<ExitCode> {
  // Here, since no other command needs what knows every event of GitHub's.
  const { normalise } = await import('../../sources/index.js')
  const { dryRun = false, json = false } = flags
  const amend = dryRun ? undefined : createAmending(context, database, flags)
  const totals = { unchanged: 0, differs: 0, pruned: 0, erased: 0, damaged: 0, findings: 0 }
  const progress = await progressOf(context, database, flags)
  for await (const reread of readAgain(database, normalise, flags)) {
    context.interrupted.throwIfAborted()
    totals[reread.outcome] += 1
    progress.step()
    if (reread.outcome !== 'differs') continue
    totals.findings += newFindings(reread.amendment)
    const seq = await amend?.(reread.amendment)
    progress.clear()
    await show(context, reread.amendment, { seq, json })
  }
  progress.clear()
  return conclude(context, totals, { dryRun, json })
}

async function conclude(
  { out }: CliContext,
  totals: RereadTotals,
  { dryRun, json }: { readonly dryRun: boolean; readonly json: boolean },
): Promise<ExitCode> {
  await out.write(json ? jsonLine({ totals: totalsJson(totals) }) : totalsText(totals, dryRun))
  return totals.damaged > 0 || (dryRun && totals.differs > 0) ? EXIT.no : EXIT.ok
}

/** How often the bar moves: each time costs a write. */
const EVERY = 50

interface Progress {
  /** One delivery more is read. */
  readonly step: () => void
  /** Takes the bar away, so that what follows has the line to itself. */
  readonly clear: () => void
}

async function progressOf(
  { err, now }: CliContext,
  database: Database,
  chosen: Chosen,
): Promise<Progress> {
  const total = await countChosen(database, chosen)
  const show = progressBar(err, now)
  let done = 0
  return {
    step: () => {
      if (done % EVERY === 0) show(done, total)
      done += 1
    },
    clear: () => {
      show(total, total)
    },
  }
}

/** What appends an amendment and returns its number; whoever does it is recorded with the first one, if there is any. */
function createAmending(
  context: CliContext,
  database: Database,
  flags: Chosen,
): (amendment: Amendment) => Promise<number> {
  const appender = new Appender(database, context.now)
  let act: Promise<number> | undefined
  return async (amendment) => {
    act ??= recordReprocessing(database, operatorOf(context, flags), flags)
    const receipt = await appendAmendment(appender, amendment, {
      seq: await act,
      now: context.now(),
    })
    return receipt.firstSeq
  }
}

async function show(
  { out }: CliContext,
  amendment: Amendment,
  { seq, json }: { readonly seq: number | undefined; readonly json: boolean },
): Promise<void> {
  await out.write(
    json ? jsonLine(asJson(amendment, seq)) : amendmentDetails(amendment, styles(out.colors)),
  )
}

function newFindings({ stored, today }: Amendment): number {
  const policies = (entries: readonly AuditEntry[]): string[] =>
    entries.flatMap((entry) => evaluatePolicies([entry]).map(({ policy }) => policy))
  const before = policies(stored.entries)
  return policies(today).filter((policy) => !before.includes(policy)).length
}

function asJson({ delivery, stored, paths, before, after }: Amendment, seq?: number): object {
  const { host, guid, event, receivedAt } = delivery
  return {
    delivery: { host, guid, event, received_at: new Date(receivedAt).toISOString() },
    reading: stored.reading + 1,
    amended_seq: seq,
    replaces: stored.entries.map((entry) => entry.seq),
    changed: paths,
    before,
    after,
  }
}

function totalsJson({ differs, ...totals }: RereadTotals): object {
  return { read: totals.unchanged + differs, amended: differs, ...totals }
}
