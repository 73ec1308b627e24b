import { describe, expect, it } from '@jest/globals'

import { parseQuery, printQuery, type QueryContext } from '../../../src/core/search/index.js'

function context(texts: Readonly<Record<string, string>>): QueryContext {
  const saved = Object.entries(texts).map(([key, text]) => {
    const [organisation = '', name = ''] = key.split('/')
    return { organisation, name, text }
  })
  return { now: 0, saved }
}

function meant(text: string, texts: Readonly<Record<string, string>>): string {
  return printQuery(parseQuery(text, context(texts)))
}

const SAVED = {
  'acme/failures': 'is:failed OR outcome:cancelled',
  'acme/bots': 'is:bot',
  'acme/bad-bots': 'saved:failures saved:bots',
  'acme/here': 'saved:home',
  'acme/home': 'org:acme',
  'beta/home': 'org:beta',
}

describe('saved:<name>', () => {
  it.each([
    ['saved:bots', 'is:bot'],
    ['SAVED:Bots', 'is:bot'],
    ['saved:failures actor:a', '(is:failed OR outcome:cancelled) actor:a'],
    ['-saved:failures', '-(is:failed OR outcome:cancelled)'],
    ['saved:bots,failures', 'is:bot OR is:failed OR outcome:cancelled'],
    ['saved:bad-bots', '(is:failed OR outcome:cancelled) is:bot'],
    ['saved:beta/home', 'org:beta'],
    ['saved:here', 'org:acme'],
  ])('%s means what was saved', (text, query) => {
    expect(meant(text, SAVED)).toBe(query)
  })

  it.each([
    ['saved:bts', /no query is saved as “bts”; did you mean “bots”\?/],
    ['saved:home', /several .* saved:acme\/home or saved:beta\/home/],
  ])('%s is refused with what to write', (text, message) => {
    expect(() => meant(text, SAVED)).toThrow(message)
  })

  it('is refused where it would be part of itself, with the way round', () => {
    const circle = { 'acme/a': 'is:bot saved:b', 'acme/b': '(saved:c)', 'acme/c': '-saved:a' }
    expect(() => meant('saved:a', circle)).toThrow('“a” would be part of itself: a → b → c → a')
    expect(() => meant('saved:x', { 'acme/x': 'saved:x' })).toThrow('x → x')
  })

  it('is refused with the saved query’s own fault, at the place that names it', () => {
    expect(() => meant('is:bot saved:old', { 'acme/old': 'gone:1' })).toThrow(
      expect.objectContaining({
        code: 'query.saved',
        position: 13,
        length: 3,
        message: expect.stringContaining(
          'the saved query “old” is not understood: there is no key',
        ),
      }),
    )
  })

  it('cannot grow beyond the limits of one query', () => {
    const doubling = Object.fromEntries(
      Array.from({ length: 30 }, (_, n) => [
        `acme/q${String(n)}`,
        `saved:q${String(n + 1)} saved:q${String(n + 1)}`,
      ]),
    )
    expect(() => meant('saved:q0', { ...doubling, 'acme/q30': 'a' })).toThrow('256 terms')
  })
})
