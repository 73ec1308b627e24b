import { ACTIONS } from './actions.js'
import { SEVERITIES } from './entry.js'

/** The registry as a Markdown table, for docs/events.md: one row for each action, in alphabetical order. */
export function actionTable(): string {
  const rows = Object.keys(ACTIONS).sort().map(row)
  return [
    '| action | meaning | category | operation | severity | GitHub events | in GitHub’s audit log |',
    '|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n')
}

function row(name: string): string {
  const action = ACTIONS[name]
  if (!action) return ''
  const { description, category, operation, severity, events, auditLog = [] } = action
  const cells = [
    code([name]),
    description,
    category,
    operation,
    SEVERITIES[severity],
    code(events) || 'none: Hooktrail itself',
    code(auditLog),
  ]
  return `| ${cells.join(' | ')} |`
}

function code(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ')
}
