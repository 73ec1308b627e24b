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
  if (typeof value === 'string') return quoted(value)
  if (typeof value !== 'object' || value === null) return scalar(value)
  return isArray(value) ? canonicalArray(value) : canonicalObject(value)
}

/** Printable ASCII that JSON writes as it is: nearly every text, and this test is faster than JSON.stringify. */
const PLAIN = /^[ !#-[\]-~]*$/

function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text.toWellFormed())
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
  for (const key of inOrder(Object.keys(object))) {
    const value = object[key]
    if (value === undefined) continue
    const member = `${quoted(key)}:${canonicalJson(value)}`
    text += text === '{' ? member : `,${member}`
  }
  return `${text}}`
}

/** By UTF-16 code units, as RFC 8785 asks and as strings compare. Many objects have one key or are in order already. */
function inOrder(keys: string[]): string[] {
  let before = ''
  for (const key of keys) {
    if (key < before) return keys.sort()
    before = key
  }
  return keys
}
