import { SEVERITIES } from '../domain/index.js'
import { FIELDS, type FlagDefinition, type RangeDefinition, type TextDefinition } from './fields.js'

const HEADINGS = ['key', 'values', 'meaning']

type Definition = FlagDefinition | TextDefinition | RangeDefinition

/** What a key takes, in the words of the documentation; keys with a list of values show the list. */
const TAKES: Readonly<Record<Definition['type'], string>> = {
  action: 'name, prefix',
  choice: '',
  flag: '',
  login: 'login, prefix',
  repo: 'owner/name, prefix',
  text: 'text, prefix',
  sha: '7 to 64 hexadecimal digits',
  uuid: 'UUID',
  pull_request: 'number',
  target: 'type:name, type:id, prefix',
  severity: `${SEVERITIES.join(', ')}, or 0 to 4`,
  number: 'number',
  date: 'date',
}

/** The keys of the language as a Markdown table, for docs/query-language.md. */
export function fieldTable(): string {
  const rows = [HEADINGS, ...Object.entries(FIELDS).map(([key, field]) => cells(key, field))]
  const widths = HEADINGS.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  const lines = rows.map((row) => line(row.map((cell, column) => cell.padEnd(widths[column] ?? 0))))
  lines.splice(1, 0, line(widths.map((width) => '-'.repeat(width))))
  return lines.join('\n')
}

function cells(key: string, field: Definition): string[] {
  const values = 'values' in field ? field.values.join(', ') : TAKES[field.type]
  return [`\`${key}\``, values, field.description]
}

function line(padded: readonly string[]): string {
  return `| ${padded.join(' | ')} |`
}
