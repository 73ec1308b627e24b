import { escaped, html, joined, type Html } from './html.js'

/**
 * The part of GitHub's Markdown that a check run's summary uses: headings, lists, tables, code, bold, links,
 * `<details>`, `<sub>`, `<br>`. All else is shown as the text that it is: a payload's text may stand in it.
 */
export function renderMarkdown(source: string): Html {
  const lines = source.replaceAll('\r\n', '\n').split('\n')
  const blocks: Html[] = []
  for (let at = 0; at < lines.length;) {
    const block = readBlock(lines, at)
    blocks.push(block.html)
    at = block.next
  }
  return joined(blocks, '\n')
}

interface Block {
  readonly html: Html
  /** The first line that is not in it. */
  readonly next: number
}

function readBlock(lines: readonly string[], at: number): Block {
  const line = lines[at] ?? ''
  const special = specialBlock(lines, at)
  if (special) return special
  const single = singleLine(line)
  if (single) return { html: single, next: at + 1 }
  if (isTableRow(line) && isTableRule(lines[at + 1] ?? '')) return table(lines, at)
  if (isItem(line)) return list(lines, at)
  return paragraph(lines, at)
}

/** What is told by its first signs and ends by rules of its own. */
function specialBlock(lines: readonly string[], at: number): Block | undefined {
  const line = lines[at] ?? ''
  const fence = /^\s*(`{3,})/.exec(line)?.[1]
  if (fence !== undefined) return codeBlock(lines, at, fence)
  if (line.trim() === '') return { html: html``, next: at + 1 }
  return line.trimStart().startsWith('<!--') ? comment(lines, at) : undefined
}

function codeBlock(lines: readonly string[], at: number, fence: string): Block {
  const end = lines.findIndex((line, index) => index > at && line.trim().startsWith(fence))
  const last = end === -1 ? lines.length : end
  const code = lines.slice(at + 1, last).join('\n')
  return { html: html`<pre><code>${code}</code></pre>`, next: last + 1 }
}

/** GitHub shows nothing of a comment, up to the end of the line that ends it. */
function comment(lines: readonly string[], at: number): Block {
  const end = lines.findIndex((line, index) => index >= at && line.includes('-->'))
  return { html: html``, next: end === -1 ? lines.length : end + 1 }
}

/** Headings, rules and the tags that GitHub lets through. */
function singleLine(line: string): Html | undefined {
  const heading = /^(#{1,6})\s+(.*)$/.exec(line)
  if (heading) {
    const level = String(heading[1]?.length ?? 1)
    return joined([{ html: `<h${level}>` }, inline(heading[2] ?? ''), { html: `</h${level}>` }])
  }
  if (/^(?:-{3,}|\*{3,})$/.test(line.trim())) return html`<hr />`
  const summary = /^(<details(?: open)?>)?\s*<summary>(.*)<\/summary>$/.exec(line.trim())
  if (summary) {
    const opening = summary[1] === undefined ? '' : summary[1]
    return joined([
      { html: `${opening}<summary>` },
      inline(summary[2] ?? ''),
      { html: '</summary>' },
    ])
  }
  return /^<\/?details(?: open)?>$/.test(line.trim()) ? { html: line.trim() } : undefined
}

function isTableRow(line: string): boolean {
  return line.trim().startsWith('|')
}

function isTableRule(line: string): boolean {
  return /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/.test(line)
}

function table(lines: readonly string[], at: number): Block {
  let next = at + 2
  while (isTableRow(lines[next] ?? '')) next++
  const head = cells(lines[at] ?? '').map((cell) => html`<th>${inline(cell)}</th>`)
  const rows = lines.slice(at + 2, next).map((line) => {
    const row = cells(line).map((cell) => html`<td>${inline(cell)}</td>`)
    return html`<tr>
      ${joined(row)}
    </tr>`
  })
  const body = html`<table>
    <thead>
      <tr>
        ${joined(head)}
      </tr>
    </thead>
    <tbody>
      ${joined(rows)}
    </tbody>
  </table>`
  return { html: body, next }
}

function cells(line: string): string[] {
  const inner = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll(String.raw`\|`, '|'))
}

function isItem(line: string): boolean {
  return /^\s*(?:[-*+]|\d+\.)\s+/.test(line)
}

/** Nested items are shown at their depth by a margin: one list, one level of HTML. */
function list(lines: readonly string[], at: number): Block {
  const items: Html[] = []
  let next = at
  for (; isItem(lines[next] ?? ''); next++) {
    const [, indent = '', text = ''] = /^(\s*)(?:[-*+]|\d+\.)\s+(.*)$/.exec(lines[next] ?? '') ?? []
    const depth = String(Math.min(3, Math.floor(indent.length / 2)))
    items.push(html`<li class="${`depth-${depth}`}">${inline(text)}</li>`)
  }
  return {
    html: html`<ul>
      ${joined(items)}
    </ul>`,
    next,
  }
}

function paragraph(lines: readonly string[], at: number): Block {
  let next = at + 1
  while (next < lines.length && continues(lines[next] ?? '')) next++
  const text = lines.slice(at, next).map((line) => inline(line))
  return { html: html`<p>${joined(text, '<br />')}</p>`, next }
}

function continues(line: string): boolean {
  const starts = [
    /^\s*$/,
    /^\s*`{3}/,
    /^#{1,6}\s/,
    /^\s*\|/,
    /^\s*<\/?(?:details|summary)/,
    /^\s*<!--/,
  ]
  return !isItem(line) && !starts.some((pattern) => pattern.test(line))
}

const INLINE =
  /(?<code>`+)(?<inside>.+?)\k<code>|(?<comment><!--.*?-->)|\*\*(?<bold>.+?)\*\*|\[(?<label>(?:\\.|[^\]\\])*)\]\((?<href>https?:\/\/[^\s)]+)\)|<(?<tag>\/?(?:sub|b|br|code|strong))\s*\/?>|\\(?<sign>[!-/:-@[-`{-~])|&(?<entity>amp|lt|gt|quot|nbsp|#\d{1,7});/g

function inline(text: string): Html {
  let output = ''
  let end = 0
  for (const match of text.matchAll(INLINE)) {
    output += escaped(text.slice(end, match.index)) + span(match.groups ?? {})
    end = match.index + match[0].length
  }
  return { html: output + escaped(text.slice(end)) }
}

function span(found: Readonly<Record<string, string | undefined>>): string {
  if (found['inside'] !== undefined) return `<code>${escaped(found['inside'].trim())}</code>`
  if (found['comment'] !== undefined) return ''
  if (found['bold'] !== undefined) return `<strong>${inline(found['bold']).html}</strong>`
  if (found['href'] !== undefined) return link(found['href'], found['label'] ?? '')
  if (found['tag'] !== undefined) return `<${found['tag']}>`
  if (found['entity'] !== undefined) return `&${found['entity']};`
  return escaped(found['sign'] ?? '')
}

function link(href: string, label: string): string {
  return `<a href="${escaped(href)}" rel="nofollow noopener">${inline(label).html}</a>`
}
