/** The log was not at the size that the writer expected: another writer was first. Raised by log_append. */
export const STALE_SIZE = 'HT001'
export const UNIQUE_VIOLATION = '23505'

/**
 * The SQLSTATE inside an error of Prisma or pg, wherever this version of the adapter keeps it.
 * `undefined` for everything that PostgreSQL did not answer: a lost connection, a bug.
 */
export function sqlState(error: unknown): string | undefined {
  for (let inner: unknown = error, depth = 0; isObject(inner) && depth < 5; depth += 1) {
    const state = stateOf(inner)
    if (state !== undefined) return state
    inner =
      inner['cause'] ?? (isObject(inner['meta']) ? inner['meta']['driverAdapterError'] : undefined)
  }
  return undefined
}

function stateOf(error: Record<string, unknown>): string | undefined {
  for (const key of ['originalCode', 'code']) {
    const code = error[key]
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !/^P\d{4}$/.test(code))
      return code
  }
  return error['code'] === 'P2002' ? UNIQUE_VIOLATION : undefined
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
