import { randomUUID } from 'node:crypto'

import { LRUCache } from 'lru-cache'

import type { EntryDraft, Principal } from '../core/domain/index.js'
import { Personal } from '../core/domain/index.js'
import type { Database } from '../platform/index.js'
import { searchableWords } from './searchable-words.js'

/** People and machines held in memory, so that an append need not ask for them. */
const REMEMBERED = 50_000

interface KnownSubject {
  readonly id: string
  readonly login: string | undefined
}

interface SubjectRow {
  readonly id: string
  readonly type: string
  readonly key: string
  readonly login: string | null
}

function newMemory(): LRUCache<string, KnownSubject> {
  return new LRUCache({ max: REMEMBERED })
}

/** The random ids that stand for principals in leaves; one per host, type and GitHub id. */
export class SubjectDirectory {
  readonly #database: Database
  #known = newMemory()

  constructor(database: Database) {
    this.#database = database
  }

  /**
   * Makes sure that every principal of these drafts has an id, asking the database only for new ones.
   * @param names `older`: what these call somebody does not take the place of a name that is known
   */
  async learn(
    host: string,
    drafts: readonly EntryDraft[],
    now: Date,
    names: 'newest' | 'older' = 'newest',
  ): Promise<void> {
    const unknown = new Map<string, Principal>()
    for (const principal of drafts.flatMap((draft) => [...principalsOf(draft)])) {
      const key = subjectKey(principal)
      if (key === undefined) continue
      const known = this.#known.get(cacheKey(host, principal.type, key))
      if (known && (principal.login === undefined || known.login === principal.login)) continue
      unknown.set(`${principal.type} ${key}`, principal)
    }
    if (unknown.size > 0) await this.#remember(host, [...unknown.values()], now, names === 'older')
  }

  /** The id of a principal that `learn` has seen; `undefined` for those that nothing identifies. */
  idOf(host: string, principal: Principal): string | undefined {
    const key = subjectKey(principal)
    return key === undefined ? undefined : this.#known.get(cacheKey(host, principal.type, key))?.id
  }

  /** Somebody was erased. What is being asked for at this moment is not remembered either. */
  forget(): void {
    this.#known = newMemory()
  }

  async #remember(
    host: string,
    principals: readonly Principal[],
    now: Date,
    older: boolean,
  ): Promise<void> {
    const rows = principals.map((principal) => ({
      id: randomUUID(),
      type: principal.type,
      key: subjectKey(principal),
      login: stored(principal.login),
      display: stored(principal.display),
    }))
    // Sorted, so that two replicas take the row locks in the same order.
    rows.sort((one, other) =>
      `${one.type} ${one.key ?? ''}` < `${other.type} ${other.key ?? ''}` ? -1 : 1,
    )
    const memory = this.#known
    const known = await this.#database.prisma.$queryRaw<SubjectRow[]>`
      INSERT INTO subject (id, host, type, key, login, display, first_seen)
      SELECT id, ${host}, type, key, login, display, ${now}
      FROM json_to_recordset(${JSON.stringify(rows)}::json) AS s(id uuid, type text, key text, login text, display text)
      ON CONFLICT (host, type, key) DO UPDATE
        SET login = CASE WHEN ${older} THEN coalesce(subject.login, excluded.login) ELSE coalesce(excluded.login, subject.login) END,
          display = CASE WHEN ${older} THEN coalesce(subject.display, excluded.display) ELSE coalesce(excluded.display, subject.display) END
      RETURNING id::text, type, key, login`
    for (const { id, type, key, login } of known) {
      memory.set(cacheKey(host, type, key), { id, login: login ?? undefined })
    }
  }
}

/** Everybody whom a draft names, or whose text it holds. */
export function* principalsOf(draft: EntryDraft): Generator<Principal> {
  yield draft.actor
  if (draft.triggering_actor) yield draft.triggering_actor
  yield* draft.on_behalf_of ?? []
  for (const target of draft.targets) if (target.principal) yield target.principal
  yield* ownersIn([draft.targets, draft.ci, draft.changes, draft.snapshot, draft.reason])
}

/** Owners of personal text, at whatever depth it stands. */
function* ownersIn(value: unknown): Generator<Principal> {
  if (value instanceof Personal) {
    if (value.owner) yield value.owner
    return
  }
  if (typeof value !== 'object' || value === null) return
  for (const member of Object.values(value)) yield* ownersIn(member)
}

/** What a principal is known by on its host, beside its type. */
export function subjectKey(principal: Principal): string | undefined {
  if (principal.id !== undefined) return stored(String(principal.id))
  return principal.login === undefined
    ? undefined
    : stored(`login:${principal.login.toLowerCase()}`)
}

function stored(value: string): string
function stored(value: string | undefined): string | undefined
function stored(value: string | undefined): string | undefined {
  return value?.slice(0, 500).toWellFormed().replaceAll('\0', '\ufffd')
}

function cacheKey(host: string, type: string, key: string): string {
  return `${host} ${type} ${key}`
}

/** What free words find in openings of one person in one entry. */
export function openingWords(values: readonly string[]): string {
  return searchableWords(values, 16_000)
}
