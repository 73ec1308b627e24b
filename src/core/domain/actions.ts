import type { Category, Operation, Severity } from './entry.js'

/** One row of the registry of actions: what `<entity>.<participle>` means and where it comes from. */
export interface ActionDefinition {
  /** One sentence for docs/events.md and completion. */
  readonly description: string
  readonly category: Category
  readonly operation: Operation
  /** Default severity; a draft may give another. */
  readonly severity: Severity
  /** GitHub events that it comes from, as `event` or `event.action`; empty for internal facts. */
  readonly events: readonly string[]
  /** GitHub audit-log names that mean the same: accepted as aliases in search. */
  readonly auditLog?: readonly string[]
}

/** Every action that Hooktrail knows by name. What is not here is recorded as `github.<event>.<action>`. */
export const ACTIONS: Readonly<Record<string, ActionDefinition>> = {
  'workflow_run.requested': {
    description: 'A workflow run was created and waits to start.',
    category: 'build',
    operation: 'execute',
    severity: 0,
    events: ['workflow_run.requested'],
    auditLog: ['workflows.created_workflow_run'],
  },
}

const FALLBACK: ActionDefinition = {
  description: 'An event that the registry does not know, kept as it came.',
  category: 'system',
  operation: 'update',
  severity: 0,
  events: [],
}

/** The definition of an action; unregistered ones (`github.<event>.<action>`) get a neutral one. */
export function actionDefinition(action: string): ActionDefinition {
  return Object.hasOwn(ACTIONS, action) ? (ACTIONS[action] ?? FALLBACK) : FALLBACK
}
