import type { AuditEntry, EntryPrincipal, Principal } from '../../core/domain/index.js'
import type { PrincipalOf } from '../../core/derive/index.js'
import type { Database } from '../../platform/index.js'

interface SubjectRow {
  readonly id: string
  readonly type: Principal['type']
  readonly key: string
  readonly login: string | null
  readonly display: string | null
}

/** Who the people in these entries are at their source, so that facts about them name the same subjects. */
export async function principalsIn(
  database: Database,
  entries: readonly AuditEntry[],
  more: readonly string[] = [],
): Promise<PrincipalOf> {
  const subjects = new Set(more)
  for (const entry of entries) for (const one of principalsOf(entry)) subjects.add(one)
  const rows = await database.prisma.$queryRaw<SubjectRow[]>`
    SELECT id::text, type, key, login, display FROM subject WHERE id = ANY(${[...subjects]}::uuid[])`
  const known = new Map(rows.map((row) => [row.id, principalOf(row)]))
  // One who was erased has no row any more: the kind of actor is all that is left.
  return ({ type, subject = '' }: EntryPrincipal) => known.get(subject) ?? { type }
}

function* principalsOf({ actor, on_behalf_of = [] }: AuditEntry): Generator<string> {
  for (const { subject } of [actor, ...on_behalf_of]) if (subject !== undefined) yield subject
}

function principalOf({ type, key, login, display }: SubjectRow): Principal {
  const id = key.startsWith('login:') ? undefined : key
  return { type, id, login: login ?? undefined, display: display ?? undefined }
}
