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

import type {
  AuditEntry,
  CheckRunReport,
  Delivery,
  Finding,
  Receipt,
  ReportFinding,
  ReportRepo,
} from './core/domain/index.js'
import type { DerivedFact } from './core/derive/index.js'
import { evaluatePolicies, WATCHED_ACTIONS } from './core/policies/index.js'
import {
  countBlocks,
  deriveFacts,
  derivingEntries,
  endEvaluation,
  entriesInRange,
  findingsOf,
  headlinesInRange,
  nextEvaluation,
  nextStatement,
  readCommitReport,
  type Appender,
  type Compare,
  type DefinitionParts,
  type Headline,
  type RecordedEntry,
} from './ledger/index.js'
import {
  addJobs,
  oneAtATime,
  type Database,
  type FileStore,
  type JobHandler,
  type NewJob,
} from './platform/index.js'
import { isOwnEcho, type AlertReporter, type CheckRunReporter } from './reporters/index.js'
import {
  alertOpened,
  deliveryAltered,
  derivedFact,
  normalise,
  type FileSource,
} from './sources/index.js'

export interface PipelineParts {
  readonly database: Database
  readonly appender: Appender
  readonly checkRuns: CheckRunReporter
  readonly alerts: AlertReporter
  /** Pipeline files as they were at commits: where they are kept, who fetches them, who compares them. */
  readonly fileStore: FileStore
  readonly files: FileSource
  readonly compare: Compare
  readonly appId: number
  /** `https://github.com`, or the Enterprise Server. */
  readonly githubUrl: string
  /** How long writes to one commit are gathered, in ms. */
  readonly checkDelayMs: number
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
      evaluate: () => evaluate(parts),
      evaluate_entry: (payload) => evaluateEntry(parts, entryJob.parse(payload)),
      derive_facts: (payload) => derive(parts, deriveJob.parse(payload)),
      report_commit: (payload) => reportCommit(parts, commitJob.parse(payload)),
      report_alert: (payload) => reportAlert(parts, alertJob.parse(payload)),
      count_blocks: async () => {
        await countBlocks(parts.database)
      },
    },
    schedule: ['* * * * * count_blocks'],
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

/** Decides what entries call for, and queues it: from where the last evaluation ended to the end of the log. */
async function evaluate({ database, checkDelayMs }: PipelineParts): Promise<void> {
  for (;;) {
    const { from, to } = await nextEvaluation(database, LARGEST_STEP)
    if (from === to) return
    const headlines = await headlinesInRange(database, { from, to }, CONCERNING_ACTIONS)
    // An old delivery that is read again tells nobody anything: who asked for it sees what it would have been.
    const news = headlines.filter(({ isReread }) => !isReread)
    await addJobs(database, 'report_commit', commitJobs(news, checkDelayMs))
    await addJobs(database, 'evaluate_entry', entryJobs(news))
    await addJobs(database, 'derive_facts', deriveJobs(await derivingEntries(database, from, to)))
    await endEvaluation(database, { from, to })
  }
}

/** One entry that some policy watches: a job of its own, so that one that fails holds up no other. */
async function evaluateEntry(
  parts: PipelineParts,
  { seq }: z.infer<typeof entryJob>,
): Promise<void> {
  const [recorded] = await entriesInRange(parts.database, seq, seq + 1)
  if (!recorded || isOwnEcho(recorded.entry, parts.appId)) return
  for (const finding of evaluatePolicies([recorded.entry])) {
    await queueAlert(parts, recorded, finding)
  }
}

/**
 * What these entries and others say together becomes entries, whichever of them came last; once in the same words. One that
 * fails holds up no other, and lets the job be tried again.
 */
async function derive(parts: PipelineParts, { seqs }: z.infer<typeof deriveJob>): Promise<void> {
  const failures: unknown[] = []
  for (const seq of seqs) {
    await deriveFrom(parts, seq).catch((error: unknown) => failures.push(error))
  }
  if (failures.length > 0) throw new AggregateError(failures, 'facts could not be derived')
}

async function deriveFrom(parts: PipelineParts, seq: number): Promise<void> {
  const [recorded] = await entriesInRange(parts.database, seq, seq + 1)
  if (!recorded) return
  for (const fact of await deriveFacts(parts.database, recorded.entry)) {
    await state(parts, recorded, fact)
  }
}

async function state(
  { database, appender, clock }: PipelineParts,
  { entry, installationId }: RecordedEntry,
  fact: DerivedFact,
): Promise<void> {
  const host = entry.repo?.host ?? entry.account?.host
  const key = host && (await nextStatement(database, host, fact))
  if (!key) return
  await appender.append(derivedFact(fact, { key, host, installationId }, clock()))
}

