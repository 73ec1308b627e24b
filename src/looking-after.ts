import {
  prune,
  recordAct,
  verifyRemembered,
  type Operator,
  type VerifyLevel,
} from './ledger/index.js'
import type { Config, Database, JobHandler, Logger } from './platform/index.js'

export interface LookingAfterParts extends Pick<
  Config,
  'rawRetentionDays' | 'textRetentionDays' | 'selfCheck' | 'verifiedFile' | 'log'
> {
  readonly database: Database
  readonly clock: () => number
  readonly logger: Pick<Logger, 'error' | 'info'>
}

export interface LookingAfter {
  readonly handlers: Readonly<Record<string, JobHandler>>
  readonly schedule: readonly string[]
}

const DAY_MS = 86_400_000

/** What a running Hooktrail does for its log by the clock: retention, and looking whether the log is whole. */
export function createLookingAfter(parts: LookingAfterParts): LookingAfter {
  const { selfCheck } = parts
  return {
    handlers: {
      prune: () => pruneAll(parts),
      check_new: () => check(parts, true),
      check_all: () => check(parts, false),
    },
    schedule: [
      '17 3 * * * prune',
      ...(selfCheck === 'off' ? [] : ['41 * * * * check_new']),
      ...(selfCheck === 'all' ? ['7 2 * * 0 check_all'] : []),
    ],
  }
}

async function pruneAll(parts: LookingAfterParts): Promise<void> {
  const { database, rawRetentionDays, textRetentionDays, clock } = parts
  const now = clock()
  const byItself = { name: undefined, reason: undefined, now }
  await prune(database, 'bodies', new Date(now - rawRetentionDays * DAY_MS), byItself)
  if (textRetentionDays === 0) return
  await prune(database, 'openings', new Date(now - textRetentionDays * DAY_MS), byItself)
}

/** One thread, so that deliveries find the other core free. */
async function check(
  { database, verifiedFile: file, log, clock, logger }: LookingAfterParts,
  incremental: boolean,
): Promise<void> {
  const level: VerifyLevel = 'everything'
  const options = { file, level, incremental, restart: false, now: clock, log }
  const { problems, size, checked, notRemembered } = await verifyRemembered(database, options)
  if (notRemembered !== undefined) {
    logger.error({ file, reason: notRemembered }, 'what was verified could not be kept in its file')
  }
  if (problems.length === 0) {
    logger.info({ size, entries: checked.entries }, 'the log is whole')
    return
  }
  const first = problems.slice(0, 10)
  logger.error(
    { problems: first, count: problems.length },
    'THE LOG IS NOT WHOLE: run hooktrail verify',
  )
  const byItself: Operator = { name: undefined, reason: undefined, now: clock() }
  await recordAct(database, byItself, {
    action: 'verification.failed',
    outcome: 'failure',
    targets: first.map(({ where, seq, what }) => ({ type: where, id: seq, name: what })),
    labels: { problems: problems.length, size, finding: true },
  })
}
