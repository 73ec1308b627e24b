import type { AuditEntry, HostedName, ReportRun, ReportWindow } from '../../core/domain/index.js'
import type { Database } from '../../platform/index.js'
import { entriesOfCommit, entriesOfRun, repositoriesOfCommit } from '../read-entries.js'
import { deriveRuns } from './derive-runs.js'
import { readWindow, type WindowFacts } from './read-window.js'

/** A run's newest attempt, and what changed around it since its workflow was last green on its branch. */
export interface WhatChanged {
  readonly repo: HostedName
  readonly headSha: string
  readonly run: ReportRun
  readonly window: ReportWindow
}

/** A workflow run by its id, or every run on a commit by its whole SHA. */
export type WhatChangedReference = { readonly runId: number } | { readonly sha: string }

/**
 * What changed before runs: what the check run says of a commit, for anybody who asks. One for each workflow run; empty if
 * the log knows none.
 */
export async function readWhatChanged(
  database: Database,
  reference: WhatChangedReference,
  facts: Pick<WindowFacts, 'findingsIn' | 'definitions'>,
): Promise<WhatChanged[]> {
  const found: WhatChanged[] = []
  for (const entries of await entriesOf(database, reference)) {
    found.push(...(await ofRuns(database, entries, facts)))
  }
  return found
}

/** Entries by repository. */
async function entriesOf(
  database: Database,
  reference: WhatChangedReference,
): Promise<AuditEntry[][]> {
  if ('runId' in reference) {
    const entries = await entriesOfRun(database, reference.runId)
    const repositories = new Set(entries.map(repositoryOf))
    return [...repositories].map((one) => entries.filter((entry) => repositoryOf(entry) === one))
  }
  const groups: AuditEntry[][] = []
  for (const key of await repositoriesOfCommit(database, reference.sha)) {
    groups.push(await entriesOfCommit(database, key, reference.sha))
  }
  return groups
}

function repositoryOf({ repo }: AuditEntry): string {
  return `${repo?.host ?? ''} ${String(repo?.id)}`
}

async function ofRuns(
  database: Database,
  entries: readonly AuditEntry[],
  facts: Pick<WindowFacts, 'findingsIn' | 'definitions'>,
): Promise<WhatChanged[]> {
  const repo = entries.findLast((entry) => entry.repo)?.repo
  if (!repo) return []
  const found: WhatChanged[] = []
  for (const run of newestAttempts(deriveRuns(entries))) {
    const headSha = shaOf(entries, run)
    const window = await readWindow(database, repo, { ...facts, sha: headSha, entries }, run)
    found.push({ repo, headSha, run, window })
  }
  return found
}

function newestAttempts(runs: readonly ReportRun[]): ReportRun[] {
  const newest = new Map<number, ReportRun>()
  for (const run of runs) {
    if (run.attempt >= (newest.get(run.runId)?.attempt ?? 0)) newest.set(run.runId, run)
  }
  return [...newest.values()]
}

function shaOf(entries: readonly AuditEntry[], { runId }: ReportRun): string {
  return entries.find(({ ci }) => ci?.run_id === runId)?.ci?.head_sha ?? ''
}
