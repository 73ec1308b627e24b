import {
  severityName,
  targetName,
  type AuditEntry,
  type EntryPrincipal,
} from '../../core/domain/index.js'
import type { EntryProof, OtherReadings, ReadingPlace } from '../../ledger/index.js'
import { printable } from '../../platform/index.js'
import { severityStyle, who } from './entry.js'
import type { Styles } from './style.js'
import { pairs } from './table.js'
import { utcTime, when } from './times.js'

type Pair = readonly [string, string]

/** All that an entry says, for a terminal. */
export function entryDetails(
  entry: AuditEntry,
  proof: EntryProof & OtherReadings,
  { now, styles }: { readonly now: number; readonly styles: Styles },
): string {
  const mark = severityStyle(entry, styles) ?? styles.dim
  const facts = `${entry.outcome}, ${severityName(entry)}, ${entry.category}/${entry.operation}`
  const head = `${styles.bold(printable(entry.action))}  ${mark(facts)}\n\n`
  const rows = [
    ...people(entry),
    ...moments(entry, now),
    ...places(entry),
    ...build(entry),
    ...story(entry),
    ...amendments(proof),
    ...origin(entry, proof),
  ]
  return head + pairs(rows, styles.dim)
}

function people(entry: AuditEntry): Pair[] {
  const { confidence, method } = entry.attribution
  const chain = entry.on_behalf_of ?? []
  return [
    ['Who', `${person(entry.actor)}  ${confidence}: ${printable(method)}`],
    ...maybe('Started by', entry.triggering_actor && person(entry.triggering_actor)),
    ...maybe('On behalf of', chain.length > 0 && chain.map(person).join(' → ')),
  ]
}

function person(principal: EntryPrincipal): string {
  const { type, login, display, subject } = principal
  const fullName = login && display && display !== login ? `, ${printable(display)}` : ''
  const id = subject === undefined ? '' : `, subject ${printable(subject)}`
  const name = who({ type: 'user', login, display })
  return `${name} (${type}${fullName}${id})`
}

function moments(
  { occurred_at: occurred, recorded_at: recorded }: AuditEntry,
  now: number,
): Pair[] {
  return [
    ['When', `${utcTime(occurred)} (${when(occurred, now, undefined)})`],
    ['Recorded', utcTime(recorded)],
  ]
}

function places({ repo, account, targets }: AuditEntry): Pair[] {
  const names = targets.map((target) => {
    const id = target.name === undefined || target.id === undefined ? '' : ` (${String(target.id)})`
    const url = target.url === undefined ? '' : `\n${printable(target.url)}`
    return `${printable(targetName(target) + id)}${url}`
  })
  const place = repo ?? account
  return [
    ...maybe('Where', place && printable(`${place.name} (${String(place.id)} at ${place.host})`)),
    ...maybe('What', names.join('\n')),
  ]
}

function build({ ci }: AuditEntry): Pair[] {
  if (!ci) return []
  const { title, ...rest } = ci
  const facts = Object.entries(rest).map(
    ([name, value]) => `${name.replaceAll('_', ' ')}: ${shown(value)}`,
  )
  return [
    ...maybe('Title', title === null ? '(erased)' : title && printable(title)),
    ...maybe('Build', facts.join('\n')),
  ]
}

function story({ changes = [], reason, links = [], labels = {} }: AuditEntry): Pair[] {
  const changed = changes.map(
    ({ path, before, after }) => `${printable(path)}: ${shown(before)} → ${shown(after)}`,
  )
  const facts = Object.entries(labels).map(([name, value]) => `${printable(name)}=${shown(value)}`)
  return [
    ...maybe('Changes', changed.join('\n')),
    ...maybe('Reason', reason === null ? '(erased)' : reason && printable(reason)),
    ...maybe('Labels', facts.join(', ')),
    ...maybe('Links', links.map(({ rel, url }) => printable(`${rel}: ${url}`)).join('\n')),
  ]
}

function amendments({ replaced_by: newer, replaces: older }: OtherReadings): Pair[] {
  return [
    ...maybe('Replaced by', newer && `${entriesOf(newer)}: its delivery was read again`),
    ...maybe('Replaces', older && entriesOf(older)),
  ]
}

/** A later reading begins with the entry that says so. */
function entriesOf({ reading, first_seq: first, entries }: ReadingPlace): string {
  const from = reading === 1 ? first : first + 1
  const last = first + entries - 1
  const seqs =
    from === last ? `entry ${String(from)}` : `entries ${String(from)} to ${String(last)}`
  return `${seqs} (reading ${String(reading)} of the delivery)`
}

function origin({ source, id, seq, correlation_id: group }: AuditEntry, proof: EntryProof): Pair[] {
  const { system, kind, event, delivery_id: delivery, raw_digest: digest } = source
  return [
    ['Source', `${printable(`${system} ${kind} ${event}`)}\ndelivery ${printable(delivery)}`],
    ...maybe('Raw body', digest && printable(digest)),
    ...maybe('Belongs to', group && printable(group)),
    ['Entry', `${String(seq)}, id ${printable(id)}`],
    [
      'Proof',
      `leaf ${String(seq)} of ${String(proof.size)}, leaf hash ${proof.leafHash ?? 'missing'}\nroot hash ${proof.root}\n${signedBy(seq, proof)}`,
    ],
  ]
}

function signedBy(seq: number, { origin }: EntryProof): string {
  if (origin === undefined) return 'no checkpoint covers it yet'
  return `checkpoint signed by ${printable(origin)}; hooktrail show ${String(seq)} --proof writes the proof`
}

/** A value of a change or of the build's context: a plain text as it is, most others as JSON. */
function shown(value: unknown): string {
  if (value === undefined) return '(none)'
  if (typeof value === 'string') return value === '' ? '""' : printable(value)
  if (Array.isArray(value)) return value.map(shown).join(', ')
  return printable(JSON.stringify(value))
}

function maybe(name: string, text: string | false | undefined): Pair[] {
  return text === undefined || text === false || text === '' ? [] : [[name, text]]
}
