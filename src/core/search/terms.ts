import type { Asked } from './context.js'
import type { Faults } from './faults.js'
import {
  FIELDS,
  isFieldName,
  isFlagField,
  isRangeField,
  type FieldName,
  type FlagField,
} from './fields.js'
import { distinct } from './merge-repeated.js'
import { didYouMean, nearest, nearestNames } from './nearest.js'
import type { FlagTerm, Query, RangeTerm, TextTerm } from './query.js'
import { QueryError } from './query-error.js'
import { readRange } from './range-values.js'
import { readText } from './text-values.js'
import type { KeyToken, RawValue, WordToken } from './token.js'

/** Gives a word or a `key:value` its meaning, of a list as far as it has one; faults are `query.field` and `query.value`. */
export function readTerm(
  token: WordToken | KeyToken,
  asked: Asked,
  faults: Faults,
): Query | undefined {
  if (token.kind === 'word')
    return token.text === '' ? undefined : { kind: 'words', text: token.text }
  const field = faults.attempt(() => fieldNamed(token))
  // The lexer has reported what is missing.
  const values = token.values.filter(({ text, star }) => text !== '' || star)
  return field && readValues(field, values, { asked, faults })
}

interface Reader {
  readonly asked: Asked
  readonly faults: Faults
}

function readValues(
  field: FieldName,
  values: readonly RawValue[],
  { asked, faults }: Reader,
): Query | undefined {
  const each = <Result>(read: (raw: RawValue) => Result | Result[]): Result[] =>
    values.flatMap((raw) => faults.attempt(() => read(raw)) ?? [])
  return known(
    isFlagField(field)
      ? { kind: 'flag', field, any: [...new Set(each((raw) => flag(field, raw)))] }
      : isRangeField(field)
        ? { kind: 'range', field, any: distinct(each((raw) => readRange(field, raw, asked))) }
        : { kind: 'text', field, any: distinct(each((raw) => readText(field, raw, asked))) },
  )
}

/** Without a value that is understood there is no term. */
function known(term: FlagTerm | RangeTerm | TextTerm): Query | undefined {
  return term.any.length === 0 ? undefined : term
}

function fieldNamed({ key, position }: KeyToken): FieldName {
  const name = key.toLowerCase()
  if (isFieldName(name)) return name
  const names = keysMeant(name).map((meant) => `${meant}:`)
  const message = `there is no key “${key}:” (quote text that contains a colon)${didYouMean(names)}`
  const length = key.length + 1
  throw new QueryError('query.field', message, { position, length, suggestion: names[0] })
}

/** Keys that are called so elsewhere, or are written almost so. */
function keysMeant(name: string): string[] {
  const elsewhere = Object.entries(FIELDS).filter(
    ([, field]) => 'meant' in field && field.meant.includes(name),
  )
  if (elsewhere.length > 0) return elsewhere.map(([key]) => key)
  return nearestNames(name, [...Object.keys(FIELDS), 'saved'])
}

function flag(field: FlagField, raw: RawValue): string {
  const known = FIELDS[field].values
  const name = raw.text.toLowerCase()
  if (!raw.comparison && !raw.star && known.includes(name)) return name
  const { position, length } = raw
  const message = `“${field}:” does not know “${raw.text}”: it takes ${known.join(', ')}`
  const suggestion = nearest(name, known)
  throw new QueryError('query.value', message, { position, length, suggestion })
}
