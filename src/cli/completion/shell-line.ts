/** A command line up to the cursor, as a shell would cut it. */
export interface ShellLine {
  /** The words that are complete, without quotes. */
  readonly words: readonly string[]
  /** The word at the cursor, without quotes. */
  readonly word: string
  /** The same as it was typed. */
  readonly raw: string
  /** What was typed since a quote that is still open. */
  readonly inQuote: string | undefined
}

/** A backslash, text in quotes of either kind, space, anything else. A quote may be open. */
const PIECE =
  /\\(?<escaped>.?)|'(?<single>[^']*)'?|"(?<double>(?:\\.|[^"\\])*)"?|(?<space>\s+)|[^\s'"\\]+/gs

/** Knows quotes and backslashes, which is all that can be known of a line without running it. */
export function readShellLine(line: string): ShellLine {
  const words: string[] = []
  let raw = ''
  let word = ''
  let inQuote: string | undefined
  for (const { 0: piece, groups = {} } of line.matchAll(PIECE)) {
    if (groups['space'] !== undefined) {
      if (raw !== '') words.push(word)
      raw = ''
      word = ''
    } else {
      const quoted = quotedText(groups)
      raw += piece
      word += quoted ?? groups['escaped'] ?? piece
      inQuote = quoted !== undefined && isOpen(piece) ? quoted : undefined
    }
  }
  return { words, word, raw, inQuote }
}

/** Between double quotes a backslash is one of the text, but before a few characters. */
function quotedText({
  single,
  double,
}: Readonly<Record<string, string | undefined>>): string | undefined {
  return single ?? double?.replace(/\\(["\\$`])/g, '$1')
}

function isOpen(quoted: string): boolean {
  return quoted.length < 2 || quoted.at(-1) !== quoted[0] || /[^\\]\\"$/.test(quoted)
}
