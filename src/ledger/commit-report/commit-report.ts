import type {
  AuditEntry,
  CheckRunReport,
  Finding,
  ReportChange,
  ReportFinding,
  ReportProof,
  ReportRepo,
  ReportRun,
  ReportWindow,
} from '../../core/domain/index.js'
import type { Database } from '../../platform/index.js'
import {
  changesBetween,
  entriesInRange,
  entriesOfCommit,
  lastGreenRun,
  leafHashOf,
} from '../read-entries.js'
import { currentRoot } from '../verify/index.js'
import { readProofFile, type EntryProofFile } from '../checkpoints/index.js'
import { readDefinition, type DefinitionParts } from '../definitions/index.js'
import { readPushes } from './derive-pushes.js'
import { deriveRuns, linkOf, personOf } from './derive-runs.js'

export interface CommitReportRequest {
  readonly repo: ReportRepo
  readonly sha: string
  readonly findingsIn: (entries: readonly AuditEntry[]) => readonly Finding[]
  readonly permalink?: string | undefined
  /** How to know what pushes changed in pipeline files. */
  readonly definitions: DefinitionParts
}

/** Changes of a window that a report lists; the rest is counted. */
const LISTED_CHANGES = 20

/** Everything that the log knows about a commit, or `undefined` if it knows nothing. */
export async function readCommitReport(
  database: Database,
  { repo, sha, findingsIn, permalink, definitions }: CommitReportRequest,
): Promise<CheckRunReport | undefined> {
  const key = { host: repo.host, repoId: repo.id }
  const entries = await entriesOfCommit(database, key, sha)
  if (entries.length === 0) return undefined
  const runs = deriveRuns(entries)
  const alerted = await alertedEntries(database, entries)
  return {
    repo,
    headSha: sha,
    runs,
    pushes: await readPushes(entries, definitions),
    findings: findingsOf([...entries, ...alerted], findingsIn),
    sinceGreen: await readWindows(database, repo, { sha, runs, entries, findingsIn, definitions }),
    proof: await readProof(database, entries),
    permalink,
  }
}

/** Entries without a commit of their own (settings, secrets) whose alert hangs on this one. */
async function alertedEntries(
  database: Database,
  entries: readonly AuditEntry[],
): Promise<AuditEntry[]> {
  const found: AuditEntry[] = []
  for (const { action, labels } of entries) {
    const seq = labels?.['finding_seq']
    if (action !== 'alert.opened' || typeof seq !== 'number') continue
    const [about] = await entriesInRange(database, seq, seq + 1)
    if (about && !entries.some((entry) => entry.seq === seq)) found.push(about.entry)
  }
  return found
}

/** Findings with what their entries say, for check runs and alerts alike. */
export function findingsOf(
  entries: readonly AuditEntry[],
  findingsIn: CommitReportRequest['findingsIn'],
): ReportFinding[] {
  const bySeq = new Map(entries.map((entry) => [entry.seq, entry]))
  return findingsIn([...bySeq.values()]).flatMap((finding) => {
    const entry = bySeq.get(finding.seq)
    return entry ? [{ ...finding, ...findingFacts(entry) }] : []
  })
}

function findingFacts(entry: AuditEntry): Omit<ReportFinding, keyof Finding> {
  return {
    at: entry.occurred_at,
    action: entry.action,
    actor: personOf(entry.actor),
    attribution: entry.attribution,
    target: targetOf(entry),
    url: entry.targets[0]?.url ?? entry.links?.[0]?.url,
  }
}

interface CommitFacts {
  readonly sha: string
  readonly runs: readonly ReportRun[]
  readonly entries: readonly AuditEntry[]
  readonly findingsIn: CommitReportRequest['findingsIn']
  readonly definitions: DefinitionParts
}

