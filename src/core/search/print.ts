import { SEVERITIES } from '../domain/index.js'
import { FIELDS, type RangeField } from './fields.js'
import { mergeRepeated } from './merge-repeated.js'
import type { Query, Range, TextMatch } from './query.js'

/** The shortest plain form of a query; `parseQuery` gives the same query again, whatever the clock says. */
export function printQuery(query: Query): string {
  switch (query.kind) {
    case 'and':
      return query.terms.map((term) => within(term, ['or'])).join(conjunction(query.terms))
    case 'or':
      return query.terms.map((term) => within(term, [])).join(' OR ')
    case 'not':
      return `${query.term.kind === 'not' ? 'NOT ' : '-'}${within(query.term, ['and', 'or'])}`
    case 'words':
      return word(query.text)
    case 'flag':
      return `${query.field}:${query.any.join(',')}`
    case 'text':
      return `${query.field}:${query.any.map(match).join(',')}`
    case 'range':
      return `${query.field}:${query.any.map((one) => range(query.field, one)).join(',')}`
  }
}

/** Terms that would become one when they stand side by side need the word between them. */
function conjunction(terms: readonly Query[]): string {
  return mergeRepeated(terms).length < terms.length ? ' AND ' : ' '
}

function within(query: Query, parenthesised: readonly Query['kind'][]): string {
  const text = printQuery(query)
  return parenthesised.includes(query.kind) ? `(${text})` : text
}

function word(text: string): string {
  const plain = /^[^\s()"-][^\s()"]*$/u.test(text) && !/^[A-Za-z][\w-]*:|^(AND|OR|NOT)$/u.test(text)
  return plain ? text : quoted(text)
}

function match({ match: kind, text }: TextMatch): string {
  const plain = /^[^\s()",*<>][^\s()",*]*$/u.test(text) || (kind === 'prefix' && text === '')
  return `${plain ? text : quoted(text)}${kind === 'prefix' ? '*' : ''}`
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}

function range(field: RangeField, { from, to }: Range): string {
  if (from === undefined) return `<=${value(field, to ?? 0)}`
  if (to === undefined) return `>=${value(field, from)}`
  return from === to ? value(field, from) : `${value(field, from)}..${value(field, to)}`
}

function value(field: RangeField, number: number): string {
  switch (FIELDS[field].type) {
    case 'date':
      return new Date(number).toISOString()
    case 'severity':
      return SEVERITIES[number] ?? String(number)
    case 'number':
      return String(number)
  }
}
