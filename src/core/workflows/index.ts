/**
 * What a workflow file or an action says, and what two versions of it differ in. Pure: text in, facts out; texts in
 * facts are as foreign as the file.
 */
export { factsJson } from './facts-json.js'
export { pipelineDifference, stepLabel } from './difference.js'
export type {
  AccessLevel,
  FileFacts,
  Job,
  Permissions,
  PipelineFacts,
  References,
  Runner,
  Setting,
  Settings,
  Step,
  Trigger,
  UnreadableFacts,
  UnreadableReason,
  Uses,
} from './facts.js'
export { permissionsText } from './permissions.js'

export { readPipelineFile } from './read-file.js'
export { changeSentence, changeTitle, unreadableSentence, type Quote } from './words.js'
