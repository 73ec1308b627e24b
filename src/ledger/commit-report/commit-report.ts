import type {
  AuditEntry,
  CheckRunReport,
  Finding,
  ReportFinding,
  ReportProof,
  ReportRepo,
} from '../../core/domain/index.js'
import type { Database } from '../../platform/index.js'
import { entriesInRange, entriesOfCommit, leafHashOf } from '../read-entries.js'
import { currentRoot } from '../verify/index.js'
import { readProofFile, type EntryProofFile } from '../checkpoints/index.js'
import type { DefinitionParts } from '../definitions/index.js'
import { readPushes } from './derive-pushes.js'
import { deriveRuns, personOf } from './derive-runs.js'
import { readWindows, targetOf } from './read-window.js'

export interface CommitReportRequest {
  readonly repo: ReportRepo
  readonly sha: string
  readonly findingsIn: (entries: readonly AuditEntry[]) => readonly Finding[]
  readonly permalink?: string | undefined
  /** How to know what pushes changed in pipeline files. */
  readonly definitions: DefinitionParts
}

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
