import { createHash } from 'node:crypto'

/** Statements that each connection keeps prepared; each costs the server some memory. */
const MOST_STATEMENTS = 300

/**
 * What is the same text every time and finds its rows by key: the client's own statements. (The append
 * names its own.) The statements of searches are left out: there are many, and a plan made without their values would be a poor one.
 */
const WORTH_PREPARING = /^\s*(?:INSERT|UPDATE|DELETE|SELECT ")/i

const names = new Map<string, string>()

/** The name under which a statement is prepared once for each connection; empty: it is not. */
export function statementName(sql: string): string {
  const known = names.get(sql)
  if (known !== undefined) return known
  if (!WORTH_PREPARING.test(sql) || names.size >= MOST_STATEMENTS) return ''
  const name = createHash('sha256').update(sql).digest('base64url').slice(0, 32)
  names.set(sql, name)
  return name
}
