import { createHash } from 'node:crypto'

import type { Json, JsonObject } from '../../../core/domain/index.js'

// Readers that expect nothing: a field may be missing, null, of the wrong type or megabytes long. Hand-written
// because they run on every field of every delivery (bench/normalise.mjs).

const EMPTY: JsonObject = Object.freeze({})
const NOTHING: readonly Json[] = Object.freeze([])

/** Where texts are cut, in UTF-16 code units. docs/events.md tells people. */
export const LIMITS = {
  name: 255,
  sha: 64,
  path: 1000,
  line: 500,
  comment: 2000,
  url: 2000,
} as const

/** The object, or an empty one. */
export function object(value: unknown): JsonObject {
  return isObject(value) ? value : EMPTY
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The array, or an empty one. */
export function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : NOTHING
}

/** Text that is not empty, cut at `limit` and free of what PostgreSQL and Unicode refuse. */
export function text(value: unknown, limit: number = LIMITS.name): string | undefined {
  return typeof value === 'string' && value !== '' ? clean(value, limit) : undefined
}

/** The first line that is not blank. */
export function firstLine(value: unknown, limit: number = LIMITS.line): string | undefined {
  if (typeof value !== 'string') return undefined
  const line = value.slice(0, limit * 8).trimStart()
  const end = line.search(/[\r\n]/)
  return text(end < 0 ? line : line.slice(0, end), limit)
}

/** Texts of a list; what is not text is left out. */
export function texts(value: unknown, most: number, limit: number = LIMITS.name): string[] {
  const found: string[] = []
  for (const one of list(value)) {
    const read = text(one, limit)
    if (read !== undefined) found.push(read)
    if (found.length === most) break
  }
  return found
}

/** A whole number that JSON carries exactly: ids, counts. */
export function integer(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined
}

/** A small count, which PostgreSQL's `integer` holds: attempts, run numbers. */
export function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 31
    ? value
    : undefined
}

/** A number or a short text that names a thing. */
export function identifier(value: unknown): number | string | undefined {
  return integer(value) ?? text(value, LIMITS.name)
}

/** U+0000 and lone surrogates become U+FFFD; longer text ends in an ellipsis. */
export function clean(value: string, limit: number): string {
  const whole = value.length <= limit ? value : `${value.slice(0, limit - 1)}…`
  const formed = whole.isWellFormed() ? whole : whole.toWellFormed()
  return formed.includes('\0') ? formed.replaceAll('\0', '\uFFFD') : formed
}

/** SHA-256 of text in UTF-8, as `sha256:<hex>`. */
export function digest(value: string): string {
  return `sha256:${createHash('sha256').update(value).digest('hex')}`
}
