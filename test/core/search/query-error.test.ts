import { describe, expect, it } from '@jest/globals'

import { parseQuery, QueryError } from '../../../src/core/search/index.js'

const NOW = Date.parse('2026-03-10T12:00:00Z')

interface Fault {
  readonly code: string
  /** The text that the error points at. */
  readonly at: string
  readonly position: number
  readonly suggestion: string | undefined
  readonly message: string
}

function fault(text: string): Fault {
  try {
    parseQuery(text, { now: NOW })
  } catch (error) {
    if (!(error instanceof QueryError)) throw error
    const { code, position, length, suggestion, message } = error
    return { code, at: text.slice(position, position + length), position, suggestion, message }
  }
  throw new Error(`“${text}” was understood`)
}

describe('a query that is not understood', () => {
  it.each<[string, string, string, string | undefined]>([
    ['is:failed acter:x', 'query.field', 'acter:', 'actor:'],
    ['https://example.com', 'query.field', 'https:', undefined],
    ['zzz:12', 'query.field', 'zzz:', undefined],
    ['pr:#12', 'query.value', '#12', '12'],
    ['pr:main', 'query.value', 'main', undefined],
    ['pr:1*', 'query.value', '1*', '1'],
    ['target:ruleset', 'query.value', 'ruleset', 'ruleset:*'],
    ['outcome:faliure', 'query.value', 'faliure', 'failure'],
    ['outcome:fail*', 'query.value', 'fail*', 'failure'],
    ['outcome:zzz', 'query.value', 'zzz', undefined],
    ['severity:>=hihg', 'query.value', '>=hihg', '>=high'],
    ['severity:9', 'query.value', '9', undefined],
    ['severity:>critical', 'query.value', '>critical', undefined],
    ['is:fialed', 'query.value', 'fialed', 'failed'],
    ['is:bot,sunny', 'query.value', 'sunny', undefined],
    ['has:>diff', 'query.value', '>diff', 'diff'],
    [
      'action:workflow_run.request',
      'query.value',
      'workflow_run.request',
      'workflow_run.requested',
    ],
    ['action:nothing_*', 'query.value', 'nothing_*', undefined],
    ['actor:@octocat', 'query.value', '@octocat', 'octocat'],
    ['actor:>octocat', 'query.value', '>octocat', 'octocat'],
    ['actor:o*t', 'query.value', 'o*t', undefined],
    ['repo:acme', 'query.value', 'acme', 'acme/*'],
    ['sha:abc', 'query.value', 'abc', undefined],
    ['id:1234', 'query.value', '1234', undefined],
    ['run:12a', 'query.value', '12a', undefined],
    ['run:99999999999999999', 'query.value', '99999999999999999', undefined],
    ['run:*..*', 'query.value', '*..*', undefined],
    ['run:5..1', 'query.value', '5..1', undefined],
    ['seq:<0', 'query.value', '<0', undefined],
    ['created:2026-02-30', 'query.value', '2026-02-30', undefined],
    ['created:2026/1/3', 'query.value', '2026/1/3', '2026-01-03'],
    ['created:2026/2/30', 'query.value', '2026/2/30', undefined],
    ['created:>7d', 'query.value', '>7d', '>-7d'],
    ['created:-7d', 'query.value', '-7d', '>-7d'],
    ['created:tomorrow', 'query.value', 'tomorrow', undefined],
    ['created:>=-999999w', 'query.value', '>=-999999w', undefined],
    ['created:2026-01-02..2026-01-01', 'query.value', '2026-01-02..2026-01-01', undefined],
    ['is:bot (a OR b', 'query.syntax', '', ')'],
    ['a)', 'query.syntax', ')', ''],
    [')', 'query.syntax', ')', ''],
    ['a ()', 'query.syntax', ')', undefined],
    ['a OR', 'query.syntax', '', undefined],
    ['OR a', 'query.syntax', 'OR', '"OR"'],
    ['a OR AND b', 'query.syntax', 'AND', undefined],
    ['NOT', 'query.syntax', '', undefined],
    ['- a', 'query.syntax', '-', undefined],
    ['--a', 'query.syntax', '-', undefined],
    ['say "hello', 'query.syntax', '"', undefined],
    ['""', 'query.syntax', '""', undefined],
    ['a"b"', 'query.syntax', '', ' '],
    ['call(x)', 'query.syntax', '', ' '],
    ['actor:', 'query.syntax', '', undefined],
    ['actor:a,', 'query.syntax', '', undefined],
    ['actor:,a', 'query.syntax', '', undefined],
    ['a\0b', 'query.syntax', '\0', ''],
  ])('is refused: %j', (text, code, at, suggestion) => {
    expect(fault(text)).toMatchObject({ code, at, suggestion })
  })

  it('points at the place where something is missing', () => {
    expect(fault('is:bot (a OR b').position).toBe(14)
    expect(fault('actor: x').position).toBe(6)
  })

  it('says what to do in one sentence', () => {
    expect(fault('acter:x').message).toBe(
      'there is no key “acter:” (quote text that contains a colon); did you mean “actor:”?',
    )
    expect(fault('outcome:faliure').message).toContain('it is one of success, failure, ')
  })

  it('is refused when it is too long, too deep or has too many terms, instead of exhausting anything', () => {
    expect(fault('a'.repeat(5000)).code).toBe('query.syntax')
    expect(fault('('.repeat(1000)).message).toContain('32 deep')
    expect(fault('NOT '.repeat(1000)).message).toContain('32 deep')
    expect(fault('a '.repeat(300)).message).toContain('256 terms')
  })
})