/** Entries that are looked at in one step at most. */
const LARGEST_STEP = 1000

const repoShape = z.object({
  host: z.string(),
  id: z.number(),
  name: z.string(),
  installationId: z.number(),
})
const entryJob = z.object({ seq: z.number() })
const deriveJob = z.object({ seqs: z.array(z.number()) })
const commitJob = z.object({ repo: repoShape, sha: z.string() })
const alertJob = z.object({ repo: repoShape, seq: z.number(), policy: z.string() })

/**
 * What a commit's check run waits for: a finished run, a push, and alerts that hang on it. Nothing that our own check
 * runs and issues cause is among them.
 */
const TELLING_ACTIONS = new Set([
  'workflow_run.completed',
  'push.created',
  'push.forced',
  'branch.created',
  'tag.created',
  'tag.moved',
  'alert.opened',
])
const CONCERNING_ACTIONS = [...TELLING_ACTIONS, ...WATCHED_ACTIONS]

function commitJobs(headlines: readonly Headline[], delayMs: number): NewJob[] {
  const jobs = new Map<string, NewJob>()
  for (const { action, headSha: sha, repo, installationId } of headlines) {
    // Without an installation there is nobody to write as.
    if (!TELLING_ACTIONS.has(action) || !repo || !sha || installationId === undefined) continue
    const key = commitKey(repo, sha)
    jobs.set(key, { payload: { repo: { ...repo, installationId }, sha }, key, delayMs })
  }
  return [...jobs.values()]
}

function entryJobs(headlines: readonly Headline[]): NewJob[] {
  const watched = headlines.filter(({ action }) => WATCHED_ACTIONS.has(action))
  return watched.map(({ seq }) => ({ payload: { seq }, key: `entry:${String(seq)}`, delayMs: 0 }))
}

/** One job for all that were evaluated at once. */
function deriveJobs(seqs: readonly number[]): NewJob[] {
  if (seqs.length === 0) return []
  return [{ payload: { seqs }, key: `derive:${String(seqs[0])}`, delayMs: 0 }]
}

async function queueAlert(
  parts: PipelineParts,
  { entry, installationId }: RecordedEntry,
  { policy, key }: Finding,
): Promise<void> {
  // Without a repository or an installation there is nowhere to write; the entry itself stays searchable.
  if (!entry.repo || installationId === undefined) return
  const payload = { repo: { ...entry.repo, installationId }, seq: entry.seq, policy }
  const job = { payload, key: `alert:${key}:${String(entry.seq)}`, delayMs: 0 }
  await addJobs(parts.database, 'report_alert', [job])
}

async function reportCommit(
  parts: PipelineParts,
  { repo, sha }: z.infer<typeof commitJob>,
): Promise<void> {
  const request = {
    repo: reportRepo(parts, repo),
    sha,
    findingsIn: evaluatePolicies,
    definitions: definitionParts(parts, repo),
  }
  // A job of the same commit may have been queued while this one waits for GitHub.
  await oneAtATime(parts.database, commitKey(repo, sha), async () => {
    const report = await readCommitReport(parts.database, request)
    if (!report) return
    await parts.checkRuns.report(report)
    if (isIncomplete(report)) throw new Error('GitHub did not give a pipeline file: tried again')
  })
}

/** Versions of files that are not known yet are fetched with the rights of the installation. */
function definitionParts(
  { files, fileStore, compare }: PipelineParts,
  repo: z.infer<typeof repoShape>,
): DefinitionParts {
  return { files: fileStore, compare, fetch: (places) => files.fetch(repo, places) }
}

/** A report is written with what there is; what will be there later makes its job come again. */
function isIncomplete({ pushes }: CheckRunReport): boolean {
  return pushes.some(({ pipelineFiles }) =>
    pipelineFiles.some(
      ({ definition }) => definition?.state === 'unknown' && definition.reason === 'unavailable',
    ),
  )
}

function commitKey(repo: { readonly host: string; readonly id: number }, sha: string): string {
  return `check:${repo.host}:${String(repo.id)}:${sha}`
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
  await oneAtATime(parts.database, `alert:${finding.key}`, () => tell(parts, repo, entry, finding))
}

async function tell(
  parts: PipelineParts,
  repo: z.infer<typeof repoShape>,
  entry: AuditEntry,
  finding: ReportFinding,
): Promise<void> {
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
