export type Style = (text: string) => string

export interface Styles {
  readonly bold: Style
  readonly dim: Style
  readonly red: Style
  readonly yellow: Style
  readonly green: Style
}

/** ANSI styles, or none. Only whole, printable texts go in. */
export function styles(colors: boolean): Styles {
  return {
    bold: sgr(colors, 1, 22),
    dim: sgr(colors, 2, 22),
    red: sgr(colors, 31, 39),
    yellow: sgr(colors, 33, 39),
    green: sgr(colors, 32, 39),
  }
}

function sgr(colors: boolean, on: number, off: number): Style {
  if (!colors) return (text) => text
  return (text) => (text === '' ? '' : `\u001b[${String(on)}m${text}\u001b[${String(off)}m`)
}
