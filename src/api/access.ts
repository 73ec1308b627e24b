import type { Query } from '../core/search/index.js'

/** Who asks, and what they may see. */
export interface Access {
  /** A condition on every entry that is shown or counted; it goes into the SQL of each question. */
  readonly within: Query
}

/** The token that the operator set: no condition, the whole log. */
export const OPERATOR: Access = { within: { kind: 'and', terms: [] } }

/** What a query means among the entries that somebody may see. */
export function allowed({ within }: Access, query: Query): Query {
  if (within.kind === 'and' && within.terms.length === 0) return query
  return { kind: 'and', terms: [within, query] }
}
