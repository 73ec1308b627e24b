import type { ClientConfig } from 'pg'

import type { Database } from '../database.js'

/** How to reach the same database from another thread: plain values, which can be sent there. */
export function connectionOf({ pool }: Pick<Database, 'pool'>): ClientConfig {
  const { connectionString, host, port, user, password, database, ssl } = pool.options
  const given = { connectionString, host, port, user, password, database, ssl }
  const plain = Object.entries(given).filter(
    ([, value]) => value !== undefined && typeof value !== 'function',
  )
  return Object.fromEntries(plain)
}
