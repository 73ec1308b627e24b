import {
  groupBy,
  type AuditEntry,
  type EntryPrincipal,
  type PrincipalType,
} from '../domain/index.js'
import { foldNames, type NameSpan } from './names.js'
import { hostOf } from './order.js'

/**
 * A person or machine, known by the random id that stands for it in leaves. Its names are those of opened entries: where
 * the openings were erased there are none.
 */
export interface SubjectState {
  readonly subject: string
  readonly host: string
  readonly type: PrincipalType
  /** As of the latest entry; absent once erased. */
  readonly login?: string | undefined
  /** Every login, the oldest first. */
  readonly logins: readonly NameSpan[]
  /** Display names, likewise. */
  readonly displays: readonly NameSpan[]
  readonly firstSeen: string
  readonly lastSeen: string
}

interface Seen {
  readonly subject: string
  readonly host: string
  readonly at: string
  /** Absent where a target names somebody: that says no more than the login. */
  readonly type?: PrincipalType | undefined
  readonly login?: string | null | undefined
  readonly display?: string | null | undefined
}

/** Everybody whom the entries name: who acted, for whom, and to whom it was done. */
export function foldSubjects(entries: readonly AuditEntry[]): SubjectState[] {
  const seen = entries.flatMap((entry) => [...peopleIn(entry)])
  return [...groupBy(seen, ({ subject }) => subject)]
    .map(([subject, ofSubject]) => foldSubject(subject, ofSubject))
    .sort((one, other) => (one.subject < other.subject ? -1 : 1))
}

function foldSubject(subject: string, seen: readonly Seen[]): SubjectState {
  const logins = foldNames(seen.flatMap(({ login, at }) => (login ? [{ name: login, at }] : [])))
  const shown = foldNames(
    seen.flatMap(({ display, at }) => (display ? [{ name: display, at }] : [])),
  )
  const times = seen.map(({ at }) => at).sort()
  return {
    subject,
    host: seen[0]?.host ?? '',
    type: seen.find(({ type }) => type !== undefined)?.type ?? 'user',
    login: logins.name,
    logins: logins.names,
    displays: shown.names,
    firstSeen: times[0] ?? '',
    lastSeen: times.at(-1) ?? '',
  }
}

function* peopleIn(entry: AuditEntry): Generator<Seen> {
  const host = hostOf(entry)
  const at = entry.occurred_at
  const { actor, triggering_actor: trigger, on_behalf_of: others = [], targets } = entry
  for (const { subject, type, login, display } of [actor, ...maybe(trigger), ...others]) {
    if (subject !== undefined) yield { subject, host, at, type, login, display }
  }
  for (const { type, id, name } of targets) {
    if (typeof id === 'string' && PEOPLE.has(type)) yield { subject: id, host, at, login: name }
  }
}

/** Targets that are somebody: their id is a random one of the log. */
const PEOPLE = new Set([
  'added_by',
  'app',
  'assignee',
  'author',
  'bypass_actor',
  'invited',
  'member',
  'pusher',
  'requester',
  'reviewer',
  'sender',
  'token_owner',
  'user',
])

function maybe(principal: EntryPrincipal | undefined): EntryPrincipal[] {
  return principal ? [principal] : []
}
