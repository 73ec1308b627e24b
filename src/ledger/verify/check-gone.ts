import type { ClientBase } from 'pg'

import type { Json, JsonObject } from '../../core/domain/index.js'
import type { BroughtEntry } from './check-deliveries.js'
import type { Range } from './range.js'
import type { Complain } from './report.js'

type Connection = Pick<ClientBase, 'query'>

/** What a range has and has not. */
export interface Presence {
  readonly entries: ReadonlyMap<number, BroughtEntry>
  /** The places of each entry's leaf that its openings open. */
  readonly opened: ReadonlyMap<number, ReadonlySet<string>>
  /** Deliveries whose raw body is not there, although there was one. */
  readonly withoutBody: readonly number[]
}

/** Finds openings and raw bodies that are gone without an entry that says why, and erased text that is there again. */
export async function checkGone(
  connection: Connection,
  range: Range,
  { entries, opened, withoutBody }: Presence,
  complain: Complain,
): Promise<void> {
  const erased = await erasedPlaces(connection, range)
  for (const [seq, { leaf }] of entries) {
    const places = { opened: opened.get(seq) ?? NONE, erased: erased.get(seq) ?? NONE }
    const mayBeGone = !leaf || seq < range.taken.openingsBefore
    for (const what of [...comeAgain(places), ...(mayBeGone ? [] : vanished(leaf, places))]) {
      complain({ seq, where: 'log_opening', what })
    }
  }
  const bodies = await erasedBodies(connection, range)
  for (const seq of withoutBody) {
    if (seq < range.taken.bodiesBefore || bodies.has(seq)) continue
    const what = 'the raw body is gone, and no entry says that it was erased or pruned'
    complain({ seq, where: 'delivery_body', what })
  }
}

interface Places {
  readonly opened: ReadonlySet<string>
  readonly erased: ReadonlySet<string>
}

function* comeAgain({ opened, erased }: Places): Generator<string> {
  for (const place of erased) {
    if (opened.has(place)) yield `the text at ${place} was erased and is there again`
  }
}

function* vanished(leaf: JsonObject, { opened, erased }: Places): Generator<string> {
  for (const place of sealedPlaces(leaf)) {
    if (opened.has(place) || erased.has(place)) continue
    yield `the text at ${place} is gone, and no entry says that it was erased or pruned`
  }
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

/** The places of a leaf at which a commitment stands. */
function* sealedPlaces(value: Json | undefined, pointer = ''): Generator<string> {
  if (typeof value !== 'object' || value === null) return
  if (typeof (value as JsonObject)['$sealed'] === 'string') {
    yield pointer
    return
  }
  for (const [key, member] of Object.entries(value)) {
    yield* sealedPlaces(member, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)
  }
}
