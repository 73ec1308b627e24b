import type { Style, Styles } from './style.js'
import { displayWidth, pad, truncate } from './width.js'

export interface Column {
  readonly title: string
  readonly align?: 'right'
  /** Columns of the terminal that it keeps when space is short; without it, all that it needs. */
  readonly atLeast?: number
}

/** Printable text, and how it looks. */
export interface Cell {
  readonly text: string
  readonly style?: Style | undefined
}

export type Row = readonly Cell[]

const GAP = '  '

/**
 * Rows under a headline, in the width of the terminal.
 * @param width columns of the terminal; `undefined` where nothing need be cut
 */
export function table(
  columns: readonly Column[],
  rows: readonly Row[],
  { width, styles }: { readonly width: number | undefined; readonly styles: Styles },
): string {
  const widths = fittingWidths(columns, rows, width)
  const head = columns.map(({ title }) => ({ text: title, style: styles.dim }))
  return [head, ...rows].map((row) => tableLine(columns, widths, row)).join('')
}

/** One line of a table whose widths are known, for rows that come one after another. */
export function tableLine(columns: readonly Column[], widths: readonly number[], row: Row): string {
  const cells = columns.map(({ align }, index) => {
    const { text, style } = row[index] ?? { text: '' }
    const columnWidth = widths[index] ?? 0
    const cut = truncate(text, columnWidth)
    const space = ' '.repeat(columnWidth - displayWidth(cut))
    const styled = style ? style(cut) : cut
    return align === 'right' ? space + styled : styled + space
  })
  return `${cells.join(GAP).trimEnd()}\n`
}

/** What each column takes: all that it needs, or less where it may be cut, the widest first. */
export function fittingWidths(
  columns: readonly Column[],
  rows: readonly Row[],
  width: number | undefined,
): number[] {
  const widths = columns.map(({ title }, index) =>
    Math.max(displayWidth(title), ...rows.map((row) => displayWidth(row[index]?.text ?? ''))),
  )
  let excess = sum(widths) + GAP.length * (columns.length - 1) - (width ?? Infinity)
  while (excess > 0) {
    const widest = widestToCut(columns, widths)
    if (widest === undefined) break
    widths[widest] = (widths[widest] ?? 0) - 1
    excess -= 1
  }
  return widths
}

function widestToCut(columns: readonly Column[], widths: readonly number[]): number | undefined {
  let widest: number | undefined
  for (const [index, { atLeast }] of columns.entries()) {
    const width = widths[index] ?? 0
    if (atLeast === undefined || width <= atLeast) continue
    if (widest === undefined || width > (widths[widest] ?? 0)) widest = index
  }
  return widest
}

function sum(numbers: readonly number[]): number {
  let total = 0
  for (const number of numbers) total += number
  return total
}

/** Names and their texts, one below the other. */
export function pairs(rows: readonly (readonly [string, string])[], name: Style): string {
  const width = Math.max(...rows.map(([title]) => displayWidth(title)))
  const indent = ' '.repeat(width + GAP.length)
  return rows
    .map(([title, text]) => {
      const [first = '', ...rest] = text.split('\n')
      const lines = [
        `${name(pad(title, width))}${GAP}${first}`,
        ...rest.map((line) => indent + line),
      ]
      return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
    })
    .join('')
}
