import { personal } from '../core/domain/index.js'
import type { SavedQuery } from '../core/search/index.js'
import type { Database } from '../platform/index.js'
import { LedgerError } from './errors.js'
import type { Connection } from './log-connection.js'
import { asAct, type Act, type Operator } from './operator-act.js'

/** Every saved query, by organisation and name. @throws LedgerError `unavailable` */
export async function savedQueries({ prisma }: Database): Promise<SavedQuery[]> {
  // Made outside of the try: only what the database answers is an absence of it.
  const order = [{ organisation: 'asc' }, { name: 'asc' }] as const
  const asked = prisma.savedQuery.findMany({ orderBy: [...order] })
  try {
    const rows = await asked
    return rows.map(({ organisation, name, query }) => ({ organisation, name, text: query }))
  } catch (cause) {
    throw new LedgerError('unavailable', 'saved queries could not be read', { cause })
  }
}

/**
 * Saves a query, in the place of one of the same name.
 * @returns the number of the entry; nothing where the query is saved already as it is
 */
export async function saveQuery(
  database: Database,
  saved: SavedQuery,
  operator: Operator,
): Promise<number | undefined> {
  const { organisation, name, text } = saved
  return asAct(database, operator, {
    work: async ({ connection, append }) => {
      const before = await textOf(connection, saved)
      if (before === text) return undefined
      const seq = await append(changing(saved, before, text))
      await connection.query(
        `INSERT INTO saved_query (organisation, name, query, seq, updated_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (organisation, name) DO UPDATE
           SET query = excluded.query, seq = excluded.seq, updated_at = excluded.updated_at`,
        [organisation, name, text, seq, new Date(operator.now)],
      )
      return seq
    },
  })
}

/** Removes a saved query; entries keep what it was. @returns the number of the entry; nothing where there is none */
export async function removeQuery(
  database: Database,
  name: SavedName,
  operator: Operator,
): Promise<number | undefined> {
  return asAct(database, operator, {
    work: async ({ connection, append }) => {
      const before = await textOf(connection, name)
      if (before === undefined) return undefined
      const seq = await append(changing(name, before, undefined))
      await connection.query('DELETE FROM saved_query WHERE organisation = $1 AND name = $2', [
        name.organisation,
        name.name,
      ])
      return seq
    },
  })
}

type SavedName = Pick<SavedQuery, 'organisation' | 'name'>

/** Under the lock of the log, which whoever changes saved queries takes. */
async function textOf(
  connection: Connection,
  { organisation, name }: SavedName,
): Promise<string | undefined> {
  const { rows } = await connection.query<{ query: string }>(
    'SELECT query FROM saved_query WHERE organisation = $1 AND name = $2',
    [organisation, name],
  )
  return rows[0]?.query
}

/** A query may name people, so its text is sealed. */
function changing(
  { organisation, name }: SavedName,
  before: string | undefined,
  after: string | undefined,
): Act {
  const sealed = (text: string | undefined) => (text === undefined ? undefined : personal(text))
  return {
    action: actionOf(before, after),
    targets: [{ type: 'saved_query', id: `${organisation}/${name}`, name }],
    changes: [{ path: 'query', before: sealed(before), after: sealed(after) }],
  }
}

function actionOf(before: string | undefined, after: string | undefined): string {
  if (after === undefined) return 'saved_query.deleted'
  return before === undefined ? 'saved_query.created' : 'saved_query.updated'
}
