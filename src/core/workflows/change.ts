import type { WorkflowChange } from '../domain/index.js'

/** A change before it is weighed. */
export type RawChange = Omit<WorkflowChange, 'severity'>
