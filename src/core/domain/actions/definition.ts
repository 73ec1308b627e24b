import type { Category, Operation, Severity } from '../entry.js'

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

/** The actions of one family, by name. */
export type Actions = Readonly<Record<string, ActionDefinition>>
