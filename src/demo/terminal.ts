import { printable } from '../platform/index.js'

/** Where the demo speaks to a person. */
export interface Terminal {
  readonly isTerminal: boolean
  readonly colors: boolean
  readonly write: (text: string) => void
}

/** What the demo prints fits an ordinary terminal. */
export const COLUMNS = 80

export type Paint = (text: string) => string

export interface Paints {
  readonly bold: Paint
  readonly dim: Paint
  readonly red: Paint
  readonly green: Paint
}

export function paintsOf({ colors }: Terminal): Paints {
  const paint =
    (on: number, off: number): Paint =>
    (text) =>
      colors ? `\u001b[${String(on)}m${text}\u001b[${String(off)}m` : text
  return { bold: paint(1, 22), dim: paint(2, 22), red: paint(31, 39), green: paint(32, 39) }
}

/** Text from elsewhere in one line of at most so many characters. */
export function fit(text: string, width: number): string {
  const safe = printable(text)
  const characters = charactersOf(safe)
  return characters.length <= width ? safe : `${characters.slice(0, width - 1).join('')}…`
}

/** Text from elsewhere in as many lines as it needs; its own line breaks stay. */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(printable(line.trimEnd()), width))
}

function wrapLine(line: string, width: number): string[] {
  const lines: string[] = []
  let rest = charactersOf(line)
  while (rest.length > width) {
    const space = rest.slice(0, width + 1).lastIndexOf(' ')
    const end = space > width / 2 ? space : width
    lines.push(rest.slice(0, end).join(''))
    rest = rest.slice(rest[end] === ' ' ? end + 1 : end)
  }
  return [...lines, rest.join('')]
}

const segmenter = new Intl.Segmenter()

/** What a person would call characters; an emoji of several parts is one. */
function charactersOf(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

/** Markdown as a person would see it, as far as a terminal can: links without their addresses, folds as headings. */
export function plainMarkdown(markdown: string): string {
  return markdown
    .replaceAll(/\[([^\]\n]*)\]\([^)\s]*\)/g, '$1')
    .replaceAll(/<details><summary>(.*?)<\/summary>/g, '### $1')
    .replaceAll(/\n*<\/details>/g, '')
    .replaceAll(/^#+ (.*)$/gm, '$1:')
    .replaceAll('**', '')
    .replaceAll(/\n{3,}/g, '\n\n')
}

export interface Progress {
  readonly show: (done: number, total: number, text: string) => void
  readonly end: () => void
}

const BAR = 20

/** A bar that grows on a terminal; a line for every tenth where there is none. */
export function createProgress(terminal: Terminal, title: string): Progress {
  let tenths = 0
  let open = false
  return {
    show(done, total, text) {
      const part = total === 0 ? 1 : done / total
      const percent = `${String(Math.floor(part * 100)).padStart(3)} %`
      if (terminal.isTerminal) {
        const full = Math.floor(part * BAR)
        const bar = `${'█'.repeat(full)}${'░'.repeat(BAR - full)}`
        terminal.write(`\r${fit(`${title} ${bar} ${percent}  ${text}`, COLUMNS - 1)}\u001b[K`)
        open = true
        return
      }
      const reached = Math.floor(part * 10)
      if (reached === tenths) return
      tenths = reached
      terminal.write(`${fit(`${title} ${percent}  ${text}`, COLUMNS)}\n`)
    },
    end() {
      if (open) terminal.write('\n')
      open = false
    },
  }
}
