import { expect, it } from '@jest/globals'

import { lineDiff } from '../../src/cli/text/line-diff.js'

function shown(before: string, after: string): string[] {
  return lineDiff(Array.from(before), Array.from(after)).map(({ mark, text }) => mark + text)
}

it('lines that stay are found between those that go and come, with two around', () => {
  expect(shown('abcdefgh', 'abcXefgYh')).toEqual([
    ' b',
    ' c',
    '-d',
    '+X',
    ' e',
    ' f',
    ' g',
    '+Y',
    ' h',
  ])
  expect(shown('0123456789', '01234x6789')).toEqual([' 3', ' 4', '-5', '+x', ' 6', ' 7'])
  expect(shown('', 'ab')).toEqual(['+a', '+b'])
  expect(shown('ab', '')).toEqual(['-a', '-b'])
  expect(shown('same', 'same')).toEqual([])
})

it('what is too long to be compared is shown as replaced', () => {
  const many = (text: string): string[] => Array.from({ length: 3000 }, (_, n) => text + String(n))
  const lines = lineDiff(['first', ...many('a')], ['first', ...many('b')])
  expect(lines).toHaveLength(6001)
  expect(lines[1]).toEqual({ mark: '-', text: 'a0' })
})
