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
  return isArray(value) ? canonicalArray(value) : canonicalObject(value)
}

function scalar(value: null | boolean | number): string {
  // NaN and the infinities have no JSON form; JSON.stringify writes null for them.
  return JSON.stringify(value)
}

function isArray(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value)
}

// Grown by `+=`, on the way of every entry into the log: V8 joins such strings once, at the end.
function canonicalArray(values: readonly Json[]): string {
  let text = '['
  for (const value of values)
    text += text === '[' ? canonicalJson(value) : `,${canonicalJson(value)}`
  return `${text}]`
}

function canonicalObject(object: JsonObject): string {
  let text = '{'
  // Array.prototype.sort compares UTF-16 code units, which is the order RFC 8785 asks for.
  for (const key of Object.keys(object).sort()) {
    const value = object[key]
    if (value === undefined) continue
    const member = `${JSON.stringify(key.toWellFormed())}:${canonicalJson(value)}`
    text += text === '{' ? member : `,${member}`
  }
  return `${text}}`
}
