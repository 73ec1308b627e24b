import type { WorkflowChange } from '../domain/index.js'

/** A change before it is weighed. */
export interface RawChange extends Omit<WorkflowChange, 'severity'> {
  /** Id that the job had before, of one that was renamed. */
  readonly jobBefore?: string | undefined
}
