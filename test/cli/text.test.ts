import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import { jsonDocument, jsonLine } from '../../src/cli/text/json.js'
import { styles } from '../../src/cli/text/style.js'
import { pairs, table } from '../../src/cli/text/table.js'
import { utcTime, when } from '../../src/cli/text/times.js'
import { displayWidth, pad, truncate } from '../../src/cli/text/width.js'
import { printable } from '../../src/platform/index.js'

const PLAIN = styles(false)
const anyText = fc.string({ unit: 'binary', maxLength: 60 })

/** What printable() must not let through, by Unicode's own properties. */
const DRIVES = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\u200b-\u200f\u2060-\u2064\ufeff]/u

describe('printable text', () => {
  it.each([
    ['\u001b]0;title\u0007', '\\u{1b}]0;title\\u{7}'],
    ['a\u009b2Jb', 'a\\u{9b}2Jb'],
    ['user\u202Egnp.exe', 'user\\u{202e}gnp.exe'],
    ['a\r\n\tb', 'a\\r\\n\\tb'],
    ['pay\u200bpal\u2066', 'pay\\u{200b}pal\\u{2066}'],
    ['\ud800lone', '\\u{d800}lone'],
    ['tag\u{e0041}', 'tag\\u{e0041}'],
    ['grüße, 会社, مرحبا, 👍🏽', 'grüße, 会社, مرحبا, 👍🏽'],
  ])('shows %j as %j', (text, shown) => {
    expect(printable(text)).toBe(shown)
  })

  it('holds nothing that drives, reorders or hides, whatever goes in', () => {
    const hostile = fc.array(
      fc.constantFrom('\u001b[', '\u009d', '\u202e', '\u2069', '\u0000', '\u200d', '\ud801', 'a'),
    )
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          hostile.map((parts) => parts.join('')),
        ),
        (text) => {
          expect(DRIVES.test(printable(text))).toBe(false)
        },
      ),
    )
  })

  it('is the same after a second time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(printable(printable(text))).toBe(printable(text))
      }),
    )
  })
})

describe('JSON for a terminal', () => {
  it('is one line or document of the same value, and drives nothing', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const json of [jsonLine({ text }), jsonDocument({ text })]) {
          expect(DRIVES.test(json.replaceAll('\n', ''))).toBe(false)
          expect(JSON.parse(json)).toEqual({ text })
        }
        expect(jsonLine({ text }).indexOf('\n')).toBe(jsonLine({ text }).length - 1)
      }),
    )
  })
})

describe('the width of text', () => {
  it.each([
    ['abc', 3],
    ['会社', 4],
    ['한글', 4],
    ['é', 1],
    ['e\u0301', 1],
    ['👍🏽', 2],
    ['❤️', 2],
    ['→…✔', 3],
    ['ｗ', 2],
    ['', 0],
  ])('%j takes %d columns', (text, width) => {
    expect(displayWidth(text)).toBe(width)
  })

  it('is kept by cutting and filling up', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 40 }),
        (text, width) => {
          expect(displayWidth(truncate(text, width))).toBeLessThanOrEqual(width)
          expect(displayWidth(pad(truncate(text, width), width))).toBe(width)
        },
      ),
    )
  })

  it('leaves an ellipsis where something is missing, and wide letters whole', () => {
    expect(truncate('repository', 6)).toBe('repos…')
    expect(truncate('会社会社', 6)).toBe('会社…')
  })
})

describe('a table', () => {
  const columns = [
    { title: 'n', align: 'right' as const },
    { title: 'name', atLeast: 4 },
    { title: 'what', atLeast: 6 },
  ]
  const rows = [
    [{ text: '1' }, { text: 'octocat' }, { text: 'did something' }],
    [{ text: '1000' }, { text: '会社' }, { text: '' }],
  ]

  it('aligns its columns and leaves no space at the end', () => {
    expect(table(columns, rows, { width: undefined, styles: PLAIN })).toBe(
      ['   n  name     what', '   1  octocat  did something', '1000  会社', ''].join('\n'),
    )
  })

  it('cuts the widest columns first, and none below what it needs to be read', () => {
    expect(table(columns, rows, { width: 22, styles: PLAIN }).split('\n')[1]).toBe(
      '   1  octocat  did so…',
    )
    expect(table(columns, rows, { width: 5, styles: PLAIN }).split('\n')[1]).toBe(
      '   1  oct…  did s…',
    )
  })

  it('styles what is seen, not the space around it', () => {
    const { red } = styles(true)
    const text = table([{ title: 'x' }], [[{ text: 'ab', style: red }]], {
      width: 1,
      styles: PLAIN,
    })
    expect(text).toBe('x\n\u001b[31mab\u001b[39m\n')
  })

  it('may be names with texts of several lines', () => {
    expect(
      pairs(
        [
          ['a', 'one\ntwo'],
          ['long', ''],
        ],
        (text) => text,
      ),
    ).toBe('a     one\n      two\nlong\n')
  })
})

describe('moments', () => {
  const now = Date.UTC(2026, 10, 1, 12)

  it.each([
    ['2026-11-01T12:00:00.400Z', 'now'],
    ['2026-11-01T11:59:59Z', '1 s ago'],
    ['2026-11-01T11:58:00.500Z', '1 min ago'],
    ['2026-11-01T10:01:00Z', '1 h ago'],
    ['2026-10-22T12:00:00Z', '10 d ago'],
    ['2026-11-01T12:00:30Z', 'in 30 s'],
  ])('%s is %s', (time, text) => {
    expect(when(time, now, undefined)).toBe(text)
  })

  it('are in a time zone where that is asked for, and as they are where they are none', () => {
    expect(when('2026-11-01T13:00:00+02:00', now, 'UTC')).toBe('2026-11-01 11:00:00Z')
    expect(when('2026-07-01T13:00:00Z', now, 'Europe/Berlin')).toBe('2026-07-01 15:00:00+02:00')
    expect(when('2026-07-01T13:00:00Z', now, 'America/St_Johns')).toBe('2026-07-01 10:30:00-02:30')
    expect(utcTime('soon')).toBe('soon')
  })
})
