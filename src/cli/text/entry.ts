import {
  ERASED,
  severityName,
  targetName,
  type AuditEntry,
  type EntryPrincipal,
} from '../../core/domain/index.js'
import { printable } from '../../platform/index.js'
import type { Cell, Column } from './table.js'
import type { Style, Styles } from './style.js'
import { when } from './times.js'

/** Columns of search and tail. */
export const ENTRY_COLUMNS: readonly Column[] = [
  { title: 'seq', align: 'right' },
  { title: 'when', align: 'right' },
  { title: 'severity' },
  { title: 'who', atLeast: 10 },
  { title: 'action', atLeast: 16 },
  { title: 'where', atLeast: 10 },
  { title: 'what', atLeast: 12 },
]

export interface EntryRowOptions {
  readonly now: number
  /** In which moments are told; without one, how long ago it was. */
  readonly timeZone: string | undefined
  readonly styles: Styles
}

export function entryRow(entry: AuditEntry, { now, timeZone, styles }: EntryRowOptions): Cell[] {
  const mark = severityStyle(entry, styles)
  return [
    { text: String(entry.seq) },
    { text: when(entry.occurred_at, now, timeZone), style: styles.dim },
    { text: entry.severity === 0 ? '' : severityName(entry), style: mark },
    { text: who(entry.actor) },
    { text: printable(entry.action), style: styles.bold },
    { text: printable(entry.repo?.name ?? entry.account?.name ?? '') },
    { text: what(entry) },
  ]
}

/** A person or machine by the name that the source gave: `octocat`, `deploy (app)`. */
export function who(principal: EntryPrincipal): string {
  const { type, login, display } = principal
  if (login === null) return ERASED
  const name = printable(login ?? display ?? '')
  if (name === '') return type === 'unknown' ? 'unknown' : `(${type})`
  return type === 'user' || name.endsWith('[bot]') ? name : `${name} (${type})`
}

/** The entry in a few words: its outcome where it is not a success, then what it was done to. */
function what({ outcome, targets, ci, reason }: AuditEntry): string {
  const said = outcome === 'success' || outcome === 'unknown' ? [] : [outcome]
  const titles = [targets.map(targetName).join(', '), ci?.title ?? reason ?? '']
  return [...said, ...titles.map(printable).filter((text) => text !== '')].join(' · ')
}

export function severityStyle(
  { severity }: Pick<AuditEntry, 'severity'>,
  styles: Styles,
): Style | undefined {
  if (severity >= 3) return styles.red
  return severity === 2 ? styles.yellow : undefined
}
