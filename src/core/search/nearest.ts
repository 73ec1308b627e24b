const MOST_NAMES = 3

/** The candidate that a person probably meant. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  return nearestNames(word, candidates)[0]
}

/**
 * The candidates that a person may have meant, likeliest first: the fewest edits away, and no more than a third of the
 * word. A word that is only the beginning of a candidate counts as one edit.
 */
export function nearestNames(word: string, candidates: Iterable<string>): string[] {
  const wanted = word.toLowerCase()
  const limit = Math.max(1, Math.floor(wanted.length / 3)) + 1
  const near: { readonly name: string; readonly edits: number }[] = []
  for (const name of new Set(candidates)) {
    const edits = edited(wanted, name, limit)
    if (edits < limit) near.push({ name, edits })
  }
  const ranked = near.sort((one, other) => one.edits - other.edits)
  return ranked.slice(0, MOST_NAMES).map(({ name }) => name)
}

/** The end of a message about a name that is not known. */
export function didYouMean(names: readonly string[]): string {
  if (names.length === 0) return ''
  const quoted = names.map((name) => `“${name}”`)
  const last = quoted.pop() ?? ''
  return `; did you mean ${quoted.length === 0 ? last : `${quoted.join(', ')} or ${last}`}?`
}

function edited(word: string, candidate: string, limit: number): number {
  if (word !== '' && candidate.startsWith(word)) return 1
  if (Math.abs(candidate.length - word.length) >= limit) return limit
  return editDistance(word, candidate)
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment) from one to the other. */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = at(last, j - 1) + (from[i - 1] === to[j - 1] ? 0 : 1)
      const swapped =
        from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
          ? at(beforeLast, j - 2) + 1
          : Infinity
      row.push(Math.min(replaced, swapped, at(last, j) + 1, at(row, j - 1) + 1))
    }
    ;[beforeLast, last] = [last, row]
  }
  return at(last, to.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity
}
