import type { Json } from './json.js'
import type { Attribution, Personal, Principal, PrincipalType } from './principal.js'

export const OPERATIONS = [
  'create',
  'read',
  'update',
  'delete',
  'execute',
  'approve',
  'authenticate',
] as const
export type Operation = (typeof OPERATIONS)[number]

export const CATEGORIES = [
  'build',
  'source',
  'deployment',
  'pipeline',
  'secret',
  'security',
  'setting',
  'access',
  'artifact',
  'quality',
  'finding',
  'collaboration',
  'system',
] as const
export type Category = (typeof CATEGORIES)[number]

export const OUTCOMES = [
  'success',
  'failure',
  'cancelled',
  'skipped',
  'timeout',
  'error',
  'neutral',
  'pending',
  'unknown',
] as const
export type Outcome = (typeof OUTCOMES)[number]

/** The names of severity 0 to 4, in order. */
export const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const
export type Severity = 0 | 1 | 2 | 3 | 4

/** Where a fact came from. */
export const SOURCE_KINDS = [
  'webhook',
  'recovery',
  'poll',
  'backfill',
  'audit_api',
  'upload',
  'reprocess',
  'internal',
] as const
export type SourceKind = (typeof SOURCE_KINDS)[number]

/** A thing on a host that is named but known by its id: names change, ids don't. */
export interface HostedName {
  readonly host: string
  readonly id: number
  readonly name: string
}

/** Text in a draft: `Personal` text is sealed at append, a plain string stays in the leaf for ever. */
export type DraftText = string | Personal

export interface DraftTarget {
  /** Lower snake case: `branch`, `workflow_run`, `secret_scanning_alert`, `user`, … */
  readonly type: string
  readonly id?: number | string | undefined
  readonly name?: DraftText | undefined
  readonly url?: string | undefined
  /** Given instead of id and name when the target is a person or a machine. */
  readonly principal?: Principal | undefined
}

/** `path` is a JSON-pointer-like path into the changed thing, for example `required_reviews/count`. */
export interface DraftChange {
  readonly path: string
  readonly before?: DraftValue | undefined
  readonly after?: DraftValue | undefined
}

/** JSON in which texts about people are sealed at append. */
export type DraftValue =
  Json | Personal | readonly DraftValue[] | { readonly [member: string]: DraftValue | undefined }

/**
 * The whole thing after a change, where the source does not say all that changed: compared with the last snapshot of the
 * same type and id it shows the rest. Without links, node ids and times, which change with everything.
 */
export interface Snapshot<Value = Json> {
  /** What it is of, in lower snake case: `ruleset`, `branch_protection_rule`, `security_features`, … */
  readonly type: string
  /** Its id on its host. */
  readonly id: number | string
  /**
   * An object. A part that was too long is `{cut, digest, length}`: its beginning, and SHA-256 and length of its JSON, in
   * which `null` stands for people.
   */
  readonly value: Value
  /** Whether any part was too long. */
  readonly cut?: true | undefined
}

export interface Link {
  /** What it opens: `run`, `job`, `commit`, `compare`, `settings`, `alert`, `repository`, … */
  readonly rel: string
  readonly url: string
}

/** Everything that CI knows of the moment. All optional: an entry says only what its source said. */
export interface CiContext<Text = DraftText> {
  readonly workflow?: string | undefined
  readonly workflow_path?: string | undefined
  readonly workflow_sha?: string | undefined
  readonly run_id?: number | undefined
  readonly run_number?: number | undefined
  readonly run_attempt?: number | undefined
  readonly job_id?: number | undefined
  readonly job?: string | undefined
  readonly event?: string | undefined
  readonly ref?: string | undefined
  readonly before_sha?: string | undefined
  readonly head_sha?: string | undefined
  readonly head_repo?: HostedName | undefined
  readonly pull_requests?: readonly number[] | undefined
  readonly environment?: string | undefined
  readonly runner?:
    | {
        readonly name?: string | undefined
        readonly group?: string | undefined
        readonly labels?: readonly string[] | undefined
      }
    | undefined
  readonly title?: Text | undefined
  readonly inputs?: Readonly<Record<string, Text>> | undefined
  readonly started_at?: string | undefined
  readonly completed_at?: string | undefined
  readonly referenced_workflows?:
    readonly { readonly path: string; readonly sha: string }[] | undefined
  readonly steps?: readonly { readonly name: string; readonly conclusion: string }[] | undefined
  readonly artifacts?:
    readonly { readonly name: string; readonly digest?: string | undefined }[] | undefined
}

