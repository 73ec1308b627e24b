import { ACTIONS } from './actions.js'
import { SEVERITIES } from './entry.js'

const HEADINGS = [
  'action',
  'meaning',
  'category',
  'operation',
  'severity',
  'GitHub events',
  'in GitHub’s audit log',
]

/** The registry as a Markdown table, for docs/events.md: one row for each action, in alphabetical order. */
export function actionTable(): string {
  const rows = [HEADINGS, ...Object.keys(ACTIONS).sort().map(cells)]
  const widths = HEADINGS.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  const lines = rows.map((row) => line(row.map((cell, column) => cell.padEnd(widths[column] ?? 0))))
  lines.splice(1, 0, line(widths.map((width) => '-'.repeat(width))))
  return lines.join('\n')
}

function cells(name: string): string[] {
  const action = ACTIONS[name]
  if (!action) return []
  const { description, category, operation, severity, events, auditLog = [] } = action
  return [
    code([name]),
    description,
    category,
    operation,
    SEVERITIES[severity],
    code(events) || 'none: Hooktrail itself',
    code(auditLog),
  ]
}

function line(padded: readonly string[]): string {
  return `| ${padded.join(' | ')} |`
}

function code(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ')
}
