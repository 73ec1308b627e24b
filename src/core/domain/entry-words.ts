import { SEVERITIES, type AuditEntry, type EntryTarget } from './entry.js'

/** What stands in the place of a name that was erased. */
export const ERASED = '(erased)'

/** A target in a few words, as its source gave them: `branch main`. */
export function targetName({ type, name, id }: EntryTarget): string {
  if (name === null) return `${type} ${ERASED}`
  return `${type} ${name ?? (id === undefined ? '' : String(id))}`.trimEnd()
}

export function severityName({ severity }: Pick<AuditEntry, 'severity'>): string {
  return SEVERITIES[severity]
}
