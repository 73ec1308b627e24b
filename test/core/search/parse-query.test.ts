import { describe, expect, it } from '@jest/globals'

import { parseQuery, type Query } from '../../../src/core/search/index.js'

const NOW = Date.parse('2026-03-10T12:00:00Z')

function parse(text: string, timeZone = 'UTC'): Query {
  return parseQuery(text, { now: NOW, timeZone })
}

function words(text: string): Query {
  return { kind: 'words', text }
}

function actor(...names: string[]): Query {
  const any = names.map((text) => ({ match: 'equals' as const, text }))
  return { kind: 'text', field: 'actor', any }
}

function created(from: string | undefined, to?: string): Query {
  const range = {
    ...(from === undefined ? {} : { from: Date.parse(from) }),
    ...(to === undefined ? {} : { to: Date.parse(to) }),
  }
  return { kind: 'range', field: 'created', any: [range] }
}

describe('how terms are put together', () => {
  it.each<[string, Query]>([
    ['', { kind: 'and', terms: [] }],
    ['   ', { kind: 'and', terms: [] }],
    ['deploy', words('deploy')],
    ['a b', { kind: 'and', terms: [words('a'), words('b')] }],
    ['a AND b', { kind: 'and', terms: [words('a'), words('b')] }],
    ['a OR b', { kind: 'or', terms: [words('a'), words('b')] }],
    ['a or b', { kind: 'and', terms: [words('a'), words('or'), words('b')] }],
    [
      'a b OR c',
      { kind: 'or', terms: [{ kind: 'and', terms: [words('a'), words('b')] }, words('c')] },
    ],
    [
      'a (b OR c)',
      { kind: 'and', terms: [words('a'), { kind: 'or', terms: [words('b'), words('c')] }] },
    ],
    ['((a))', words('a')],
    ['NOT a', { kind: 'not', term: words('a') }],
    ['NOT(a)', { kind: 'not', term: words('a') }],
    ['-a', { kind: 'not', term: words('a') }],
    ['-"a b"', { kind: 'not', term: words('a b') }],
    ['-actor:a', { kind: 'not', term: actor('a') }],
    ['-(a b)', { kind: 'not', term: { kind: 'and', terms: [words('a'), words('b')] } }],
    ['NOT NOT a', { kind: 'not', term: { kind: 'not', term: words('a') } }],
    ['"AND"', words('AND')],
    ['a-b 12:30', { kind: 'and', terms: [words('a-b'), words('12:30')] }],
    [String.raw`"say \"hi\" \\ c:\d"`, words(String.raw`say "hi" \ c:\d`)],
  ])('reads %s', (text, expected) => {
    expect(parse(text)).toEqual(expected)
  })

  it('takes a key that is given twice as either value, as GitHub does', () => {
    expect(parse('actor:a actor:b')).toEqual(actor('a', 'b'))
    expect(parse('actor:a is:bot actor:b,a')).toEqual({
      kind: 'and',
      terms: [actor('a', 'b'), { kind: 'flag', field: 'is', any: ['bot'] }],
    })
    expect(parse('run:1 run:3')).toEqual({
      kind: 'range',
      field: 'run',
      any: [
        { from: 1, to: 1 },
        { from: 3, to: 3 },
      ],
    })
  })

  it('narrows where either would say nothing: facts, open ends, negations, and an AND that is written', () => {
    expect(parse('is:bot is:failed')).toMatchObject({ kind: 'and', terms: [{}, {}] })
    expect(parse('attempt:>1 attempt:<5')).toMatchObject({ kind: 'and', terms: [{}, {}] })
    expect(parse('-actor:a -actor:b')).toMatchObject({ kind: 'and', terms: [{}, {}] })
    expect(parse('actor:a AND actor:b')).toEqual({ kind: 'and', terms: [actor('a'), actor('b')] })
  })
})

