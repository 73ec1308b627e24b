import { env } from 'node:process'

import { expect, it } from '@jest/globals'
import fc from 'fast-check'

import {
  explainQuery,
  FIELDS,
  printQuery,
  readQuery,
  type QueryContext,
} from '../../../src/core/search/index.js'

/** A million by hand: `HOOKTRAIL_FUZZ_QUERIES=1000000 npm test -- fuzz`. */
const QUERIES = Number(env['HOOKTRAIL_FUZZ_QUERIES'] ?? 1000)

const CONTEXT: QueryContext = {
  now: Date.parse('2026-03-10T12:00:00Z'),
  timeZone: 'Europe/Berlin',
  me: 'mona',
  saved: [
    { organisation: 'acme', name: 'a', text: 'is:bot OR saved:b' },
    { organisation: 'acme', name: 'b', text: '-(saved:a "x' },
    { organisation: 'acme', name: 'c', text: 'created:>-7d action:push.* saved:d' },
    { organisation: 'acme', name: 'd', text: 'actor:@me' },
  ],
}

const PIECES = [
  ...['(', ')', '-', '"', ' ', ' ', ',', ':', '*', '..', '>', '<=', '\\', '\0', '\u202e', '\ud83d'],
  ...[' AND ', ' OR ', ' NOT ', 'deploy', '2026-01-01', '2026-02-30', '-7d', 'today', '..-1d'],
  ...['high', '12', 'bot', 'abcdef12', 'a/b', '@me', 'saved:a', 'saved:c', 'saved:acme/d', '9'],
  ...Object.keys(FIELDS).map((key) => `${key}:`),
  ...['workflow_run.completed', 'protected_branch.create', 'push.', 'pusch.forced'],
]

/** Mostly pieces of the language, sometimes anything, sometimes one piece as often as fits. */
function text(): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...PIECES) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
  )
  const mixed = fc.array(piece, { maxLength: 16 }).map((pieces) => pieces.join(''))
  const repeated = fc
    .tuple(fc.array(piece, { minLength: 1, maxLength: 3 }), fc.integer({ min: 2, max: 4200 }))
    .map(([pieces, times]) => pieces.join('').repeat(times).slice(0, 4200))
  return fc.oneof({ weight: 199, arbitrary: mixed }, { weight: 1, arbitrary: repeated })
}

function check(query: string): void {
  const reading = readQuery(query, CONTEXT)
  for (const { position, length } of reading.faults) {
    expect(position >= 0 && length >= 0 && position + length <= query.length).toBe(true)
  }
  expect(explainQuery(reading.query, 'Europe/Berlin')).toMatch(/\.$/)
  if (reading.faults.length > 0) return
  const printed = printQuery(reading.query)
  // Names and dates are written out, so what fits its limits may not fit them printed.
  if (printed.length > 4096) return
  const again = readQuery(printed, { now: 0 })
  if (again.faults.some(({ message }) => message.includes('256 terms'))) return
  expect(again).toEqual(reading)
}

it(
  `${String(QUERIES)} texts are understood or refused with places inside them, and what is understood is printed as itself`,
  () => {
    fc.assert(fc.property(text(), check), { numRuns: QUERIES })
  },
  60_000 + 5 * QUERIES,
)
