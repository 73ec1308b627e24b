import type { Category, HostedName, Outcome } from './entry.js'
import type { Finding } from './finding.js'
import type { Attribution, PrincipalType } from './principal.js'
import type { WorkflowChange } from './workflow-change.js'

/** Somebody in a report. `login` is null when the person was erased, absent when nobody was named. */
export interface ReportPerson {
  readonly type: PrincipalType
  readonly login?: string | null | undefined
}

/** A repository and the way to write to it. Text in a report is as foreign as in an entry: escape it. */
export interface ReportRepo extends HostedName {
  /** `owner/name`, as in entries. */
  readonly name: string
  /** The repository's page, without a slash at the end. */
  readonly url: string
  /** The App's installation that covers it. */
  readonly installationId: number
}

/**
 * What Hooktrail says about one commit. Built from the log by the pipeline, rendered by `reporters/check-run`;
 * it holds facts and no prose. Lists may come in any order and may be empty.
 */
export interface CheckRunReport {
  readonly repo: ReportRepo
  readonly headSha: string
  /** Every attempt of every workflow run on this commit that the log knows. */
  readonly runs: readonly ReportRun[]
  /** Pushes that made this commit the head of a branch or tag. */
  readonly pushes: readonly ReportPush[]
  readonly findings: readonly ReportFinding[]
  /** One for each workflow and branch that ran on this commit. */
  readonly sinceGreen: readonly ReportWindow[]
  readonly proof: ReportProof
  /** Hooktrail's page for this commit; absent while there is none. */
  readonly permalink?: string | undefined
}

/** One run attempt: a re-run is another one with the same `runId`. */
export interface ReportRun {
  readonly runId: number
  readonly attempt: number
  readonly runNumber?: number | undefined
  readonly workflow: string
  readonly workflowPath?: string | undefined
  /** What triggered it: `push`, `pull_request`, `schedule`, … */
  readonly event?: string | undefined
  readonly ref?: string | undefined
  readonly state: 'waiting' | 'in_progress' | 'completed'
  /** `pending` until it completed. */
  readonly outcome: Outcome
  /** Who started the first attempt. */
  readonly actor: ReportPerson
  /** Who started this one. */
  readonly triggeringActor?: ReportPerson | undefined
  readonly attribution: Attribution
  readonly startedAt?: string | undefined
  readonly completedAt?: string | undefined
  readonly url?: string | undefined
  readonly jobs: readonly ReportJob[]
}

export interface ReportJob {
  readonly name: string
  readonly outcome: Outcome
  readonly url?: string | undefined
  /** In order; `conclusion` as GitHub says it. */
  readonly steps: readonly { readonly name: string; readonly conclusion: string }[]
}

export interface ReportPush {
  readonly seq: number
  readonly at: string
  readonly actor: ReportPerson
  readonly attribution: Attribution
  /** `refs/heads/main`, `refs/tags/v1`. */
  readonly ref: string
  readonly defaultBranch: boolean
  /** It replaced commits that were there, or moved a tag. */
  readonly forced: boolean
  readonly created: boolean
  readonly commits: number
  /** Workflow files and what else decides how the pipeline runs, as far as this push changed them. */
  readonly pipelineFiles: readonly ReportFile[]
  /** The comparison's page. */
  readonly url?: string | undefined
}

export interface ReportFile {
  /** Of the entry that tells of it. */
  readonly seq: number
  readonly path: string
  readonly change: 'added' | 'changed' | 'removed'
  /** What it means; absent for files that have no definition to compare (CODEOWNERS, scripts). */
  readonly definition?: ReportDefinition | undefined
}

/** The difference in meaning of a pipeline file's two versions, gravest first; or why it is not known. */
export type ReportDefinition =
  | { readonly state: 'compared'; readonly changes: readonly WorkflowChange[] }
  | { readonly state: 'unknown'; readonly reason: DefinitionUnknown }

/** Why nobody knows what a push changed in a file. Only `unavailable` passes by itself. */
export type DefinitionUnknown =
  | 'no_permission'
  | 'installation_gone'
  | 'unavailable'
  | 'not_fetched'
  | 'absent'
  | 'too_large'
  | 'not_a_file'
  | 'too_slow'
  | 'new_branch'

/** A finding, with what its entry says. */
export interface ReportFinding extends Finding {
  readonly at: string
  readonly action: string
  readonly actor: ReportPerson
  readonly attribution: Attribution
  /** The thing it is about, for example the protected branch. */
  readonly target?: string | undefined
  readonly url?: string | undefined
}

/** What changed around a workflow on a branch since it was last green. */
export interface ReportWindow {
  readonly workflow: string
  readonly ref?: string | undefined
  /** Absent: the log knows no earlier green run, and the window opens with the log. */
  readonly lastGreen?: ReportGreenRun | undefined
  /** Where the window opens: the green run's time, or thirty days before the run. Absent where it is not told. */
  readonly opens?: string | undefined
  /** Pushes to the branch, nearest first. Absent where they are not told. */
  readonly pushes?: readonly ReportWindowPush[] | undefined
  /** Nearest first: changed pipeline files, secrets, settings, access, deployments, moved tags. */
  readonly changes: readonly ReportChange[]
  /** How many further changes are not listed. */
  readonly more: number
}

/** A push to the branch of a run, as far as it tells what came in. */
export interface ReportWindowPush {
  readonly seq: number
  readonly at: string
  readonly actor: ReportPerson
  readonly forced: boolean
  readonly commits: number
  readonly headSha: string
  /** Names that the commits give as their authors: Git checks none of them. */
  readonly authors: readonly string[]
  /** The comparison's page. */
  readonly url?: string | undefined
}

export interface ReportGreenRun {
  readonly runNumber?: number | undefined
  readonly headSha: string
  readonly at: string
  readonly url?: string | undefined
}

export interface ReportChange {
  readonly seq: number
  readonly at: string
  readonly action: string
  readonly category: Category
  readonly actor: ReportPerson
  readonly target?: string | undefined
  readonly url?: string | undefined
  /** Something protects less since then. */
  readonly weakens?: boolean | undefined
  /** Of a pipeline file: what the change means. */
  readonly definition?: ReportDefinition | undefined
  /** What a policy says about it. */
  readonly finding?: Finding | undefined
}

/** Where the entries behind a report stand in the log. Hashes are base64, as in checkpoints. */
export interface ReportProof {
  /** How many entries the report rests on, from the first to the last sequence number. */
  readonly entries: number
  readonly firstSeq: number
  readonly lastSeq: number
  /** Of the newest entry: its place in the log is `lastSeq`. */
  readonly leafHash: string
  /** The tree that covers it, at the time of the report. */
  readonly treeSize: number
  readonly rootHash: string
  /**
   * That the newest entry is in that tree, with the log's signed checkpoint and what witnesses say: a tlog-proof file.
   * Absent as long as no checkpoint covers the entry.
   */
  readonly proofFile?: string | undefined
  /** What to run in order to check it, for example `hooktrail verify`. */
  readonly verifyCommand: string
}

/** A finding to tell people of, and where. */
export interface AlertReport {
  readonly repo: ReportRepo
  readonly finding: ReportFinding
  /** The commit to hang it on; absent: the default branch's head. */
  readonly headSha?: string | undefined
  readonly verifyCommand: string
  readonly permalink?: string | undefined
}
