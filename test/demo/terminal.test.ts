import { describe, expect, it } from '@jest/globals'

import { createProgress, fit, paintsOf, plainMarkdown, wrap } from '../../src/demo/terminal.js'

const ATTACK = 'a\u001b[2J\u001b]0;owned\u0007\u202Eb\r\nc'

function recorded(isTerminal: boolean) {
  const written: string[] = []
  const write = (text: string): void => {
    written.push(text)
  }
  return { written, terminal: { isTerminal, colors: false, write } }
}

describe('text from elsewhere', () => {
  it('cannot drive the terminal', () => {
    for (const line of [fit(ATTACK, 80), ...wrap(ATTACK, 80)]) {
      expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/)
    }
  })

  it('is cut to the width, with a sign that it was', () => {
    expect(fit('abcdef', 6)).toBe('abcdef')
    expect(fit('abcdefg', 6)).toBe('abcde…')
  })

  it('is wrapped at spaces, or anywhere when there is none', () => {
    expect(wrap('one two three', 8)).toEqual(['one two', 'three'])
    expect(wrap('x'.repeat(10), 4)).toEqual(['xxxx', 'xxxx', 'xx'])
    expect(wrap('a\n\nb', 4)).toEqual(['a', '', 'b'])
  })
})

describe('Markdown on a terminal', () => {
  it('shows what a link says and not where it leads', () => {
    expect(plainMarkdown('see [`main`](https://x.example/a) now')).toBe('see `main` now')
  })

  it('shows folds as headings', () => {
    const folded = '## Who\n\n**A**\n\n<details><summary>More</summary>\n\nb\n\n</details>'
    expect(plainMarkdown(folded)).toBe('Who:\n\nA\n\nMore:\n\nb')
  })
})

describe('progress', () => {
  it('is one line for every tenth where there is no terminal', () => {
    const { written, terminal } = recorded(false)
    const progress = createProgress(terminal, 'Playing')
    for (let done = 0; done <= 100; done++) progress.show(done, 100, '')
    progress.end()
    expect(written).toHaveLength(10)
    expect(written[0]).toBe('Playing  10 %  \n')
  })

  it('is one line that is written again on a terminal, and ends', () => {
    const { written, terminal } = recorded(true)
    const progress = createProgress(terminal, 'Playing')
    progress.show(1, 2, 'half')
    progress.end()
    expect(written.join('')).toBe('\rPlaying ██████████░░░░░░░░░░  50 %  half\u001b[K\n')
  })
})

describe('colours', () => {
  it('are left out where they are not wanted', () => {
    const { terminal } = recorded(true)
    expect(paintsOf(terminal).red('x')).toBe('x')
    expect(paintsOf({ ...terminal, colors: true }).red('x')).toBe('\u001b[31mx\u001b[39m')
  })
})
