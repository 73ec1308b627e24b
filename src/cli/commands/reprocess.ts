import type { Command } from 'commander'

import type { AuditEntry } from '../../core/domain/index.js'
import { evaluatePolicies } from '../../core/policies/index.js'
import { readDate } from '../../core/search/index.js'
import { Appender, appendAmendment, readAgain, type Amendment } from '../../ledger/index.js'
import type { Database } from '../../platform/index.js'
import type { CliContext } from '../context.js'
import { EXIT, UsageError, type ExitCode } from '../exit-code.js'
import { queryContext } from '../query.js'
import { amendmentDetails, totalsText, type RereadTotals } from '../text/amendment.js'
import { jsonLine } from '../text/json.js'
import { styles } from '../text/style.js'
import { withDatabase } from '../with-database.js'

interface ReprocessFlags {
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
ended is simply run again. Nobody is alerted of old deliveries, and no check run is written again.`

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
  { dryRun = false, json = false, since, event }: Chosen,
): Promise<ExitCode> {
  // Here, since no other command needs what knows every event of GitHub's.
  const { normalise } = await import('../../sources/index.js')
  const appender = dryRun ? undefined : new Appender(database, context.now)
  const totals = { unchanged: 0, differs: 0, pruned: 0, erased: 0, damaged: 0, findings: 0 }
  for await (const reread of readAgain(database, normalise, { since, event })) {
    context.interrupted.throwIfAborted()
    totals[reread.outcome] += 1
    if (reread.outcome !== 'differs') continue
    totals.findings += newFindings(reread.amendment)
    await amend(context, reread.amendment, { appender, json })
  }
  await context.out.write(
    json ? jsonLine({ totals: totalsJson(totals) }) : totalsText(totals, dryRun),
  )
  return totals.damaged > 0 || (dryRun && totals.differs > 0) ? EXIT.no : EXIT.ok
}

/** Without an appender it is only shown. */
async function amend(
  { out, now }: CliContext,
  amendment: Amendment,
  { appender, json }: { readonly appender: Appender | undefined; readonly json: boolean },
): Promise<void> {
  const receipt = appender && (await appendAmendment(appender, amendment, now()))
  await out.write(
    json
      ? jsonLine(asJson(amendment, receipt?.firstSeq))
      : amendmentDetails(amendment, styles(out.colors)),
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
