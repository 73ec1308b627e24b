import { join, sqltag as sql, type Sql } from '@prisma/client/runtime/client'

import type { FlagTerm, Query } from '../../core/search/index.js'
import { phraseOf } from '../searchable-words.js'
import { containing, rangeSql, TEXT_SQL } from './field-sql.js'
import { SearchError } from './search-error.js'

/** The condition on a row of log_entry, named `e`, that a query stands for; every value is a parameter. */
export function querySql(query: Query): Sql {
  switch (query.kind) {
    case 'and':
      return query.terms.length === 0 ? sql`TRUE` : both(query.terms, ' AND ')
    case 'or':
      return both(query.terms, ' OR ')
    case 'not':
      // An entry without the field is not one with this value: NULL counts as false.
      return sql`(${querySql(query.term)} IS NOT TRUE)`
    case 'words':
      return wordsSql(query.text)
    case 'flag':
      return flagSql(query)
    case 'text':
      return TEXT_SQL[query.field](query.any)
    case 'range':
      return rangeSql(query.field, query.any)
  }
}

function both(terms: readonly Query[], word: ' AND ' | ' OR '): Sql {
  return sql`(${join(terms.map(querySql), word)})`
}

/**
 * The words begin so and follow one another, in one text. Personal text stands apart, where it can be erased. OFFSET 0: entry by
 * entry, where the planner would look through all openings once.
 */
function wordsSql(text: string): Sql {
  const phrase = phraseOf(text)
  if (phrase === '') {
    const message = `“${text.slice(0, 100)}” has neither a letter nor a digit: words are searched for, other characters only separate them`
    throw new SearchError('search.words', message)
  }
  const pattern = containing(phrase)
  return sql`(e.words LIKE ${pattern}
    OR EXISTS (SELECT FROM log_opening o WHERE o.seq = e.seq AND o.words LIKE ${pattern} OFFSET 0))`
}

function flagSql({ field, any }: FlagTerm): Sql {
  const isApproval = (name: string): boolean => field === 'has' && name === 'approval'
  const names = any.filter((name) => !isApproval(name))
  const stored = names.map((name) => (field === 'has' ? `has:${name}` : name))
  const alternatives = [
    ...(stored.length > 0 ? [sql`e.flags && ${stored}::text[]`] : []),
    ...(any.some(isApproval) ? [APPROVED] : []),
  ]
  return sql`(${join(alternatives, ' OR ')})`
}

/**
 * Somebody let the run deploy to the environment, in this attempt. An approval comes after the deployment that waits for it, so
 * the deployment's own entry cannot know; one approval may be for several environments, which are its targets.
 */
const APPROVED = sql`(e.category = 'deployment' AND EXISTS (
  SELECT FROM log_entry a
  WHERE a.action = 'deployment.approved' AND a.run_id = e.run_id AND a.host IS NOT DISTINCT FROM e.host
    AND coalesce(a.run_attempt = e.run_attempt, TRUE)
    AND (lower(a.environment) = lower(e.environment) OR 'environment:' || lower(e.environment) = ANY(a.flags)) OFFSET 0))`
