import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import { canonicalJson, type Json } from '../../../src/core/domain/index.js'

describe('canonical JSON', () => {
  it('writes the example of RFC 8785 as the RFC does', () => {
    const value = {
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    }
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
  })

  it('sorts members by UTF-16 code units, as RFC 8785 does', () => {
    const value = {
      '\u20ac': 1,
      '\r': 2,
      '\ufb33': 3,
      '1': 4,
      '\ud83d\ude00': 5,
      '\u0080': 6,
      ö: 7,
    }
    expect(Object.values(JSON.parse(canonicalJson(value)) as object)).toEqual([4, 2, 6, 7, 1, 5, 3])
  })

  it('leaves undefined members out and keeps the key __proto__', () => {
    expect(canonicalJson(JSON.parse('{"__proto__":1,"a":2}') as Json)).toBe('{"__proto__":1,"a":2}')
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}')
  })

  it('replaces lone surrogates, in keys and in values', () => {
    expect(canonicalJson({ '\ud800': 'a\udc00' })).toBe('{"\ufffd":"a\ufffd"}')
  })

  it('gives one text however the members are ordered, and the same value back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value)
        const back = JSON.parse(text) as Json
        expect(canonicalJson(reversed(back))).toBe(text)
      }),
    )
  })
})

function reversed(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(reversed)
  const entries = Object.entries(value).map(([key, one]) => [key, reversed(one as Json)] as const)
  return Object.fromEntries(entries.toReversed())
}
