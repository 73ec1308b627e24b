import { expect, it } from '@jest/globals'
import fc from 'fast-check'

import { phraseOf, wordsOf } from '../../src/ledger/searchable-words.js'

it('a phrase is the words of a text, each after a space, whether the text is ASCII or not', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary-ascii', maxLength: 150 }),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('refs/heads/Main_2', '  ', '', 'A'.repeat(101), 'ÄB c'),
  )
  fc.assert(
    fc.property(texts, (text) => {
      expect(phraseOf(text)).toBe(
        wordsOf(text)
          .map((word) => ` ${word}`)
          .join(''),
      )
    }),
    { numRuns: 1000, seed: 3 },
  )
})