describe('values', () => {
  it.each<[string, Query]>([
    ['ACTOR:octocat', actor('octocat')],
    ['actor:dependabot[bot]', actor('dependabot[bot]')],
    ['actor:a,"b,c"', actor('a', 'b,c')],
    ['outcome:FAILURE', { kind: 'text', field: 'outcome', any: [equal('failure')] }],
    ['repo:acme/*', { kind: 'text', field: 'repo', any: [{ match: 'prefix', text: 'acme/' }] }],
    [
      'workflow:"Build "*',
      { kind: 'text', field: 'workflow', any: [{ match: 'prefix', text: 'Build ' }] },
    ],
    ['branch:"feature*"', { kind: 'text', field: 'branch', any: [equal('feature*')] }],
    ['branch:a<b', { kind: 'text', field: 'branch', any: [equal('a<b')] }],
    ['env:*', { kind: 'text', field: 'env', any: [{ match: 'prefix', text: '' }] }],
    ['sha:ABCDEF1', { kind: 'text', field: 'sha', any: [{ match: 'prefix', text: 'abcdef1' }] }],
    ['is:bot,failed', { kind: 'flag', field: 'is', any: ['bot', 'failed'] }],
    ['severity:high', { kind: 'range', field: 'severity', any: [{ from: 3, to: 3 }] }],
    ['severity:>=3', { kind: 'range', field: 'severity', any: [{ from: 3 }] }],
    ['severity:<high', { kind: 'range', field: 'severity', any: [{ to: 2 }] }],
    ['severity:low..high', { kind: 'range', field: 'severity', any: [{ from: 1, to: 3 }] }],
    [
      'run:12345678901',
      { kind: 'range', field: 'run', any: [{ from: 12345678901, to: 12345678901 }] },
    ],
    ['attempt:>1', { kind: 'range', field: 'attempt', any: [{ from: 2 }] }],
    ['seq:5..*', { kind: 'range', field: 'seq', any: [{ from: 5 }] }],
    ['seq:..5', { kind: 'range', field: 'seq', any: [{ to: 5 }] }],
  ])('reads %s', (text, expected) => {
    expect(parse(text)).toEqual(expected)
  })

  it('takes a name of GitHub’s audit log for the action that it equals', () => {
    const requested = { kind: 'text', field: 'action', any: [equal('workflow_run.requested')] }
    expect(parse('action:workflows.created_workflow_run')).toEqual(requested)
    expect(parse('action:workflow_run.requested,workflows.created_workflow_run')).toEqual(requested)
    expect(parse('action:workflows.created_w*')).toEqual(requested)
  })

  it('lets any action through that the registry keeps under github.', () => {
    const any = [equal('github.star.created')]
    expect(parse('action:github.star.created')).toEqual({ kind: 'text', field: 'action', any })
  })
})

describe('dates', () => {
  it.each<[string, Query]>([
    ['created:2026-01-31', created('2026-01-31T00:00:00.000Z', '2026-01-31T23:59:59.999Z')],
    ['created:>2026-01-31', created('2026-02-01T00:00:00.000Z')],
    ['created:>=2026-01-31', created('2026-01-31T00:00:00.000Z')],
    ['created:<2026-01-31', created(undefined, '2026-01-30T23:59:59.999Z')],
    ['created:<=2026-01-31', created(undefined, '2026-01-31T23:59:59.999Z')],
    ['created:2026-01-01..2026-01-31', created('2026-01-01T00:00Z', '2026-01-31T23:59:59.999Z')],
    ['created:2026-01-31T10:00', created('2026-01-31T10:00:00.000Z', '2026-01-31T10:00:59.999Z')],
    ['created:2026-01-31T10:00:05Z', created('2026-01-31T10:00:05Z', '2026-01-31T10:00:05.999Z')],
    [
      'created:2026-01-31T10:00:05.1Z',
      created('2026-01-31T10:00:05.1Z', '2026-01-31T10:00:05.199Z'),
    ],
    ['created:>=2026-01-31T10:00+02:00', created('2026-01-31T08:00:00Z')],
    ['created:>=2026-01-31T10:00-0330', created('2026-01-31T13:30:00Z')],
    ['created:>=-7d', created('2026-03-03T12:00:00Z')],
    ['created:>-90m', created('2026-03-10T10:30:00.001Z')],
    ['created:-2w..-1h', created('2026-02-24T12:00:00Z', '2026-03-10T11:00:00Z')],
  ])('reads %s', (text, expected) => {
    expect(parse(text)).toEqual(expected)
  })

  it('means days of the given time zone, which have 23 or 25 hours when clocks change', () => {
    const zone = 'Europe/Berlin'
    expect(parse('created:2026-01-31', zone)).toEqual(
      created('2026-01-30T23:00:00.000Z', '2026-01-31T22:59:59.999Z'),
    )
    expect(parse('created:2026-03-29', zone)).toEqual(
      created('2026-03-28T23:00:00.000Z', '2026-03-29T21:59:59.999Z'),
    )
    expect(parse('created:2026-10-25', zone)).toEqual(
      created('2026-10-24T22:00:00.000Z', '2026-10-25T22:59:59.999Z'),
    )
  })
})

function equal(text: string): { match: 'equals'; text: string } {
  return { match: 'equals', text }
}
