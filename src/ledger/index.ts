export { Appender, type AppendReceipt } from './append-entries.js'
export { endEvaluation, nextEvaluation, type Evaluation } from './evaluation.js'
export { LedgerError } from './errors.js'
export {
  entriesInRange,
  headlinesInRange,
  type Headline,
  type RecordedEntry,
  type RepositoryKey,
} from './read-entries.js'
export {
  compareHere,
  compareInThread,
  type Compare,
  type DefinitionParts,
} from './definitions/index.js'
export * from './evidence/index.js'
export * from './export/index.js'
export * from './reprocess/index.js'
export { removeQuery, savedQueries, saveQuery } from './saved-queries.js'
export type { AppendRequest } from './seal-delivery.js'
export {
  findingsOf,
  readCommitReport,
  type CommitReportRequest,
} from './commit-report/commit-report.js'
export {
  readWhatChanged,
  type WhatChanged,
  type WhatChangedReference,
} from './commit-report/what-changed.js'
export { recordAct, type Operator } from './operator-act.js'
export * from './person/index.js'
export * from './retention/index.js'
export * from './search/index.js'
export * from './state/index.js'
export * from './tokens/index.js'
export * from './verify/index.js'
export * from './checkpoints/index.js'
export { deriveFacts, derivingEntries, nextStatement } from './derive/index.js'
