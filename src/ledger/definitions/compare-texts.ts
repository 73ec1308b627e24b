import type { WorkflowChange } from '../../core/domain/index.js'
import { pipelineDifference, readPipelineFile } from '../../core/workflows/index.js'

/** Two versions of a file as text; `undefined` where it was not there. */
export interface Versions {
  readonly before: string | undefined
  readonly after: string | undefined
}

export function compareTexts({ before, after }: Versions): WorkflowChange[] {
  return pipelineDifference(
    before === undefined ? undefined : readPipelineFile(before),
    after === undefined ? undefined : readPipelineFile(after),
  )
}
