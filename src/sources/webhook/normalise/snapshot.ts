import {
  Personal,
  type DraftValue,
  type JsonObject,
  type Snapshot,
} from '../../../core/domain/index.js'
import { weight } from './fit.js'
import { identifier, isObject, text } from './payload.js'
import { isPerson } from './people.js'
import { cut, isSmall, recorded } from './recorded.js'

/** Bytes of a leaf that a snapshot may take, so that what changed has its place beside it. */
const MOST_BYTES = 24_000
/** How long a part may be, tried in this order when the whole is too long. */
const PART_LIMITS = [3000, 500, 100]
/** Object → list → element → member: below that a long part is cut as a whole. */
const DEEPEST_PART = 3

/** What differs without a change of the thing, and what every reader can make from its id. */
const NOT_THE_THING = /^(_links|node_id|url|created_at|updated_at)$|_url$/

/** Members of a thing; texts that are already sealed stay so. */
export type Thing = JsonObject | { readonly [member: string]: DraftValue | undefined }

/** The whole of a thing as GitHub sent it, people in it sealed; `undefined` for one without an id. */
export function snapshot(
  type: string,
  id: unknown,
  thing: Thing,
): Snapshot<DraftValue> | undefined {
  const key = identifier(id)
  if (key === undefined) return undefined
  const members = Object.entries(thing).filter(
    ([name, member]) => member !== undefined && !NOT_THE_THING.test(name),
  )
  const whole = Object.fromEntries(members)
  if (isSmall(whole, MOST_BYTES)) {
    const value = recorded(whole, MOST_BYTES) ?? null
    if (weight(value) <= MOST_BYTES) return { type, id: key, value }
  }
  return { type, id: key, value: shortened(whole), cut: true }
}

function shortened(whole: Thing): DraftValue {
  for (const limit of PART_LIMITS) {
    const value = withPartsCut(whole, limit, DEEPEST_PART)
    if (weight(value) <= MOST_BYTES) return value
  }
  return cut(whole)
}

function withPartsCut(value: unknown, limit: number, depth: number): DraftValue {
  const isWhole = depth === 0 || isSmall(value, limit) || value instanceof Personal
  if (Array.isArray(value) && !isWhole) {
    return value.map((one) => withPartsCut(one, limit, depth - 1))
  }
  if (!isObject(value) || isWhole || isPerson(value)) return recorded(value, limit) ?? null
  const members = Object.entries(value).map(([name, member]) => [
    text(name) ?? '',
    withPartsCut(member, limit, depth - 1),
  ])
  return Object.fromEntries(members) as Record<string, DraftValue>
}
