/** A part of the report, one list item or paragraph a line; foreign text in it is escaped already. */
export interface Section {
  readonly heading: string
  /** Quiet sections are folded, so that what matters is seen. */
  readonly quiet: boolean
  readonly lines: readonly string[]
}

export interface Layout {
  readonly summary: string
  readonly text: string
}

/** GitHub takes 65,535 characters in each of the two fields; counting bytes in UTF-8 is never too few. */
const LIMIT = 65_000

/**
 * Lays sections out on GitHub's two fields, in order. What does not fit into the summary goes on in the text;
 * what does not fit there either is cut after a whole line, and `note` says so.
 */
export function layOut(sections: readonly Section[], note: string): Layout {
  const pages: [string, string] = ['', '']
  let page: 0 | 1 = 0
  for (const section of sections) {
    const whole = render(section, section.lines)
    if (page === 0 && !fits(pages[0], whole, note)) page = 1
    if (fits(pages[page], whole, note)) {
      pages[page] += whole
      continue
    }
    pages[page] += `${render(section, firstLines(section, pages[page], note))}${note}\n`
    break
  }
  return { summary: pages[0].trimEnd(), text: pages[1].trimEnd() }
}

function render({ heading, quiet }: Section, lines: readonly string[]): string {
  const body = lines.join('\n')
  // The empty lines end the HTML, so that what is between is Markdown.
  return quiet
    ? `<details><summary>${heading}</summary>\n\n${body}\n\n</details>\n\n`
    : `### ${heading}\n\n${body}\n\n`
}

function fits(page: string, more: string, note: string): boolean {
  return bytes(page) + bytes(more) + bytes(note) + 1 <= LIMIT
}

function firstLines(section: Section, page: string, note: string): string[] {
  const kept: string[] = []
  for (const line of section.lines) {
    if (!fits(page, render(section, [...kept, line]), note)) break
    kept.push(line)
  }
  return kept
}

function bytes(text: string): number {
  return Buffer.byteLength(text)
}
