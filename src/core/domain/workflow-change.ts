import type { Severity } from './entry.js'

/** Lines of a file, from 1, both included. */
export interface Lines {
  readonly first: number
  readonly last: number
}

/** What about the file is another. */
export type ChangedThing =
  | 'unreadable'
  | 'kind'
  | 'name'
  | 'trigger'
  | 'trigger_filter'
  | 'permissions'
  | 'secret'
  | 'all_secrets'
  | 'dynamic_secret'
  | 'variable'
  | 'injected'
  | 'env'
  | 'setting'
  | 'job'
  | 'job_id'
  | 'job_name'
  | 'needs'
  | 'runner'
  | 'environment'
  | 'condition'
  | 'continue_on_error'
  | 'uses'
  | 'step'
  | 'step_order'
  | 'step_name'
  | 'run'
  | 'with'

/**
 * One difference of two versions. Seen the other way round the same one has `added` and `removed`, `before` and `after`
 * exchanged. All texts are those of the file, and so strangers'.
 */
export interface WorkflowChange {
  readonly what: ChangedThing
  readonly change: 'added' | 'removed' | 'changed'
  /** Id of the job that it is in; of one that was renamed the new one. */
  readonly job: string | undefined
  /** The step's name, id, action or first line. */
  readonly step: string | undefined
  /** Which trigger, filter, secret, key or action. */
  readonly subject: string | undefined
  readonly before: string | undefined
  readonly after: string | undefined
  readonly linesBefore: Lines | undefined
  readonly linesAfter: Lines | undefined
  /** How much it deserves a look: 0 is of no consequence, 3 gives away rights or hides something, 4 both. */
  readonly severity: Severity
}
