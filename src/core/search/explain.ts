import { SEVERITIES } from '../domain/index.js'
import { FIELDS, type RangeField } from './fields.js'
import type { FlagTerm, Query, Range, RangeTerm, TextMatch, TextTerm, WordsTerm } from './query.js'
import { civilTime, zoneOffset } from './time-zone.js'

/**
 * A query as one English sentence: what it finds, with every date as the instant that it stands for.
 * Texts are as they were written: whoever shows the sentence escapes it.
 * @param timeZone IANA name, in which the instants are told
 */
export function explainQuery(query: Query, timeZone: string): string {
  if (query.kind === 'and' && query.terms.length === 0) return 'Every entry.'
  const zone = mentionsTime(query) ? ` Times are those of ${timeZone}.` : ''
  return `Entries where ${said(query, timeZone)}.${zone}`
}

function said(query: Query, timeZone: string): string {
  switch (query.kind) {
    case 'and':
      return listed(query, timeZone, 'and')
    case 'or':
      return listed(query, timeZone, 'or')
    case 'not':
      return denied(query.term, timeZone)
    case 'words':
    case 'flag':
    case 'text':
    case 'range':
      return statement(query, timeZone, false)
  }
}

/** What holds together with others stands in brackets inside of them. */
function listed(
  { terms }: { readonly terms: readonly Query[] },
  timeZone: string,
  word: 'and' | 'or',
): string {
  const parts = terms.map((term) => {
    const text = said(term, timeZone)
    return term.kind === 'and' || term.kind === 'or' ? `(${text})` : text
  })
  return parts.join(`, ${word} `)
}

function denied(term: Query, timeZone: string): string {
  switch (term.kind) {
    case 'and':
    case 'or':
      return `it is not so that (${said(term, timeZone)})`
    case 'not':
      return `it is not so that ${said(term, timeZone)}`
    case 'words':
    case 'flag':
    case 'text':
    case 'range':
      return statement(term, timeZone, true)
  }
}

function statement(
  term: WordsTerm | FlagTerm | TextTerm | RangeTerm,
  timeZone: string,
  negated: boolean,
): string {
  switch (term.kind) {
    case 'words':
      return `the text “${term.text}” ${negated ? 'stands nowhere' : 'stands somewhere'} in it`
    case 'flag':
      return flagged(term, negated)
    case 'text':
      return texts(term, negated)
    case 'range':
      return ranges(term, timeZone, negated)
  }
}

function flagged({ field, any }: FlagTerm, negated: boolean): string {
  const meanings = any.map((name) => FIELDS[field].meanings[name] ?? name)
  const either = meanings.map((meaning) => `it ${meaning}`)
  if (!negated) return alternatives(either, 'or')
  return `it is not so that ${alternatives(either, 'or')}`
}

function texts({ field, any }: TextTerm, negated: boolean): string {
  const equal = any.filter(({ match }) => match === 'equals').map(shown)
  const prefixed = any.filter(({ match }) => match === 'prefix')
  const begins = prefixed.filter(({ text }) => text !== '').map(shown)
  const { says } = FIELDS[field]
  const anything = prefixed.some(({ text }) => text === '')
  if (anything) return `${says} is ${negated ? 'not known' : 'known, whatever it is'}`
  const word = negated ? 'nor' : 'or'
  const parts = [
    ...(equal.length > 0 ? [`${negated ? 'is not' : 'is'} ${alternatives(equal, word)}`] : []),
    ...(begins.length > 0
      ? [`${negated ? 'does not begin' : 'begins'} with ${alternatives(begins, word)}`]
      : []),
  ]
  return `${says} ${parts.join(negated ? ' and ' : ' or ')}`
}

function shown({ text }: TextMatch): string {
  return /^[\w./@[\]-]+$/.test(text) ? text : `“${text}”`
}

function ranges({ field, any }: RangeTerm, timeZone: string, negated: boolean): string {
  const isDate = FIELDS[field].type === 'date'
  const one = isDate ? period : extent
  const parts = any.map((range) => one(field, range, timeZone))
  const { says } = FIELDS[field]
  const text = isDate
    ? `${says} ${alternatives(parts, 'or')}`
    : `${says} is ${alternatives(parts, 'or')}`
  return negated ? `it is not so that ${text}` : text
}

function extent(field: RangeField, { from, to }: Range): string {
  const name = (number: number): string =>
    FIELDS[field].type === 'severity' ? (SEVERITIES[number] ?? String(number)) : String(number)
  if (from === undefined) return `${name(to ?? 0)} or less`
  if (to === undefined) return `${name(from)} or more`
  return from === to ? name(from) : `${name(from)} to ${name(to)}`
}

/** The end as the first instant that is no longer meant, which is how people say it. */
function period(_field: RangeField, { from, to }: Range, timeZone: string): string {
  const since = from === undefined ? undefined : instant(from, timeZone)
  const until = to === undefined ? undefined : instant(to + 1, timeZone)
  if (since === undefined) return `before ${until ?? 'now'}`
  return until === undefined ? `at or after ${since}` : `at or after ${since} and before ${until}`
}

/** `2026-03-29 00:00 +01:00`; seconds and thousandths only where they are not zero. */
function instant(at: number, timeZone: string): string {
  const civil = new Date(civilTime(at, timeZone)).toISOString()
  const time = civil
    .slice(11, 23)
    .replace(/\.000$/, '')
    .replace(/:00$/, '')
  return `${civil.slice(0, 10)} ${time} ${offsetName(zoneOffset(at, timeZone))}`
}

function offsetName(offset: number): string {
  if (offset === 0) return 'UTC'
  const minutes = Math.round(Math.abs(offset) / 60_000)
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60].map((part) =>
    String(part).padStart(2, '0'),
  )
  return `${offset < 0 ? '-' : '+'}${hours ?? ''}:${rest ?? ''}`
}

function alternatives(parts: readonly string[], word: 'or' | 'nor'): string {
  const last = parts.at(-1) ?? ''
  const others = parts.slice(0, -1)
  return others.length === 0 ? last : `${others.join(', ')} ${word} ${last}`
}

function mentionsTime(query: Query): boolean {
  switch (query.kind) {
    case 'and':
    case 'or':
      return query.terms.some(mentionsTime)
    case 'not':
      return mentionsTime(query.term)
    case 'words':
    case 'flag':
    case 'text':
    case 'range':
      return query.kind === 'range' && FIELDS[query.field].type === 'date'
  }
}
