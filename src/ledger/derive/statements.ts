import type { DerivedFact } from '../../core/derive/index.js'
import type { Database } from '../../platform/index.js'
import { openEntries } from '../open-entries.js'

/** Times that a derived fact changes with what arrives late; then it stays as it is. */
const MOST_STATEMENTS = 20

/**
 * Under which key a derived fact is to be stated now: `derived:<what it is about>#<n>`. The newest statement is the one that
 * holds, so a fact that was stated before in the same words is not stated again, and one key is used at most once, whoever
 * is killed when.
 * @returns `undefined` if there is nothing new to say
 */
export async function nextStatement(
  database: Database,
  host: string,
  { key, verdict, withdraws }: DerivedFact,
): Promise<string | undefined> {
  const keys = Array.from({ length: MOST_STATEMENTS }, (_, index) => statementKey(key, index + 1))
  const rows = await database.prisma.$queryRaw<{ seq: bigint; leaf: Uint8Array }[]>`
    SELECT e.seq, e.leaf FROM delivery d JOIN log_entry e ON e.seq = d.first_seq
    WHERE d.host = ${host} AND d.guid = ANY(${keys})`
  if (rows.length >= MOST_STATEMENTS || (rows.length === 0 && withdraws === true)) return undefined
  const stated = await openEntries(database, rows)
  const newest = stated.find(
    ({ source }) => source.delivery_id === statementKey(key, stated.length),
  )
  return newest?.labels?.['verdict'] === verdict ? undefined : statementKey(key, rows.length + 1)
}

function statementKey(key: string, statement: number): string {
  return `derived:${key}#${String(statement)}`
}
