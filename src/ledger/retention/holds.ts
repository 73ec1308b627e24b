import { randomUUID } from 'node:crypto'

import { join, sqltag as sql, type Sql } from '@prisma/client/runtime/client'

import { parseQuery, printQuery } from '../../core/search/index.js'
import type { Database } from '../../platform/index.js'
import type { Connection } from '../log-connection.js'
import { asAct, type Operator } from '../operator-act.js'
import { findPerson } from '../person/find-person.js'
import { querySql } from '../search/query-sql.js'

export type HoldKind = 'repository' | 'person' | 'query'

/** What a legal hold covers is neither pruned nor erased. */
export interface Hold {
  /** Short, for people: 1, 2, … */
  readonly number: number
  readonly kind: HoldKind
  /** `owner/name`, subjects' ids with spaces between them, or a query. */
  readonly value: string
  readonly reason: string
  readonly addedAt: string
}

interface HoldRow {
  readonly number: number
  readonly kind: HoldKind
  readonly value: string
  readonly reason: string
  readonly added_at: Date
}

/** The holds that stand, oldest first. */
export async function listHolds(connection: Pick<Connection, 'query'>): Promise<Hold[]> {
  const { rows } = await connection.query<HoldRow>(
    'SELECT number, kind, value, reason, added_at FROM legal_hold ORDER BY number',
  )
  return rows.map(({ added_at, ...hold }) => ({ ...hold, addedAt: added_at.toISOString() }))
}

export type AddedHold =
  { readonly outcome: 'added'; readonly hold: Hold } | { readonly outcome: 'nobody' }

/**
 * Puts a hold on a repository, a person or what a query means, from now on and for entries to come.
 * @throws QueryError if the query is wrong
 */
export async function addHold(
  database: Database,
  { kind, value }: Pick<Hold, 'kind' | 'value'>,
  operator: Operator & { readonly reason: string },
): Promise<AddedHold> {
  const held = await heldValue(database, { kind, value }, operator.now)
  if (held === undefined) return { outcome: 'nobody' }
  return asAct(database, operator, {
    work: async ({ connection, append }) => {
      const { rows } = await connection.query<HoldRow>(
        `INSERT INTO legal_hold (id, number, kind, value, reason, added_at)
         SELECT $1, greatest(
           (SELECT coalesce(max(number), 0) FROM legal_hold),
           (SELECT count(*) FROM log_entry WHERE action = 'hold.added')) + 1, $2, $3, $4, $5
         RETURNING number, kind, value, reason, added_at`,
        [randomUUID(), kind, held, operator.reason, new Date(operator.now)],
      )
      const [row] = rows
      if (!row) throw new Error('the hold was not stored')
      const { number, reason, added_at } = row
      await append({
        action: 'hold.added',
        targets: [{ type: 'hold', id: number }],
        labels: { hold: number, kind, ...(kind === 'repository' && { held }) },
      })
      return {
        outcome: 'added',
        hold: { number, kind, value: held, reason, addedAt: added_at.toISOString() },
      }
    },
  })
}

/** What is stored: a query means the same whenever it is asked, a person is held whatever the login becomes. */
async function heldValue(
  database: Database,
  { kind, value }: Pick<Hold, 'kind' | 'value'>,
  now: number,
): Promise<string | undefined> {
  if (kind === 'query') return printQuery(parseQuery(value, { now }))
  if (kind === 'repository') return value
  const found = await findPerson(database, value)
  return found.length === 0 ? undefined : found.map(({ id }) => id).join(' ')
}

/** Takes a hold away. Tells whether there was such a one. */
export async function removeHold(
  database: Database,
  number: number,
  operator: Operator,
): Promise<boolean> {
  const holds = await listHolds(database.pool)
  if (!holds.some((hold) => hold.number === number)) return false
  return asAct(database, operator, {
    work: async ({ connection, append }) => {
      const { rowCount } = await connection.query('DELETE FROM legal_hold WHERE number = $1', [
        number,
      ])
      if (rowCount !== 1) return false
      await append({
        action: 'hold.removed',
        targets: [{ type: 'hold', id: number }],
        labels: { hold: number },
      })
      return true
    },
  })
}

/** The condition on a row of log_entry, named `e`, that some of these holds cover it. */
export function heldSql(holds: readonly Hold[]): Sql {
  return holds.length === 0 ? sql`FALSE` : sql`(${join(holds.map(oneSql), ' OR ')})`
}

function oneSql({ kind, value }: Hold): Sql {
  switch (kind) {
    case 'repository':
      // The repository, also under other names that it had or will have.
      return sql`(lower(e.repo) = lower(${value}) OR e.repo_id IN (SELECT repo_id FROM log_entry WHERE lower(repo) = lower(${value})))`
    case 'person': {
      const ids = value.split(' ')
      return sql`(e.actor = ANY(${ids}::uuid[]) OR e.via = ANY(${ids}::uuid[])
        OR EXISTS (SELECT FROM log_opening o WHERE o.seq = e.seq AND o.subject = ANY(${ids}::uuid[])))`
    }
    case 'query':
      // Absolute since it was stored: the moment does not matter.
      return querySql(parseQuery(value, { now: 0 }))
  }
}
