import type { Moment } from './dates.js'
import {
  FIELDS,
  isFieldName,
  isFlagField,
  isRangeField,
  type FieldName,
  type FlagField,
} from './fields.js'
import { nearest } from './nearest.js'
import type { FlagTerm, Query } from './query.js'
import { QueryError } from './query-error.js'
import { readRange } from './range-values.js'
import { readText } from './text-values.js'
import type { KeyToken, RawValue, WordToken } from './token.js'
import { distinct } from './merge-repeated.js'

/** Gives a word or a `key:value` its meaning. @throws QueryError `query.field`, `query.value` */
export function readTerm(token: WordToken | KeyToken, moment: Moment): Query {
  if (token.kind === 'word') return { kind: 'words', text: token.text }
  const field = fieldNamed(token)
  if (isFlagField(field)) return flags(field, token.values)
  if (isRangeField(field)) {
    const any = token.values.map((raw) => readRange(field, raw, moment))
    return { kind: 'range', field, any: distinct(any) }
  }
  return { kind: 'text', field, any: distinct(token.values.flatMap((raw) => readText(field, raw))) }
}

function fieldNamed({ key, position }: KeyToken): FieldName {
  const name = key.toLowerCase()
  if (isFieldName(name)) return name
  const meant = nearest(name, Object.keys(FIELDS))
  const hint = meant === undefined ? '' : `; did you mean “${meant}:”?`
  const message = `there is no key “${key}:” (quote text that contains a colon)${hint}`
  throw new QueryError('query.field', message, {
    position,
    length: key.length + 1,
    suggestion: meant && `${meant}:`,
  })
}

function flags(field: FlagField, values: readonly RawValue[]): FlagTerm {
  const names = values.map((raw) => flag(field, raw))
  return { kind: 'flag', field, any: [...new Set(names)] }
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
