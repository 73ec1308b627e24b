import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import { code, escapeMarkdown, link, minute } from '../../src/reporters/markdown.js'

const HOME = 'https://github.com/acme/shop'

describe('code', () => {
  it('is a code span on one line, whatever the text', () => {
    expect(code('main')).toBe('`main`')
    expect(code('a`b``c')).toBe('```a`b``c```')
    expect(code('`x')).toBe('`` `x ``')
    expect(code('one\ntwo')).toBe('`one\\ntwo`')
    expect(code('')).toBe('*(empty)*')
  })

  it('shows what would reorder or hide text', () => {
    expect(code('safe\u202Egnp.exe\u200B')).toBe('`safe\\u{202e}gnp.exe\\u{200b}`')
    expect(code('\u001b[31mred')).toBe('`\\u{1b}[31mred`')
  })

  it('cuts long names after a whole character', () => {
    expect(code('😀'.repeat(200), 10)).toBe(`\`${'😀'.repeat(9)}…\``)
  })

  it('cannot be closed from inside', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[`a \n@<]{1,40}$/), (text) => {
        const [, fence = '', inside = ''] = /^(`+)(.*?)`+$/s.exec(code(text)) ?? []
        expect(inside.match(/`+/g) ?? []).not.toContain(fence)
        expect(code(text)).not.toContain('\n')
      }),
    )
  })
})

describe('escapeMarkdown', () => {
  it('leaves nothing that GitHub would format, link or mention', () => {
    const hostile =
      'hi @org/team #12 GH-13 acme/shop#14 [x](http://evil.test) ![i](//evil.test/i.png) <img src=x onerror=1> ' +
      'https://evil.test www.evil.test a@evil.test **b** _i_ `c` ~~s~~ :+1: $x$ | --- <!-- x --> &lt; 0123456789abcdef'
    const escaped = escapeMarkdown(hostile)
    expect(escaped).not.toMatch(/@[\w]/)
    expect(escaped).not.toMatch(/#\d/)
    expect(escaped).not.toMatch(/GH-\d/)
    expect(escaped).not.toMatch(/:\/\/|www\./)
    expect(escaped).not.toMatch(/[0-9a-f]{7}/)
    expect(escaped).not.toMatch(/:\+/)
    // Every mark is escaped by a backslash of its own.
    expect(escaped.replace(/\\[!-/:-@[-`{-~]/g, '')).not.toMatch(/[!-/:-@[-`{-~]/)
  })

  it('still reads as the text that it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 200 }), (text) => {
        const read = escapeMarkdown(text).replace(/\\(.)/g, '$1').replaceAll('\u2060', '')
        expect(read).toBe(text)
      }),
    )
  })

  it('keeps foreign text on its line', () => {
    expect(escapeMarkdown('a\n\n# Title\r\n</details>')).not.toMatch(/[\n\r]/)
  })
})

describe('link', () => {
  it('links to pages of the same server only', () => {
    expect(link('run', `${HOME}/actions/runs/1`, HOME)).toBe(`[run](${HOME}/actions/runs/1)`)
    for (const url of [
      'https://evil.test/x',
      'https://github.com.evil.test/',
      'https://user@github.com/acme',
      'http://github.com/acme',
      'javascript:alert(1)',
      'not a url',
      undefined,
    ]) {
      expect(link('run', url, HOME)).toBe('run')
    }
  })

  it('keeps the URL from ending the link', () => {
    expect(link('x', `${HOME}/a)b <c>|[d]`, HOME)).toBe(`[x](${HOME}/a%29b%20%3Cc%3E%7C%5Bd%5D)`)
  })
})

describe('minute', () => {
  it('shows a time in UTC to the minute, and anything else as it came', () => {
    expect(minute('2026-11-01T09:59:59.000Z')).toBe('2026-11-01 09:59 UTC')
    expect(minute('yesterday @all')).toBe('`yesterday @all`')
  })
})