/** Small, free facts for policies and search (`is:` and `has:`). */
export type Labels = Readonly<Record<string, string | number | boolean>>

/**
 * What a normaliser makes of a delivery: one fact, not yet numbered, sealed or stored. Field names are those
 * of the entry (docs/entry.md), so that nothing is renamed on the way into the log.
 */
export interface EntryDraft {
  /** RFC 3339 in UTC with milliseconds: the event's time as the source states it. */
  readonly occurred_at: string
  readonly action: string
  readonly outcome: Outcome
  /** Given only where it differs from the registry's default for the action. */
  readonly severity?: Severity | undefined
  readonly actor: Principal
  readonly triggering_actor?: Principal | undefined
  readonly on_behalf_of?: readonly Principal[] | undefined
  readonly attribution: Attribution
  readonly targets: readonly DraftTarget[]
  readonly account?: HostedName | undefined
  readonly repo?: HostedName | undefined
  readonly ci?: CiContext | undefined
  readonly changes?: readonly DraftChange[] | undefined
  readonly snapshot?: Snapshot<DraftValue> | undefined
  readonly reason?: Personal | undefined
  readonly links?: readonly Link[] | undefined
  /** Groups what belongs together: `run:<id>`, `pr:<repo id>/<number>`, `deployment:<id>`. */
  readonly correlation_id?: string | undefined
  readonly labels?: Labels | undefined
}

/** How we know: written by the receiver, never by a normaliser. */
export interface EntrySource {
  /** `github`, `hooktrail`, … */
  readonly system: string
  readonly kind: SourceKind
  /** The delivery GUID, or the stable key of an internal fact. */
  readonly delivery_id: string
  readonly event: string
  /** `sha256:<hex>` of the raw body; absent for internal facts, which have none. */
  readonly raw_digest?: string | undefined
}

/** A principal as read back from the log. `login` is null when the person was erased. */
export interface EntryPrincipal {
  readonly type: PrincipalType
  /** Random id of the subject: the only thing about a person that a leaf holds. */
  readonly subject?: string | undefined
  readonly login?: string | null | undefined
  readonly display?: string | null | undefined
}

export interface EntryTarget {
  readonly type: string
  readonly id?: number | string | undefined
  readonly name?: string | null | undefined
  readonly url?: string | undefined
}

export interface EntryChange {
  readonly path: string
  readonly before?: Json | undefined
  readonly after?: Json | undefined
}

/**
 * One fact as read from the log, with sealed values opened; `null` stands where an opening was erased.
 * `seq` is the leaf's index and the only field that is not part of the leaf.
 */
export interface AuditEntry {
  readonly schema: 1
  readonly id: string
  readonly seq: number
  readonly occurred_at: string
  readonly recorded_at: string
  readonly action: string
  readonly operation: Operation
  readonly category: Category
  readonly outcome: Outcome
  readonly severity: Severity
  readonly actor: EntryPrincipal
  readonly triggering_actor?: EntryPrincipal | undefined
  readonly on_behalf_of?: readonly EntryPrincipal[] | undefined
  readonly attribution: Attribution
  readonly targets: readonly EntryTarget[]
  readonly account?: HostedName | undefined
  readonly repo?: HostedName | undefined
  readonly ci?: CiContext<string | null> | undefined
  readonly changes?: readonly EntryChange[] | undefined
  readonly snapshot?: Snapshot | undefined
  readonly reason?: string | null | undefined
  readonly links?: readonly Link[] | undefined
  readonly source: EntrySource
  readonly correlation_id?: string | undefined
  readonly labels?: Labels | undefined
}
