import type { AuditEntry } from '../../core/domain/index.js'
import type { RelatedEntries } from '../../ledger/index.js'
import { printable } from '../../platform/index.js'
import { who } from './entry.js'
import type { Styles } from './style.js'
import { pairs } from './table.js'
import { when } from './times.js'

/** What surrounds an entry, a line for each; nothing where there is nothing. */
export function relatedDetails(
  { together, actor, before, after }: RelatedEntries,
  look: { readonly now: number; readonly styles: Styles },
): string {
  const groups: readonly (readonly [string, readonly AuditEntry[]])[] = [
    ['Together', together],
    ['Same actor', actor],
    ['Before', before],
    ['After', after],
  ]
  const rows = groups.flatMap(([name, entries]) =>
    entries.length === 0
      ? []
      : [[name, entries.map((entry) => line(entry, look.now)).join('\n')] as const],
  )
  return rows.length === 0 ? '' : `\n${pairs(rows, look.styles.dim)}`
}

function line(entry: AuditEntry, now: number): string {
  const { seq, action, outcome, occurred_at: at } = entry
  return printable(
    `${String(seq)}  ${action}  ${outcome}  ${who(entry.actor)}  ${when(at, now, undefined)}`,
  )
}
