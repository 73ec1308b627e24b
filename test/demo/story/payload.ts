import type { Json, JsonObject } from '../../../src/core/domain/index.js'
import { valueAt } from '../../../src/demo/story/index.js'

export { valueAt }

/** Where a text is expected; empty when it is not there. */
export function textAt(payload: JsonObject | undefined, path: string): string {
  const value = valueAt(payload, path)
  return typeof value === 'string' ? value : ''
}

export function objectIn(payload: JsonObject | undefined, path: string): JsonObject {
  const value = valueAt(payload, path)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  return value as JsonObject
}

/** `.a`, `.a.b`, `.a[].c`: every member that a payload has. */
export function memberPaths(value: Json | undefined, at = ''): Set<string> {
  const found = new Set<string>()
  if (typeof value !== 'object' || value === null) return found
  const members: readonly (readonly [string, Json | undefined])[] = Array.isArray(value)
    ? value.map((one: Json) => [`${at}[]`, one])
    : Object.entries(value).map(([name, one]) => [`${at}.${name}`, one])
  for (const [path, one] of members) {
    if (!path.endsWith('[]')) found.add(path)
    for (const inner of memberPaths(one, path)) found.add(inner)
  }
  return found
}
