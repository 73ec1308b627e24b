import { describe, expect, it } from '@jest/globals'

import { completeQuery, printQuery, type QueryContext } from '../../../src/core/search/index.js'

const CONTEXT: QueryContext = {
  now: 0,
  me: 'mona',
  saved: [
    { organisation: 'acme', name: 'night-deploys', text: 'is:failed' },
    { organisation: 'acme', name: 'home', text: 'a' },
    { organisation: 'beta', name: 'home', text: 'b' },
  ],
}

/** The text with each choice in its place; `|` is the cursor. */
function complete(marked: string): string[] {
  const cursor = marked.indexOf('|')
  const text = marked.replace('|', '')
  const { replace, choices } = completeQuery(text, cursor, CONTEXT)
  const [before, after] = [
    text.slice(0, replace.position),
    text.slice(replace.position + replace.length),
  ]
  return choices.map((choice) => before + choice.text + after)
}

describe('what could stand at the cursor', () => {
  it.each<[string, string[]]>([
    ['act|', ['action:', 'actor:', 'actor_id:', 'actor_type:']],
    ['is:bot -bra|', ['is:bot -branch:']],
    ['(tag|', ['(tag:']],
    [
      'ac|x:y rest',
      ['action: rest', 'actor: rest', 'actor_id: rest', 'actor_type: rest'].map((one) =>
        one.replace(': ', ':y '),
      ),
    ],
    ['sav|', ['saved:']],
    ['N|', ['NOT']],
    ['a AN|', ['a AND']],
    ['OR|', ['org:']],
    ['is:f|', ['is:failed', 'is:forced', 'is:finding']],
    ['is:bot,re|', ['is:bot,rerun']],
    ['outcome:t|, is:bot', ['outcome:timeout, is:bot']],
    ['severity:>=h|', ['severity:>=high']],
    ['created:t|', ['created:today']],
    ['actor:@|', ['actor:@me']],
    ['saved:|', ['saved:night-deploys', 'saved:acme/home', 'saved:beta/home']],
    ['action:"pu|', ['action:push.*', 'action:push.created', 'action:push.forced']],
    ['gone:x|', []],
  ])('%s', (marked, results) => {
    expect(complete(marked)).toEqual(expect.arrayContaining(results))
    if (!marked.startsWith('action')) expect(complete(marked)).toHaveLength(results.length)
  })

  it('offers every key where nothing is typed yet, and what joins terms where one stands before', () => {
    expect(complete('|')).toEqual(expect.arrayContaining(['actor:', 'created:', 'NOT']))
    expect(complete('|')).not.toContain('OR')
    expect(complete('a |')).toEqual(expect.arrayContaining(['a OR', 'a actor:']))
  })
})

describe('values that only the log knows', () => {
  it.each([
    [
      'is:failed actor:oc| created:>=2026-01-01',
      'actor',
      'oc',
      'is:failed created:>=2026-01-01T00:00:00.000Z',
    ],
    ['repo:acme/| OR branch:x', 'repo', 'acme/', 'branch:x'],
    ['-workflow:"Build and| gone:1 is:bot', 'workflow', 'Build and', ''],
    ['NOT (env:| acter:x) job:a', 'env', '', 'job:a'],
  ])('%s are asked for among what the rest of the query means', (marked, field, prefix, within) => {
    const cursor = marked.indexOf('|')
    const { wanted } = completeQuery(marked.replace('|', ''), cursor, CONTEXT)
    expect({ ...wanted, within: wanted && printQuery(wanted.within) }).toEqual({
      field,
      prefix,
      within,
    })
  })

  it('are not asked for where the table has them all', () => {
    expect(completeQuery('outcome:', 8, CONTEXT).wanted).toBeUndefined()
  })
})
