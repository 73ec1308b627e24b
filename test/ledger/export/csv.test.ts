import { expect, it } from '@jest/globals'

import { csvHead, csvLine } from '../../../src/ledger/export/csv.js'
import type { AuditEntry } from '../../../src/core/domain/index.js'

function entry(reason: string): AuditEntry {
  return {
    schema: 1,
    id: 'id',
    seq: 7,
    occurred_at: '2026-01-01T00:00:00.000Z',
    recorded_at: '2026-01-01T00:00:01.000Z',
    action: 'push.created',
    operation: 'create',
    category: 'source',
    outcome: 'success',
    severity: 0,
    actor: { type: 'user', login: 'mona' },
    attribution: { confidence: 'verified', method: 'sender' },
    targets: [],
    source: { system: 'github', kind: 'webhook', delivery_id: 'd', event: 'push' },
    reason,
  }
}

function reasonIn(line: string): string {
  return line.slice(line.lastIndexOf(',,,') + 3, -2)
}

it.each([
  ['plain', 'plain'],
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['  =1', "'  =1"],
  ['\t=1', String.raw`'\t=1`],
  ['\r\n=1', String.raw`'\r\n=1`],
  ['＝1', "'＝1"],
  ['\u200b=1', String.raw`\u{200b}=1`],
  ['say "hi"', '"say ""hi"""'],
  ['a\nb', String.raw`a\nb`],
])('writes %j as %s', (reason, cell) => {
  expect(reasonIn(csvLine(entry(reason)))).toBe(cell)
})

it('quotes commas, and has as many cells as headings', () => {
  expect(csvLine(entry('a, b'))).toMatch(/,"a, b"\r\n$/)
  expect(csvLine(entry('x')).split(',')).toHaveLength(csvHead().split(',').length)
})
