import type { Query, SavedQuery, TextMatch } from '../core/search/index.js'
import { SCOPES, type ApiToken } from '../ledger/index.js'

/** Who asks, and what they may see. */
export interface Access {
  /** Of the token; never its secret. */
  readonly id: string
  readonly name: string
  readonly scopes: readonly string[]
  /** A condition on every entry that is shown or counted; it goes into the SQL of each question. */
  readonly within: Query
  /** Owners whose saved queries may be named; `undefined`: all. */
  readonly owners: ReadonlySet<string> | undefined
}

const NO_CONDITION: Query = { kind: 'and', terms: [] }

/** The token that the operator set: everything. */
export const OPERATOR: Access = {
  id: 'HOOKTRAIL_API_TOKEN',
  name: 'HOOKTRAIL_API_TOKEN',
  scopes: Object.keys(SCOPES),
  within: NO_CONDITION,
  owners: undefined,
}

export function accessOf(token: ApiToken): Access {
  const { id, name, scopes, organisations, repositories } = token
  if (organisations.length === 0 && repositories.length === 0) {
    return { id, name, scopes, within: NO_CONDITION, owners: undefined }
  }
  const owners = [...organisations, ...repositories.map((full) => full.split('/', 1)[0] ?? '')]
  return {
    ...{ id, name, scopes, within: limitOf(token) },
    owners: new Set(owners.map((owner) => owner.toLowerCase())),
  }
}

/** Entries of an organisation say so themselves, or by the owner of their repository. */
function limitOf({ organisations, repositories }: ApiToken): Query {
  const equals = (text: string): TextMatch => ({ match: 'equals', text })
  const owned = organisations.map((name): TextMatch => ({ match: 'prefix', text: `${name}/` }))
  const repos: Query = { kind: 'text', field: 'repo', any: [...repositories.map(equals), ...owned] }
  const orgs: Query[] =
    organisations.length === 0
      ? []
      : [{ kind: 'text', field: 'org', any: organisations.map(equals) }]
  // Always an “or”, also of one: facets leave out a query's own terms of a field, and this is none of them.
  return { kind: 'or', terms: [...orgs, repos] }
}

/** What a query means among the entries that somebody may see. */
export function allowed({ within }: Pick<Access, 'within'>, query: Query): Query {
  if (within.kind === 'and' && within.terms.length === 0) return query
  return { kind: 'and', terms: [within, ...(query.kind === 'and' ? query.terms : [query])] }
}

/** The saved queries that somebody may name. */
export function allowedQueries({ owners }: Access, saved: readonly SavedQuery[]): SavedQuery[] {
  return saved.filter(
    ({ organisation }) => owners === undefined || owners.has(organisation.toLowerCase()),
  )
}
