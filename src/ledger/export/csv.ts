import {
  ERASED,
  severityName,
  targetName,
  type AuditEntry,
  type EntryPrincipal,
} from '../../core/domain/index.js'
import { printable } from '../../platform/index.js'

/** The columns: the keys of the query language where there is one. */
const COLUMNS: Readonly<Record<string, (entry: AuditEntry) => string | number | undefined>> = {
  seq: ({ seq }) => seq,
  id: ({ id }) => id,
  created: (entry) => entry.occurred_at,
  recorded: (entry) => entry.recorded_at,
  action: ({ action }) => action,
  category: ({ category }) => category,
  operation: ({ operation }) => operation,
  outcome: ({ outcome }) => outcome,
  severity: severityName,
  actor: ({ actor }) => name(actor),
  actor_type: ({ actor }) => actor.type,
  via: (entry) => entry.triggering_actor && name(entry.triggering_actor),
  org: ({ account }) => account?.name,
  repo: ({ repo }) => repo?.name,
  workflow: ({ ci }) => ci?.workflow ?? ci?.workflow_path,
  job: ({ ci }) => ci?.job,
  run: ({ ci }) => ci?.run_id,
  attempt: ({ ci }) => ci?.run_attempt,
  sha: ({ ci }) => ci?.head_sha,
  ref: ({ ci }) => ci?.ref,
  env: ({ ci }) => ci?.environment,
  targets: ({ targets }) => targets.map(targetName).join(', '),
  title: ({ ci }) => ci?.title ?? undefined,
  reason: ({ reason }) => reason ?? undefined,
}

/** What a spreadsheet would take for a formula, white space before it or not, in either width. */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/

/** The headline, RFC 4180. */
export function csvHead(): string {
  return record(Object.keys(COLUMNS))
}

/** One record: a line, whatever the texts contain. */
export function csvLine(entry: AuditEntry): string {
  return record(Object.values(COLUMNS).map((column) => column(entry) ?? ''))
}

/** What a whole export ends with: the only record whose number is none. As many cells as all others. */
export function csvEnd({
  entries,
  seq,
}: {
  readonly entries: number
  readonly seq: number
}): string {
  const said = ['end', entries, seq]
  return record([
    ...said,
    ...Object.keys(COLUMNS)
      .slice(said.length)
      .map(() => ''),
  ])
}

function record(cells: readonly (string | number)[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

/** A text that could run as a formula gets an apostrophe, which spreadsheets read as “this is text”. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const text = printable(value)
  const safe = FORMULA.test(value) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function name({ login, display }: EntryPrincipal): string | undefined {
  return login === null ? ERASED : (login ?? display ?? undefined)
}
