import type { FlagField, RangeField, TextField } from './fields.js'

/**
 * A parsed query. It holds no positions and no relative dates, so that equal questions are equal values:
 * `parseQuery(printQuery(query))` gives `query` again.
 */
export type Query = AndQuery | OrQuery | NotQuery | WordsTerm | FlagTerm | TextTerm | RangeTerm

/** All of them; no terms at all match every entry. */
interface AndQuery {
  readonly kind: 'and'
  readonly terms: readonly Query[]
}

interface OrQuery {
  readonly kind: 'or'
  readonly terms: readonly Query[]
}

interface NotQuery {
  readonly kind: 'not'
  readonly term: Query
}

/** A free word or a quoted phrase: text that stands somewhere in the entry, in upper or lower case. */
export interface WordsTerm {
  readonly kind: 'words'
  readonly text: string
}

/** `is:` and `has:`; any of the names. */
export interface FlagTerm {
  readonly kind: 'flag'
  readonly field: FlagField
  readonly any: readonly string[]
}

/** A field whose text is one of these, or begins with one of these. */
export interface TextTerm {
  readonly kind: 'text'
  readonly field: TextField
  readonly any: readonly TextMatch[]
}

export interface TextMatch {
  readonly match: 'equals' | 'prefix'
  readonly text: string
}

/** A field whose number lies in one of these ranges. */
export interface RangeTerm {
  readonly kind: 'range'
  readonly field: RangeField
  readonly any: readonly Range[]
}

/** Both ends included, at least one is there. Dates are milliseconds since 1970, severities 0 to 4. */
export interface Range {
  readonly from?: number
  readonly to?: number
}

/** One `and` of all, without `and`s directly inside it; a single term stays as it is. */
export function allOf(terms: readonly Query[]): Query {
  return join('and', terms)
}

/** One `or` of all, without `or`s directly inside it; a single term stays as it is. */
export function anyOf(terms: readonly Query[]): Query {
  return join('or', terms)
}

function join(kind: 'and' | 'or', terms: readonly Query[]): Query {
  const flat = terms.flatMap((term) => (term.kind === kind ? term.terms : [term]))
  const [only] = flat
  return only && flat.length === 1 ? only : { kind, terms: flat }
}
