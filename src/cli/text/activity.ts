import { groupBy, type AuditEntry } from '../../core/domain/index.js'
import { civilTime } from '../../core/search/index.js'
import { printable } from '../../platform/index.js'
import { ENTRY_COLUMNS, entryRow } from './entry.js'
import type { Styles } from './style.js'
import { table, type Row } from './table.js'

export interface ActivityLook {
  readonly now: number
  /** In which moments are told; without one, how long ago it was. */
  readonly timeZone: string | undefined
  /** Whose days they are. */
  readonly calendar: string
  readonly width: number | undefined
  readonly styles: Styles
  /** Entries that are listed at the end. */
  readonly limit: number
}

/** Medium: what is less happens all day. */
const NOTABLE_SEVERITY = 2
const NOTABLE_FLAGS = ['forced', 'override', 'rollback', 'weakened', 'finding']
/** Lines of each part. */
const SHOWN = 10
const BAR = 30

/** What somebody did, for a terminal: what stands out, then by day, repository and action, then the entries. */
export function activity(entries: readonly AuditEntry[], look: ActivityLook): string {
  const day = (entry: AuditEntry): string => dayOf(entry, look.calendar)
  const parts = [
    part('Notable', list(entries.filter(isNotable).slice(0, SHOWN), look), look),
    part(`By day (${look.calendar})`, counted(entries, day, look), look),
    part('By repository', counted(entries, placeOf, look), look),
    part(
      'By action',
      counted(entries, ({ action }) => action, look),
      look,
    ),
    part('Entries', list(entries.slice(0, look.limit), look), look),
  ]
  return parts.filter((text) => text !== '').join('\n')
}

/** What somebody who looks for mischief or mistakes reads first. */
export function isNotable({ severity, labels = {} }: AuditEntry): boolean {
  return severity >= NOTABLE_SEVERITY || NOTABLE_FLAGS.some((name) => labels[name] === true)
}

export function dayOf({ occurred_at: time }: AuditEntry, timeZone: string): string {
  const at = Date.parse(time)
  return Number.isNaN(at) ? time : new Date(civilTime(at, timeZone)).toISOString().slice(0, 10)
}

export function placeOf({ repo, account }: AuditEntry): string {
  return repo?.name ?? account?.name ?? '(none)'
}

function part(title: string, text: string, { styles }: ActivityLook): string {
  return text === '' ? '' : `${styles.bold(title)}\n${text}`
}

function list(entries: readonly AuditEntry[], look: ActivityLook): string {
  if (entries.length === 0) return ''
  const rows = entries.map((entry) => entryRow(entry, look))
  return table(ENTRY_COLUMNS, rows, look)
}

/** Days stand in their order, which is that of the entries; everything else by how many there are. */
function counted(
  entries: readonly AuditEntry[],
  nameOf: (entry: AuditEntry) => string,
  look: ActivityLook,
): string {
  const groups = [...groupBy(entries, nameOf)].map(([name, all]) => ({
    name,
    count: all.length,
    notable: all.filter(isNotable).length,
  }))
  const inOrder = /^\d{4}-/.test(groups[0]?.name ?? '')
  const sorted = inOrder ? groups : groups.toSorted((one, other) => other.count - one.count)
  const most = Math.max(...groups.map(({ count }) => count))
  const rows = sorted
    .slice(0, SHOWN)
    .map(({ name, count, notable }): Row => [
      { text: printable(name) },
      { text: String(count) },
      { text: '█'.repeat(Math.max(1, Math.round((BAR * count) / most))), style: look.styles.dim },
      { text: notable === 0 ? '' : `${String(notable)} notable`, style: look.styles.yellow },
    ])
  const more = groups.length - rows.length
  const columns = [
    { title: '', atLeast: 12 },
    { title: '', align: 'right' as const },
    { title: '' },
    { title: '' },
  ]
  const lines = table(columns, rows, look).split('\n').slice(1).join('\n')
  return more > 0 ? `${lines}${look.styles.dim(`and ${String(more)} more`)}\n` : lines
}