/** One window for each workflow and branch that ran on the commit. */
async function readWindows(
  database: Database,
  repo: ReportRepo,
  facts: CommitFacts,
): Promise<ReportWindow[]> {
  const newest = new Map<string, ReportRun>()
  for (const run of facts.runs) newest.set(`${run.workflow} ${run.ref ?? ''}`, run)
  const windows: ReportWindow[] = []
  for (const run of newest.values()) windows.push(await readWindow(database, repo, facts, run))
  return windows
}

async function readWindow(
  database: Database,
  repo: ReportRepo,
  { sha, entries, findingsIn, definitions }: CommitFacts,
  { workflow, ref, runId, attempt }: ReportRun,
): Promise<ReportWindow> {
  const key = { host: repo.host, repoId: repo.id }
  const ofRun = entries.filter(
    ({ ci }) => ci?.run_id === runId && (ci.run_attempt ?? 1) === attempt,
  )
  const until = latestTime(ofRun)
  const green =
    ref === undefined
      ? undefined
      : await lastGreenRun(database, key, { workflow, ref, sha, before: until })
  const after = green?.occurred_at ?? '0001-01-01T00:00:00.000Z'
  const account = repo.name.split('/', 1)[0] ?? ''
  const changes = await changesBetween(database, key, { account, after, until })
  return {
    workflow,
    ref,
    lastGreen: green && {
      runNumber: green.ci?.run_number,
      headSha: green.ci?.head_sha ?? '',
      at: green.occurred_at,
      url: linkOf(green, 'run'),
    },
    changes: await readChanges(changes.slice(0, LISTED_CHANGES), { findingsIn, definitions }),
    more: Math.max(0, changes.length - LISTED_CHANGES),
  }
}

function latestTime(entries: readonly AuditEntry[]): string {
  let latest = ''
  for (const { occurred_at } of entries) if (occurred_at > latest) latest = occurred_at
  return latest || '9999-12-31T23:59:59.999Z'
}

/** Pipeline files of a window whose difference is looked at, nearest first. */
const COMPARED_CHANGES = 5

async function readChanges(
  entries: readonly AuditEntry[],
  { findingsIn, definitions }: Pick<CommitFacts, 'findingsIn' | 'definitions'>,
): Promise<ReportChange[]> {
  const changes: ReportChange[] = []
  let compared = 0
  for (const entry of entries) {
    const definition =
      compared < COMPARED_CHANGES ? await readDefinition(definitions, entry) : undefined
    if (definition) compared += 1
    changes.push({ ...changeOf(entry, findingsIn), ...(definition && { definition }) })
  }
  return changes
}

function changeOf(entry: AuditEntry, findingsIn: CommitReportRequest['findingsIn']): ReportChange {
  return {
    seq: entry.seq,
    at: entry.occurred_at,
    action: entry.action,
    category: entry.category,
    actor: personOf(entry.actor),
    target: targetOf(entry),
    url: entry.targets[0]?.url ?? entry.links?.[0]?.url,
    weakens: entry.labels?.['weakened'] === true,
    finding: findingsIn([entry])[0],
  }
}

function targetOf({ targets: [target] }: AuditEntry): string | undefined {
  const name = target?.name ?? target?.id
  return name === undefined ? undefined : String(name)
}

async function readProof(database: Database, entries: readonly AuditEntry[]): Promise<ReportProof> {
  const seqs = entries.map(({ seq }) => seq)
  const [firstSeq, lastSeq] = [Math.min(...seqs), Math.max(...seqs)]
  const proof = await readProofFile(database, lastSeq)
  const { size, root } = proof ? signedTree(proof) : await currentRoot(database)
  const leafHash = (await leafHashOf(database, lastSeq)) ?? ''
  return {
    entries: entries.length,
    firstSeq,
    lastSeq,
    leafHash: Buffer.from(leafHash, 'hex').toString('base64'),
    treeSize: size,
    rootHash: Buffer.from(root, 'hex').toString('base64'),
    proofFile: proof?.file,
    verifyCommand: 'hooktrail verify',
  }
}

function signedTree({ checkpoint }: EntryProofFile): { size: number; root: string } {
  return { size: checkpoint.size, root: Buffer.from(checkpoint.root).toString('hex') }
}
