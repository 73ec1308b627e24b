import { expect, it } from '@jest/globals'
import fc from 'fast-check'

import {
  FIELDS,
  parseQuery,
  printQuery,
  type Query,
  type RangeField,
  type TextField,
} from '../../../src/core/search/index.js'
import { allOf, anyOf } from '../../../src/core/search/query.js'

const NOW = Date.parse('2026-03-10T12:00:00Z')

it.each([
  ['', ''],
  ['NOT actor:a  ACTOR:b', '-actor:a actor:b'],
  ['actor:a actor:b', 'actor:a,b'],
  ['actor:a AND actor:b', 'actor:a AND actor:b'],
  ['(a b) OR (c)', 'a b OR c'],
  ['a AND (b OR "c d")', 'a (b OR "c d")'],
  ['NOT NOT a', 'NOT -a'],
  ['-(a b)', '-(a b)'],
  ['"actor:x" "-y" "OR"', '"actor:x" "-y" "OR"'],
  ['workflow:"a,b","c "*', 'workflow:"a,b","c "*'],
  ['severity:>low', 'severity:>=medium'],
  ['created:2026-01-31', 'created:2026-01-31T00:00:00.000Z..2026-01-31T23:59:59.999Z'],
  ['created:>=-1d', 'created:>=2026-03-09T12:00:00.000Z'],
])('prints %j as %j', (text, printed) => {
  expect(printQuery(parseQuery(text, { now: NOW }))).toBe(printed)
})

it('what is printed reads as the same query again, at any time', () => {
  fc.assert(
    fc.property(query(), (original) => {
      expect(parseQuery(printQuery(original), { now: 0 })).toEqual(original)
    }),
    { numRuns: 1000 },
  )
})

/** Any query that the parser can give. */
function query(): fc.Arbitrary<Query> {
  const { tree } = fc.letrec<{ tree: Query }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.oneof(words(), flag(), text(), range()),
      fc.record({ kind: fc.constant('not' as const), term: tie('tree') }),
      fc.array(tie('tree'), { minLength: 2, maxLength: 4 }).map(allOf),
      fc.array(tie('tree'), { minLength: 2, maxLength: 4 }).map(anyOf),
    ),
  }))
  return tree
}

/** Everything that can be typed: no control characters but white space, and something besides that. */
function typed(): fc.Arbitrary<string> {
  return fc
    .oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.stringMatching(/^[\s\w"\\*:,()<>-]{1,8}$/),
    )
    .filter((value) => value.trim() !== '' && !/[^\P{Cc}\s]/u.test(value))
}

function words(): fc.Arbitrary<Query> {
  return fc.record({ kind: fc.constant('words' as const), text: typed() })
}

function flag(): fc.Arbitrary<Query> {
  return fc.constantFrom('is' as const, 'has' as const).chain((field) => {
    const any = fc.uniqueArray(fc.constantFrom(...FIELDS[field].values), { minLength: 1 })
    return fc.record({ kind: fc.constant('flag' as const), field: fc.constant(field), any })
  })
}

function text(): fc.Arbitrary<Query> {
  const field = fc.constantFrom<TextField>('workflow', 'job', 'org', 'branch', 'env', 'event')
  const match = fc.record({
    match: fc.constantFrom('equals' as const, 'prefix' as const),
    text: typed(),
  })
  const any = fc.uniqueArray(match, {
    minLength: 1,
    maxLength: 3,
    selector: (one) => `${one.match} ${one.text}`,
  })
  return fc.record({ kind: fc.constant('text' as const), field, any })
}

function range(): fc.Arbitrary<Query> {
  const fields: [RangeField, number][] = [
    ['severity', 4],
    ['run', Number.MAX_SAFE_INTEGER],
    ['attempt', 100],
    ['created', 253_402_300_799_999],
  ]
  return fc.constantFrom(...fields).chain(([field, max]) => {
    const number = fc.integer({ min: 0, max })
    const one = fc.oneof(
      fc.record({ from: number }),
      fc.record({ to: number }),
      fc.tuple(number, number).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) })),
    )
    const any = fc.uniqueArray(one, {
      minLength: 1,
      maxLength: 3,
      selector: (r) => JSON.stringify(r),
    })
    return fc.record({ kind: fc.constant('range' as const), field: fc.constant(field), any })
  })
}
