import type { Json, JsonObject } from '../core/domain/index.js'

/**
 * The value at a JSON pointer, own members only; `undefined` if there is none.
 * @see https://www.rfc-editor.org/rfc/rfc6901
 */
export function valueAt(root: Json, pointer: string): Json | undefined {
  let value: Json | undefined = root
  for (const token of pointer.split('/').slice(1)) {
    if (typeof value !== 'object' || value === null) return undefined
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~')
    value = Object.hasOwn(value, key) ? (value as JsonObject)[key] : undefined
  }
  return value
}
