import { Personal, type DraftValue, type Json } from '../../../core/domain/index.js'
import { clean, digest, isObject } from './payload.js'
import { isPerson, sealedPerson, withoutPeople } from './people.js'

/** What a value may cost in an entry: more than that is cut, and the digest of the whole stands beside it. */
const MOST_DEPTH = 8
const MOST_TEXT = 3000
const SHOWN = 500

/**
 * A value of a payload as it goes into `changes`: as it is if it is small, otherwise
 * `{ cut: <its beginning>, digest: sha256 of its JSON, length: of its JSON }`. People in it are sealed.
 */
export function recorded(value: unknown, most = MOST_TEXT): DraftValue | undefined {
  if (value === undefined || typeof value === 'function') return undefined
  if (value === null || typeof value === 'boolean' || value instanceof Personal) return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  return isSmall(value, most) ? copy(value) : cut(value)
}

/** Whether its JSON is not much longer than `most` UTF-16 units, and not nested deeply. */
export function isSmall(value: unknown, most: number): boolean {
  const budget = { text: most }
  return fits(value, MOST_DEPTH, budget)
}

function fits(value: unknown, depth: number, budget: { text: number }): boolean {
  budget.text -= typeof value === 'string' ? value.length + 4 : 8
  if (budget.text < 0) return false
  if (typeof value !== 'object' || value === null || value instanceof Personal) return true
  if (depth === 0) return false
  if (Array.isArray(value)) return value.every((one) => fits(one, depth - 1, budget))
  return Object.entries(value).every(
    ([name, one]) => fits(name, depth, budget) && fits(one, depth - 1, budget),
  )
}

/** Only for what is small, so the recursion is bounded. */
function copy(value: unknown): DraftValue {
  if (typeof value === 'string') return clean(value, value.length)
  if (Array.isArray(value)) return value.map(copy)
  if (value instanceof Personal || !isObject(value)) return recorded(value) ?? null
  if (isPerson(value)) return sealedPerson(value)
  const members = Object.entries(value).map(([name, one]) => [clean(name, name.length), copy(one)])
  return Object.fromEntries(members) as Record<string, DraftValue>
}

/** The beginning of what is too long, with the digest of all of it; `null` stands for people. */
export function cut(value: unknown): Json {
  const whole = jsonOf(value, withoutPeople)
  if (whole === undefined) return { cut: 'nested too deeply to be shown' }
  return { cut: clean(whole, SHOWN), digest: digest(whole), length: whole.length }
}

/** `undefined` for what is nested so deeply that the stack does not hold it. */
function jsonOf(
  value: unknown,
  replacer?: (name: string, value: unknown) => unknown,
): string | undefined {
  try {
    return JSON.stringify(value, replacer)
  } catch {
    return undefined
  }
}

/** Whether two values of payloads are the same; only small ones ever are. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true
  const json = jsonOf(one)
  return json !== undefined && json === jsonOf(other)
}
