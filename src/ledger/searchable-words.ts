/** UTF-16 code units of a word that are looked at: nobody types more, and no lexeme of PostgreSQL has more than 2 KB. */
const LONGEST_WORD = 100

/**
 * The words of a text, in lower case: runs of letters and digits. Everything else separates, so that a path, a branch, a name
 * with underscores is found by each of its parts.
 */
export function wordsOf(text: string): string[] {
  const words = text.toWellFormed().toLowerCase().match(WORD) ?? []
  return words.map((word) => word.slice(0, LONGEST_WORD).toWellFormed())
}

const WORD = /[\p{L}\p{M}\p{N}]+/gu

/** What free words look at: a space before each word, a line for each text, so that no phrase reaches from one into another. */
export function searchableWords(texts: readonly string[], limit: number): string {
  const lines = texts.map(phraseOf).filter((line) => line !== '')
  const all = [...new Set(lines)].join('\n')
  return all.length <= limit ? all : all.slice(0, all.lastIndexOf(' ', limit))
}

/** The words of a text as they stand in a line. */
export function phraseOf(text: string): string {
  if (text.length <= LONGEST_WORD && ASCII.test(text)) return asciiPhrase(text)
  return wordsOf(text)
    .map((word) => ` ${word}`)
    .join('')
}

/** Nearly every text, and a tenth of the time; no word in it is too long. */
const ASCII = /^[\u0000-\u007f]*$/

function asciiPhrase(text: string): string {
  const words = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
  return words === '' ? '' : ` ${words}`
}
