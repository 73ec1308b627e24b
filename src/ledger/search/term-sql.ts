import { join, sqltag as sql, type Sql } from '@prisma/client/runtime/client'

import type { FlagField, Query, TextField, TextMatch } from '../../core/search/index.js'
import { wordsOf } from '../searchable-words.js'
import { isTargetField, targetMatches } from './field-sql.js'

/**
 * What can be asked of the two indexes over terms, for a block named `b.block`: every entry that the query means is found by
 * `entry` among log_entry's terms or by `opening` among log_opening's words. Others may be found too; they are filtered after.
 */
export interface Candidates {
  readonly entry: Sql
  readonly opening?: Sql
  /** Terms of log_entry that hold wherever the words stand. */
  readonly fields?: Sql
}

/** Ids of the subjects that `actor:` and `via:` name, by the term's matches; absent where they are too many for an index. */
export type KnownLogins = ReadonlyMap<readonly TextMatch[], readonly string[]>

/** `undefined` where the indexes cannot help: negations, numbers, whole keys that are not in them. */
export function candidatesOf(query: Query, logins: KnownLogins): Candidates | undefined {
  switch (query.kind) {
    case 'and':
      return ofAll(query.terms.map((term) => candidatesOf(term, logins)))
    case 'or':
      return ofAny(query.terms.map((term) => candidatesOf(term, logins)))
    case 'not':
      return undefined
    case 'words':
      return ofWords(query.text)
    case 'flag':
      return anyTerm(query.any.map((name) => ofFlag(query.field, name)))
    case 'text':
      return ofText(query.field, query.any, logins)
    case 'range':
      return query.field === 'severity' ? ofSeverities(query.any) : undefined
  }
}

/** Approvals are entries of their own: those of deployments may have one. */
function ofFlag(field: FlagField, name: string): Sql {
  if (field === 'has' && name === 'approval') return term('c', 'deployment')
  return term('i', field === 'has' ? `has:${name}` : name)
}

/** All fields at once; of the words, which may stand in either index, only the longest: it is probably the rarest. */
function ofAll(parts: readonly (Candidates | undefined)[]): Candidates | undefined {
  const known = parts.filter((part) => part !== undefined)
  const fields = known.filter(({ opening }) => !opening).map(({ entry }) => entry)
  const words = known.filter(({ opening }) => opening)
  const [rarest] = words.toSorted((one, other) => weight(other) - weight(one))
  const entry = [...fields, ...(rarest ? [rarest.entry] : [])]
  if (entry.length === 0) return undefined
  if (!rarest?.opening) return { entry: allTerms(entry) }
  const both = { entry: allTerms(entry), opening: rarest.opening }
  return fields.length > 0 ? { ...both, fields: allTerms(fields) } : both
}

function allTerms(terms: readonly Sql[]): Sql {
  return sql`(${join(terms, ' && ')})`
}

function weight({ entry }: Candidates): number {
  return entry.values.reduce<number>((sum, value) => sum + String(value).length, 0)
}

function ofAny(parts: readonly (Candidates | undefined)[]): Candidates | undefined {
  const known = parts.filter((part) => part !== undefined)
  if (known.length < parts.length) return undefined
  const entry = either(known.map((part) => part.entry))
  const openings = known.flatMap(({ opening }) => opening ?? [])
  return openings.length > 0 ? { entry, opening: either(openings) } : { entry }
}

/** Each word begins so; that they follow one another is for the filter to say. */
function ofWords(text: string): Candidates | undefined {
  const words = wordsOf(text)
  if (words.length === 0) return undefined
  const all = sql`(${join(
    words.map((word, index) => term('w', word, index === words.length - 1 ? 'prefix' : 'equals')),
    ' && ',
  )})`
  return { entry: all, opening: all }
}

function ofSeverities(
  any: readonly { readonly from?: number; readonly to?: number }[],
): Candidates {
  const levels = [0, 1, 2, 3, 4].filter((level) =>
    any.some(({ from = 0, to = 4 }) => level >= from && level <= to),
  )
  return anyTerm(levels.map((level) => term('s', String(level))))
}

function ofText(
  field: TextField,
  any: readonly TextMatch[],
  logins: KnownLogins,
): Candidates | undefined {
  if (field === 'branch') return { entry: shortRef('refs/heads/', any) }
  if (field === 'tag') return { entry: shortRef('refs/tags/', any) }
  if (field === 'actor' || field === 'via') {
    const ids = logins.get(any)
    const letter = field === 'actor' ? 'u' : 'v'
    return ids && anyTerm(ids.map((id) => term(letter, id)))
  }
  if (isTargetField(field)) return anyTerm(ofTargets(targetMatches(field, any)))
  const known = LETTERS[field]
  if (!known) return undefined
  return anyTerm(any.map(({ match, text }) => term(known, text, match)))
}

function ofTargets(any: readonly TextMatch[]): Sql[] {
  return any.map(({ match, text }) => term('i', text, match))
}

/** The letters of log_terms. Those in capitals are folded there, and so here. */
const LETTERS: Partial<Readonly<Record<TextField, string>>> = {
  action: 'a',
  category: 'c',
  operation: 'p',
  outcome: 'o',
  actor_id: 'u',
  actor_type: 't',
  repo: 'R',
  org: 'G',
  workflow: 'F',
  job: 'J',
  ref: 'b',
  env: 'E',
  source: 'q',
  event: 'N',
}

function shortRef(space: string, any: readonly TextMatch[]): Sql {
  return either(
    any.flatMap(({ match, text }) => [term('b', space + text, match), term('b', text, match)]),
  )
}

function anyTerm(terms: readonly Sql[]): Candidates {
  // Nothing has this term: of the actors that were asked for there is none.
  return { entry: terms.length > 0 ? either(terms) : term('u', '') }
}

function either(parts: readonly Sql[]): Sql {
  return sql`(${join(parts, ' || ')})`
}

function term(letter: string, value: string, match: TextMatch['match'] = 'equals'): Sql {
  const small = letter.toLowerCase()
  const text = small === letter ? sql`${value}::text` : sql`lower(${value}::text)`
  return sql`log_term(b.block, ${small}, ${text}, ${match === 'prefix'})`
}
