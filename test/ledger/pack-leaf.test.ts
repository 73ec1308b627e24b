import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import { canonicalJson } from '../../src/core/domain/index.js'
import { LEAF_DICTIONARY } from '../../src/ledger/leaf-dictionary.js'
import { packLeaf, unpackLeaf } from '../../src/ledger/pack-leaf.js'

function roundTrip(text: string): string {
  return Buffer.from(unpackLeaf(packLeaf(Buffer.from(text)))).toString()
}

describe('a packed leaf', () => {
  it('is read back byte for byte, whatever it says', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (leaf) => {
        const json = canonicalJson(leaf)
        expect(roundTrip(json)).toBe(json)
      }),
    )
  })

  it('is read back when it repeats parts of the dictionary, itself, or nothing, up to the largest leaf', () => {
    const part = fc.oneof(
      fc
        .nat(LEAF_DICTIONARY.length)
        .chain((at) => fc.nat(300).map((length) => LEAF_DICTIONARY.slice(at, at + length))),
      fc.string(),
      fc.nat(2000).map((count) => 'a'.repeat(count)),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        const json = `{"a":${parts.join('')}`.slice(0, 65_535)
        expect(roundTrip(json)).toBe(json)
      }),
    )
    for (const length of [1, 12, 13, 14, 15, 16, 30, 269, 270, 271, 65_535]) {
      const json = `{${'x'.repeat(length - 1)}`
      expect(roundTrip(json)).toBe(json)
    }
  })

  it('is never longer than the JSON, and much shorter for what leaves usually say', () => {
    const noise = Buffer.from(`{${'0123456789abcdefghijklmnopqrstuvwxyz'.slice(0, 20)}`)
    expect(packLeaf(noise).length).toBeLessThanOrEqual(noise.length)
    const usual = Buffer.from(LEAF_DICTIONARY.slice(0, 1400))
    expect(packLeaf(usual).length).toBeLessThan(100)
  })

  it('that was altered is an error or other bytes, never a crash or a read past its end', () => {
    const packed = packLeaf(
      Buffer.from(`{"n":1,${LEAF_DICTIONARY.slice(100, 900)}${'z'.repeat(600)}`),
    )
    fc.assert(
      fc.property(
        fc.nat(packed.length - 1),
        fc.nat(255),
        fc.nat(packed.length),
        (at, byte, end) => {
          const altered = Buffer.from(packed)
          altered[at] = byte
          try {
            expect(unpackLeaf(altered.subarray(0, end)).length).toBeLessThanOrEqual(65_535)
          } catch (error) {
            expect(error).toBeInstanceOf(RangeError)
          }
        },
      ),
      { numRuns: 1000 },
    )
  })
})
