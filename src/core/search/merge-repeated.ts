import type { Query, RangeTerm, TextTerm } from './query.js'

/**
 * A key that is given twice means either value, as on GitHub. What would be useless as "or" narrows instead:
 * two facts (`is:bot is:failed`) and two open ends (`created:>=2026-01-01 created:<2026-02-01`).
 */
export function mergeRepeated(terms: readonly Query[]): Query[] {
  const merged: Query[] = []
  for (const term of terms) {
    const at = merged.findIndex((earlier) => mergeable(earlier, term))
    const earlier = merged[at]
    if (earlier) merged[at] = either(earlier, term)
    else merged.push(term)
  }
  return merged
}

/** Each value once, in the order in which they came. */
export function distinct<Value extends object>(values: readonly Value[]): Value[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()]
}

function mergeable(earlier: Query, term: Query): boolean {
  if (earlier.kind === 'text') return term.kind === 'text' && earlier.field === term.field
  if (earlier.kind !== 'range' || term.kind !== 'range') return false
  return earlier.field === term.field && isClosed(earlier) && isClosed(term)
}

function isClosed({ any }: RangeTerm): boolean {
  return any.every(({ from, to }) => from !== undefined && to !== undefined)
}

function either(earlier: Query, term: Query): Query {
  if (earlier.kind === 'text' && term.kind === 'text') return merge(earlier, term)
  if (earlier.kind === 'range' && term.kind === 'range') {
    return { ...earlier, any: distinct([...earlier.any, ...term.any]) }
  }
  return earlier
}

function merge(earlier: TextTerm, term: TextTerm): TextTerm {
  return { ...earlier, any: distinct([...earlier.any, ...term.any]) }
}
