import { describe, expect, it } from '@jest/globals'

import { printQuery, readQuery, type QueryContext } from '../../../src/core/search/index.js'

const CONTEXT: QueryContext = { now: Date.parse('2026-03-10T12:00:00Z') }

/** What is understood, and the places of what is not. */
function read(text: string, context = CONTEXT): { query: string; faults: string[] } {
  const { query, faults } = readQuery(text, context)
  const places = faults.map(({ position, length, message }) => {
    expect(message).toMatch(/^\P{Lu}/u)
    return `${String(position)}:${text.slice(position, position + length)}`
  })
  return { query: printQuery(query), faults: places }
}

describe('a query with several faults', () => {
  it.each<[string, string, string[]]>([
    ['acter:x is:fialed severity:>=high', 'severity:>=high', ['0:acter:', '11:fialed']],
    ['outcome:faliure,success,zzz deploy', 'outcome:success deploy', ['8:faliure', '24:zzz']],
    ['is:bot actor: created:2026-02-30', 'is:bot', ['13:', '22:2026-02-30']],
    ['(a OR b', 'a OR b', ['7:']],
    ['a) b', 'a b', ['1:)']],
    ['a OR', 'a', ['4:']],
    ['a OR AND b', 'a OR b', ['5:AND']],
    ['OR a', 'a', ['0:OR']],
    ['a () b', 'a b', ['3:)']],
    ['- a --b', '-a NOT -b', ['0:-', '4:-']],
    ['-(acter:x) a', 'a', ['2:acter:']],
    ['a "b c', 'a "b c"', ['2:"']],
    ['a"b" ""', 'a b', ['1:', '5:""']],
    ['actor:a,,b', 'actor:a,b', ['8:']],
    ['is:bot a\0b', 'is:bot a\ufffdb', ['8:\0']],
    [')) (', '', ['0:)', '1:)', '4:', '4:']],
    ['saved:x a', 'a', ['6:x']],
    ['actor:@me a', 'a', ['6:@me']],
  ])('%j is understood as %j', (text, query, faults) => {
    expect(read(text)).toEqual({ query, faults })
  })

  it('is read to the end by twenty faults, a limit or the end of the text, whichever comes first', () => {
    expect(read('acter:x '.repeat(300)).faults).toHaveLength(20)
    expect(read(`${'('.repeat(40)}a`).faults).toEqual(['32:('])
    expect(read('a '.repeat(300)).faults).toEqual(['512:a'])
    expect(read(`actor:${'a,'.repeat(300)}a`).faults).toHaveLength(1)
    expect(read('a'.repeat(4097)).faults).toEqual(['4096:'])
  })
})

describe('a key or an action that is not there', () => {
  it.each([
    ['user:x', 'actor:'],
    ['environment:x', 'env:'],
    ['commit:x', 'sha:'],
    ['after:2026-01-01', 'created:'],
    ['save:x', 'saved:'],
    ['action:push.creatd', 'push.created'],
    ['action:protected_branches.create', 'protected_branch.create'],
  ])('%s is answered with %s', (text, suggestion) => {
    expect(readQuery(text, CONTEXT).faults[0]?.suggestion).toBe(suggestion)
  })

  it('is answered with up to three names, also of the same words in other forms', () => {
    const message = (text: string): string => readQuery(text, CONTEXT).faults[0]?.message ?? ''
    expect(message('repo_:acme/x')).toContain('did you mean “repo:”')
    expect(message('action:forced_pushes')).toContain('“push.forced”')
  })
})

describe('@me', () => {
  it('is the login of whoever asks, in actor and via, and in quotes a text like any other', () => {
    const mine = { ...CONTEXT, me: 'mona' }
    expect(read('actor:@me,hubot via:@ME', mine)).toEqual({
      query: 'actor:mona,hubot via:mona',
      faults: [],
    })
    expect(read('actor:"@me"', mine).query).toBe('actor:@me')
  })
})
