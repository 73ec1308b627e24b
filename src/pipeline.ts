/**
 * The product on one screen: receive → append → evaluate → report.
 *
 * - **receive** ends before a source hears that its delivery is safe: normalise, append, commit.
 * - **evaluate** is a job that the append's own transaction queued: what do policies say, what is to be told?
 * - **report** is a job for each commit and each alert: read the log, write to GitHub. At least once, under a stable
 *   key, so that a retry changes nothing twice.
 */
import { createHash } from 'node:crypto'

import { z } from 'zod'

import type { Delivery, Finding, Receipt, ReportRepo } from './core/domain/index.js'
import { evaluatePolicies } from './core/policies/index.js'
import {
  entriesInRange,
  findingsOf,
  pruneBodies,
  readCommitReport,
  type Appender,
  type RecordedEntry,
} from './ledger/index.js'
import { addJob, type Database, type JobHandler } from './platform/index.js'
import { isOwnEcho, type AlertReporter, type CheckRunReporter } from './reporters/index.js'
import { alertOpened, deliveryAltered, normalise } from './sources/index.js'

export interface PipelineParts {
  readonly database: Database
  readonly appender: Appender
  readonly checkRuns: CheckRunReporter
  readonly alerts: AlertReporter
  readonly appId: number
  /** `https://github.com`, or the Enterprise Server. */
  readonly githubUrl: string
  /** How long writes to one commit are gathered, in ms. */
  readonly checkDelayMs: number
  readonly rawRetentionDays: number
  readonly clock: () => number
}

export interface Pipeline {
  readonly receive: (delivery: Delivery) => Promise<Receipt>
  readonly handlers: Readonly<Record<string, JobHandler>>
  /** Lines for the queue's schedule. */
  readonly schedule: readonly string[]
}

export function createPipeline(parts: PipelineParts): Pipeline {
  return {
    receive: (delivery) => receive(parts, delivery),
    handlers: {
      evaluate: (payload) => evaluate(parts, rangeJob.parse(payload)),
      report_commit: (payload) => reportCommit(parts, commitJob.parse(payload)),
      report_alert: (payload) => reportAlert(parts, alertJob.parse(payload)),
      prune_bodies: () => prune(parts),
    },
    schedule: ['17 3 * * * prune_bodies'],
  }
}

/** Resolves once the delivery is durable. */
async function receive({ appender, clock }: PipelineParts, delivery: Delivery): Promise<Receipt> {
  const receipt = await appender.append({ delivery, drafts: normalise(delivery) })
  if (receipt.outcome === 'duplicate' && !receipt.sameBody) {
    const bodySha256 = createHash('sha256').update(delivery.body).digest('hex')
    await appender.append(
      deliveryAltered(delivery, { firstSeq: receipt.firstSeq, bodySha256 }, clock()),
    )
  }
  return receipt
}

/** Decides what entries call for, and queues it. Run twice it queues the same. */
async function evaluate(
  parts: PipelineParts,
  { from, to }: z.infer<typeof rangeJob>,
): Promise<void> {
  const recorded = await entriesInRange(parts.database, from, to)
  const foreign = recorded.filter(({ entry }) => !isOwnEcho(entry, parts.appId))
  for (const one of foreign) {
    const commit = commitToReport(one)
    if (commit) await queueCommit(parts, commit)
    for (const finding of evaluatePolicies([one.entry])) await queueAlert(parts, one, finding)
  }
}

const repoShape = z.object({
  host: z.string(),
  id: z.number(),
  name: z.string(),
  installationId: z.number(),
})
const rangeJob = z.object({ from: z.number(), to: z.number() })
const commitJob = z.object({ repo: repoShape, sha: z.string() })
const alertJob = z.object({ repo: repoShape, seq: z.number(), policy: z.string() })

/** What a commit's check run waits for: a finished run, a push, and alerts that hang on it. */
const TELLING_ACTIONS = new Set([
  'workflow_run.completed',
  'push.created',
  'push.forced',
  'branch.created',
  'tag.created',
  'tag.moved',
  'alert.opened',
])

function commitToReport({
  entry,
  installationId,
}: RecordedEntry): z.infer<typeof commitJob> | undefined {
  const sha = entry.ci?.head_sha
  if (!TELLING_ACTIONS.has(entry.action) || !entry.repo || !sha) return undefined
  return installationId === undefined ? undefined : { repo: { ...entry.repo, installationId }, sha }
}

async function queueCommit(parts: PipelineParts, job: z.infer<typeof commitJob>): Promise<void> {
  const key = `check:${job.repo.host}:${String(job.repo.id)}:${job.sha}`
  await addJob(parts.database, 'report_commit', job, {
    key,
    queue: queueOf(key),
    delayMs: parts.checkDelayMs,
  })
}

async function queueAlert(
  parts: PipelineParts,
  { entry, installationId }: RecordedEntry,
  { policy, key }: Finding,
): Promise<void> {
  // Without a repository or an installation there is nowhere to write; the entry itself stays searchable.
  if (!entry.repo || installationId === undefined) return
  const job = { repo: { ...entry.repo, installationId }, seq: entry.seq, policy }
  await addJob(parts.database, 'report_alert', job, {
    key: `alert:${key}:${String(entry.seq)}`,
    queue: queueOf(key),
  })
}

/** Writes to one thing are worked off one after the other; 64 queues keep unrelated things apart. */
function queueOf(key: string): string {
  const bucket = (createHash('sha256').update(key).digest()[0] ?? 0) % 64
  return `report-${String(bucket)}`
}

async function reportCommit(
  parts: PipelineParts,
  { repo, sha }: z.infer<typeof commitJob>,
): Promise<void> {
  const request = { repo: reportRepo(parts, repo), sha, findingsIn: evaluatePolicies }
  const report = await readCommitReport(parts.database, request)
  if (report) await parts.checkRuns.report(report)
}

async function reportAlert(
  parts: PipelineParts,
  { repo, seq, policy }: z.infer<typeof alertJob>,
): Promise<void> {
  const [recorded] = await entriesInRange(parts.database, seq, seq + 1)
  if (!recorded) return
  const { entry } = recorded
  const finding = findingsOf([entry], evaluatePolicies).find((one) => one.policy === policy)
  if (!finding) return
  const told = await parts.alerts.report({
    repo: reportRepo(parts, repo),
    finding,
    headSha: entry.ci?.head_sha,
    verifyCommand: 'hooktrail verify',
  })
  const { host, id, name, installationId } = repo
  const where = { repo: { host, id, name }, account: entry.account, installationId }
  const headSha = told.commit.outcome === 'found' ? told.commit.headSha : undefined
  const url = told.issue.outcome === 'skipped' ? undefined : told.issue.url
  const links = url === undefined ? [] : [{ rel: 'issue', url }]
  await parts.appender.append(alertOpened({ finding, ...where, headSha, links }, parts.clock()))
}

function reportRepo({ githubUrl }: PipelineParts, repo: z.infer<typeof repoShape>): ReportRepo {
  return { ...repo, url: `${githubUrl}/${repo.name}` }
}

async function prune({ database, rawRetentionDays, clock }: PipelineParts): Promise<void> {
  await pruneBodies(database, new Date(clock() - rawRetentionDays * 86_400_000))
}
