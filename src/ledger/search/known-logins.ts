import { sqltag as sql } from '@prisma/client/runtime/client'

import type { Query, TextMatch } from '../../core/search/index.js'
import type { Ask } from './ask.js'
import { loginSql } from './field-sql.js'
import type { KnownLogins } from './term-sql.js'

/** More people than an index is asked for one by one: they are so many that their entries are common. */
const MOST_SUBJECTS = 200

/** The subjects whose logins a query names. */
export async function resolveLogins(ask: Ask, query: Query): Promise<KnownLogins> {
  const known = new Map<readonly TextMatch[], readonly string[]>()
  for (const any of loginsIn(query)) {
    const rows = await ask<{ id: string }>(
      sql`SELECT s.id FROM subject s WHERE ${loginSql(any)} LIMIT ${MOST_SUBJECTS + 1}`,
    )
    if (rows.length <= MOST_SUBJECTS)
      known.set(
        any,
        rows.map(({ id }) => id),
      )
  }
  return known
}

function loginsIn(query: Query): (readonly TextMatch[])[] {
  if (query.kind === 'and' || query.kind === 'or') return query.terms.flatMap(loginsIn)
  if (query.kind === 'text' && (query.field === 'actor' || query.field === 'via'))
    return [query.any]
  return []
}
