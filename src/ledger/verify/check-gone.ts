import type { ClientBase } from 'pg'

import type { BroughtEntry } from './check-deliveries.js'
import type { Range } from './range.js'
import type { SealedPlace } from './read-leaf.js'
import type { Complain } from './report.js'

type Connection = Pick<ClientBase, 'query'>

/** What a range has and has not. */
export interface Presence {
  readonly entries: ReadonlyMap<number, BroughtEntry>
  /** Deliveries whose raw body is not there, although there was one. */
  readonly withoutBody: readonly number[]
}

/** Finds openings and raw bodies that are gone without an entry that says why, and erased text that is there again. */
export async function checkGone(
  connection: Connection,
  range: Range,
  { entries, withoutBody }: Presence,
  complain: Complain,
): Promise<void> {
  const erased = await erasedPlaces(connection, range)
  for (const [seq, { sealed }] of entries) {
    const erasedHere = erased.get(seq) ?? NONE
    const mayBeGone = seq < range.taken.openingsBefore
    for (const place of sealed ?? []) {
      const what = faultOf(place, erasedHere.has(place.pointer), mayBeGone)
      if (what !== undefined) complain({ seq, where: 'log_opening', what })
    }
  }
  if (withoutBody.length === 0) return
  const bodies = await erasedBodies(connection, range)
  for (const seq of withoutBody) {
    if (seq < range.taken.bodiesBefore || bodies.has(seq)) continue
    const what = 'the raw body is gone, and no entry says that it was erased or pruned'
    complain({ seq, where: 'delivery_body', what })
  }
}

function faultOf(
  { pointer, isOpened }: SealedPlace,
  isErased: boolean,
  mayBeGone: boolean,
): string | undefined {
  if (isOpened) return isErased ? `the text at ${pointer} was erased and is there again` : undefined
  if (isErased || mayBeGone) return undefined
  return `the text at ${pointer} is gone, and no entry says that it was erased or pruned`
}

const NONE: ReadonlySet<string> = new Set()

async function erasedPlaces(
  connection: Connection,
  { from, to, taken }: Range,
): Promise<Map<number, Set<string>>> {
  const places = new Map<number, Set<string>>()
  if (taken.acts.length === 0) return places
  const { rows } = await connection.query<{ seq: string; places: string }>(
    'SELECT seq, places FROM erased_opening WHERE seq >= $1 AND seq < $2 AND act = ANY($3::uuid[])',
    [from, to, taken.acts],
  )
  for (const row of rows) {
    const seq = Number(row.seq)
    const known = places.get(seq) ?? new Set()
    places.set(seq, known)
    for (const place of readPlaces(row.places)) known.add(place)
  }
  return places
}

/** What cannot be read has another digest than its entry says: that is found there. */
function readPlaces(text: string): string[] {
  try {
    const places: unknown = JSON.parse(text)
    return Array.isArray(places) ? places.filter((place) => typeof place === 'string') : []
  } catch {
    return []
  }
}

async function erasedBodies(
  connection: Connection,
  { from, to, taken }: Range,
): Promise<Set<number>> {
  if (taken.acts.length === 0) return new Set()
  const { rows } = await connection.query<{ first_seq: string }>(
    'SELECT first_seq FROM erased_body WHERE first_seq >= $1 AND first_seq < $2 AND act = ANY($3::uuid[])',
    [from, to, taken.acts],
  )
  return new Set(rows.map(({ first_seq }) => Number(first_seq)))
}
