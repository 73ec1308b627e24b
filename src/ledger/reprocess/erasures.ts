import type { EntryDraft, Principal } from '../../core/domain/index.js'
import type { Database } from '../../platform/index.js'
import { principalsOf, subjectKey } from '../subjects.js'

export interface Erasure {
  readonly seq: number
  readonly at: Date
}

/** When somebody was erased: every `person.erased`, in the order of the log. */
export async function erasuresSoFar({ pool }: Pick<Database, 'pool'>): Promise<readonly Erasure[]> {
  const { rows } = await pool.query<{ seq: string; recorded_at: Date }>(
    'SELECT seq, recorded_at FROM erasure JOIN log_entry USING (seq) ORDER BY seq',
  )
  return rows.map(({ seq, recorded_at: at }) => ({ seq: Number(seq), at }))
}

/** Somebody whom a draft names, as the log knows them. */
interface Known {
  readonly id: string
  readonly firstSeen: Date
}

/** People and machines of a host and what the log calls them; asking adds nobody. */
export class KnownSubjects {
  readonly #known: ReadonlyMap<string, Known>

  private constructor(known: ReadonlyMap<string, Known>) {
    this.#known = known
  }

  static async of(
    { pool }: Pick<Database, 'pool'>,
    named: readonly { readonly host: string; readonly drafts: readonly EntryDraft[] }[],
  ): Promise<KnownSubjects> {
    const wanted = new Map<string, readonly [string, string, string]>()
    for (const { host, drafts } of named) {
      for (const principal of drafts.flatMap((draft) => [...principalsOf(draft)])) {
        const key = subjectKey(principal)
        if (key === undefined) continue
        wanted.set(placeOf(host, principal.type, key), [host, principal.type, key])
      }
    }
    const columns = [0, 1, 2].map((at) => [...wanted.values()].map((one) => one[at]))
    const { rows } = await pool.query<SubjectRow>(
      `SELECT id::text, host, type, key, first_seen
       FROM subject JOIN unnest($1::text[], $2::text[], $3::text[]) AS k(host, type, key) USING (host, type, key)`,
      columns,
    )
    const known = rows.map(
      ({ id, host, type, key, first_seen: firstSeen }) =>
        [placeOf(host, type, key), { id, firstSeen }] as const,
    )
    return new KnownSubjects(new Map(known))
  }

  /** The random id; words that no id is for somebody new, `undefined` for those that nothing identifies. */
  idOf(host: string, principal: Principal): string | undefined {
    const key = subjectKey(principal)
    return key === undefined
      ? undefined
      : (this.#known.get(placeOf(host, principal.type, key))?.id ?? NEW)
  }

  /**
   * Whether the drafts name somebody who may have been erased at that moment: who is erased leaves no trace to be known by,
   * so it may be everybody whom the log did not know then, or does not know now.
   */
  mayBeErased(host: string, drafts: readonly EntryDraft[], erasedAt: Date): boolean {
    return drafts
      .flatMap((draft) => [...principalsOf(draft)])
      .some((principal) => {
        const key = subjectKey(principal)
        if (key === undefined) return false
        const known = this.#known.get(placeOf(host, principal.type, key))
        return known === undefined || known.firstSeen > erasedAt
      })
  }
}

const NEW = 'nobody known so far'

interface SubjectRow {
  readonly id: string
  readonly host: string
  readonly type: string
  readonly key: string
  readonly first_seen: Date
}

function placeOf(host: string, type: string, key: string): string {
  return `${host} ${type} ${key}`
}
