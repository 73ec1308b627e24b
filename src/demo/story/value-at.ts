import type { Json, JsonObject } from '../../core/domain/index.js'

/** What stands at `a.b.c` of a payload, or undefined. */
export function valueAt(payload: JsonObject | undefined, path: string): Json | undefined {
  let value: Json | undefined = payload
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    value = (value as JsonObject)[name]
  }
  return value
}

/** The same where a text is expected; undefined for anything else. */
export function textAt(payload: JsonObject | undefined, path: string): string | undefined {
  const value = valueAt(payload, path)
  return typeof value === 'string' ? value : undefined
}
