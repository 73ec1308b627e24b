import type { EntryChange, Json } from '../domain/index.js'

const MOST_NAMED = 8
const LONGEST_VALUE = 80

/** What changed, in one sentence without its full stop: `admin_enforced: true → false; …`. */
export function describeChanges(changes: readonly EntryChange[]): string {
  if (changes.length === 0) return 'which settings, the entry does not say'
  const named = changes.slice(0, MOST_NAMED).map(describeChange)
  const more = changes.length - named.length
  return [...named, ...(more > 0 ? [`and ${String(more)} more`] : [])].join('; ')
}

function describeChange({ path, before, after }: EntryChange): string {
  if (before === undefined) return `${path}: ${shown(after)} (before not known or none)`
  if (after === undefined) return `${path}: ${shown(before)} removed`
  return `${path}: ${shown(before)} → ${shown(after)}`
}

function shown(value: Json | undefined): string {
  if (value === undefined) return 'nothing'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text
}
