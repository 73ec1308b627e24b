/** A value that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json | undefined
}

/**
 * RFC 8785 (JCS): one byte sequence for one value, so that a hash over it means something.
 * Members that are `undefined` are left out. Lone surrogates, which RFC 8785 forbids, become U+FFFD:
 * payloads hold text that attackers wrote, and nothing may be lost because of it.
 * @see https://www.rfc-editor.org/rfc/rfc8785#section-3.2
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'string') return JSON.stringify(value.toWellFormed())
  if (typeof value !== 'object' || value === null) return scalar(value)
  if (isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  return canonicalObject(value)
}

function scalar(value: null | boolean | number): string {
  // NaN and the infinities have no JSON form; JSON.stringify writes null for them.
  return JSON.stringify(value)
}

function isArray(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value)
}

function canonicalObject(object: JsonObject): string {
  const members: string[] = []
  // Array.prototype.sort compares UTF-16 code units, which is the order RFC 8785 asks for.
  for (const key of Object.keys(object).sort()) {
    const value = object[key]
    if (value !== undefined) {
      members.push(`${JSON.stringify(key.toWellFormed())}:${canonicalJson(value)}`)
    }
  }
  return `{${members.join(',')}}`
}
