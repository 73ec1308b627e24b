import type { Json } from '../../../core/domain/index.js'
import { clean, digest, isObject } from './payload.js'

/** What a value may cost in an entry: more than that is cut, and the digest of the whole stands beside it. */
const MOST_DEPTH = 8
const MOST_TEXT = 3000
const SHOWN = 500

/**
 * A value of a payload as it goes into `changes`: as it is if it is small, otherwise
 * `{ cut: <its beginning>, digest: sha256 of its JSON, length: of its JSON }`.
 */
export function recorded(value: unknown): Json | undefined {
  if (value === undefined || typeof value === 'function') return undefined
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  return isSmall(value) ? copy(value) : cut(value)
}

function isSmall(value: unknown): boolean {
  const budget = { text: MOST_TEXT }
  return fits(value, MOST_DEPTH, budget)
}

function fits(value: unknown, depth: number, budget: { text: number }): boolean {
  budget.text -= typeof value === 'string' ? value.length + 4 : 8
  if (budget.text < 0) return false
  if (typeof value !== 'object' || value === null) return true
  if (depth === 0) return false
  if (Array.isArray(value)) return value.every((one) => fits(one, depth - 1, budget))
  return Object.entries(value).every(
    ([name, one]) => fits(name, depth, budget) && fits(one, depth - 1, budget),
  )
}

/** Only for what is small, so the recursion is bounded. */
function copy(value: unknown): Json {
  if (typeof value === 'string') return clean(value, MOST_TEXT)
  if (Array.isArray(value)) return value.map(copy)
  if (isObject(value)) {
    const members = Object.entries(value).map(([name, one]) => [clean(name, MOST_TEXT), copy(one)])
    return Object.fromEntries(members) as Json
  }
  return recorded(value) ?? null
}

function cut(value: unknown): Json {
  const whole = jsonOf(value)
  if (whole === undefined) return { cut: 'nested too deeply to be shown' }
  return { cut: clean(whole, SHOWN), digest: digest(whole), length: whole.length }
}

/** `undefined` for what is nested so deeply that the stack does not hold it. */
function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
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
