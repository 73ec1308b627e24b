import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import { canonicalJson, type Json, type JsonObject } from '../../../src/core/domain/index.js'
import { readLeaf, type SealedPlace } from '../../../src/ledger/verify/read-leaf.js'

const NOT_CANONICAL = 'the leaf is not in canonical form'
const NO_OBJECT = 'the leaf is not a JSON object'

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    'a/b',
    'm~n',
    '10',
    '9',
    '__proto__',
    '\ufffd',
    '"',
    '\\',
    '\u2028',
    '$sealed',
    'login',
  ),
)
const { value: json } = fc.letrec<{ value: Json; object: JsonObject }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.oneof(text, fc.double(), fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc.dictionary(text, tie('value'), { maxKeys: 5 }),
}))
const objects = fc.dictionary(text, json, { maxKeys: 6 }) as fc.Arbitrary<JsonObject>

/** As it is defined: walked through again, with a pointer for each place. */
function sealedIn(value: Json | undefined, pointer = ''): string[] {
  if (typeof value !== 'object' || value === null) return []
  if (typeof (value as JsonObject)['$sealed'] === 'string') return [pointer]
  return Object.entries(value).flatMap(([key, member]) =>
    sealedIn(member as Json, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  )
}

function pointers(read: ReturnType<typeof readLeaf>): string[] {
  return typeof read === 'string'
    ? [read]
    : read.sealed.map((one: SealedPlace) => one.pointer).sort()
}

describe('reading a leaf', () => {
  it('takes what is canonical, and finds every commitment in it', () => {
    fc.assert(
      fc.property(objects, (object) => {
        const canonical = canonicalJson(object)
        const again = JSON.parse(canonical) as Json
        const expected =
          canonicalJson(again) === canonical ? sealedIn(again).sort() : [NOT_CANONICAL]
        expect(pointers(readLeaf(Buffer.from(canonical)))).toEqual(expected)
      }),
      { numRuns: 500, seed: 1 },
    )
  })

  it('takes the same value written in no other way', () => {
    fc.assert(
      fc.property(
        objects,
        fc.nat(),
        fc.constantFrom(' ', '\n', ',', '0', '\\u0041'),
        (object, at, piece) => {
          const canonical = canonicalJson(object)
          const place = at % (canonical.length + 1)
          for (const other of [
            JSON.stringify(object),
            JSON.stringify(object, null, 1),
            canonical.slice(0, place) + piece + canonical.slice(place),
          ]) {
            const read = readLeaf(Buffer.from(other))
            expect(typeof read === 'string').toBe(!isCanonical(other.toWellFormed()))
          }
        },
      ),
      { numRuns: 500, seed: 2 },
    )
  })

  it.each([
    ['{"a":1,"a":1}', NOT_CANONICAL],
    ['{"b":1,"a":1}', NOT_CANONICAL],
    ['{"a":1.0}', NOT_CANONICAL],
    ['{"a":"\\u0041"}', NOT_CANONICAL],
    ['{"a":1}x', NO_OBJECT],
    ['[]', NO_OBJECT],
    ['', NO_OBJECT],
    ['['.repeat(60_000), NO_OBJECT],
    [`{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}`, NO_OBJECT],
  ])('refuses %s', (leaf, what) => {
    expect(readLeaf(Buffer.from(leaf))).toBe(what)
  })

  it('refuses bytes that are no text, and takes the sign that stands for them', () => {
    const leaf = Buffer.from('{"a":"?"}')
    leaf[6] = 0xff
    expect(readLeaf(leaf)).toBe(NOT_CANONICAL)
    expect(typeof readLeaf(Buffer.from('{"a":"\ufffd"}'))).toBe('object')
  })

  it('says beside a name whose it is', () => {
    const leaf = {
      actor: { login: { $sealed: 'x' }, subject: 's', type: 'user' },
      reason: { $sealed: 'y' },
    }
    const read = readLeaf(Buffer.from(canonicalJson(leaf)))
    expect(typeof read === 'string' ? read : read.sealed).toEqual([
      { pointer: '/actor/login', commitment: 'x', owner: 's', isOpened: false },
      { pointer: '/reason', commitment: 'y', owner: undefined, isOpened: false },
    ])
  })
})

function isCanonical(leaf: string): boolean {
  try {
    const value = JSON.parse(leaf) as Json
    return (
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      canonicalJson(value) === leaf
    )
  } catch {
    return false
  }
}
