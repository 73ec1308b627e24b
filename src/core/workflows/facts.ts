import type { Lines } from '../domain/index.js'

/** A value as its text: a scalar as it stands, anything else as JSON with sorted keys. Formatting is not in it. */
export interface Setting {
  readonly text: string
  readonly lines: Lines
}

/** Values by key, in the file's order. */
export type Settings = ReadonlyMap<string, Setting>

/** What a pipeline file says, or why it cannot be read, which is a fact as well. */
export type FileFacts = PipelineFacts | UnreadableFacts

/** A workflow, or an action's `action.yml`, whose `runs` stands as its only job. */
export interface PipelineFacts {
  readonly kind: 'workflow' | 'action'
  readonly name: string | undefined
  readonly triggers: readonly Trigger[]
  readonly permissions: Permissions
  readonly jobs: readonly Job[]
  /** Literal variables of the whole file. */
  readonly env: Settings
  /** Every other key of the file: `concurrency`, `defaults`, `run-name`, an action's `inputs` and `outputs`. */
  readonly settings: Settings
  /** Of the whole file, jobs included. */
  readonly references: References
}

export type UnreadableReason =
  'too_large' | 'not_text' | 'syntax' | 'too_many_aliases' | 'too_complex' | 'not_a_mapping'

export interface UnreadableFacts {
  readonly kind: 'unreadable'
  readonly reason: UnreadableReason
  /** The parser's words, which may quote the file. */
  readonly detail: string
  /** Where; from 1. */
  readonly line: number | undefined
  readonly column: number | undefined
}

export interface Trigger {
  readonly event: string
  /** `branches`, `paths-ignore`, `types`, `cron`, `inputs`, …: each with its values as text. */
  readonly filters: Settings
  readonly lines: Lines
}

export type AccessLevel = 'none' | 'read' | 'write'

/**
 * What the workflow's token may do. `default`: the file does not say, so the repository's setting (for a job: the
 * file's block) holds.
 */
export interface Permissions {
  readonly mode: 'default' | 'read-all' | 'write-all' | 'listed' | 'unknown'
  /** Of `listed`; what is not in it is `none`. */
  readonly scopes: ReadonlyMap<string, AccessLevel>
  readonly lines: Lines | undefined
}

/** What `uses` names. */
export interface Uses {
  readonly text: string
  readonly kind:
    'action' | 'reusable_workflow' | 'local_action' | 'local_workflow' | 'docker' | 'unknown'
  /** `owner/repo` of another repository. */
  readonly repository: string | undefined
  /** Below the repository; of a local one from the root; of an image its name. */
  readonly path: string | undefined
  readonly ref: string | undefined
  /** `sha`: a full commit or image digest, which nobody can move. */
  readonly pin: 'sha' | 'ref' | 'none'
  /** What a person wrote behind it, usually the version that a SHA stands for. */
  readonly comment: string | undefined
  readonly lines: Lines
}

export interface Runner {
  /** In the file's order; an expression stands as it is. */
  readonly labels: readonly string[]
  readonly group: string | undefined
  readonly selfHosted: boolean
  /** Decided when it runs, by an expression. */
  readonly dynamic: boolean
  readonly lines: Lines
}

export interface Job {
  readonly id: string
  readonly name: string | undefined
  readonly needs: readonly string[]
  readonly permissions: Permissions
  readonly runner: Runner | undefined
  /** Its name, or the expression that gives it. */
  readonly environment: Setting | undefined
  readonly condition: Setting | undefined
  readonly continueOnError: Setting | undefined
  /** The reusable workflow that the job calls. */
  readonly uses: Uses | undefined
  readonly inheritsSecrets: boolean
  readonly with: Settings
  readonly env: Settings
  readonly steps: readonly Step[]
  /** Every other key: `timeout-minutes`, `strategy`, `container`, `services`, `concurrency`, `defaults`, `outputs`, `runs.using`, … */
  readonly settings: Settings
  readonly references: References
  readonly lines: Lines
}

export interface Step {
  /** From 0. */
  readonly index: number
  readonly id: string | undefined
  readonly name: string | undefined
  readonly uses: Uses | undefined
  readonly run: Setting | undefined
  readonly condition: Setting | undefined
  readonly continueOnError: Setting | undefined
  readonly with: Settings
  readonly env: Settings
  /** `shell`, `working-directory`, `timeout-minutes`, … */
  readonly settings: Settings
  readonly references: References
  readonly lines: Lines
}

/** What expressions read. Names are in capitals, since GitHub does not tell `secrets.a` from `secrets.A`. */
export interface References {
  readonly secrets: ReadonlyMap<string, Lines>
  readonly variables: ReadonlyMap<string, Lines>
  /** `toJSON(secrets)`, `secrets.*`, `secrets: inherit`: each secret there is. */
  readonly allSecrets: Lines | undefined
  /** `secrets[…]`: which one is decided when it runs. */
  readonly dynamicSecrets: Lines | undefined
  /** Text that a stranger can choose (`github.event.pull_request.title`), put into a script before the shell reads it. */
  readonly injected: ReadonlyMap<string, Lines>
}
