import { HooktrailError } from '../../core/domain/index.js'

/**
 * - `unsupported`: the embedded server does not run on this system
 * - `operating-system-user`: PostgreSQL needs another user than root, and that one cannot be had
 * - `data-directory`: the data directory cannot be made, read or reached
 * - `other-version`: the data was written by another major version of PostgreSQL
 * - `in-use`: another Hooktrail runs on the same data directory
 * - `start`: PostgreSQL does not start, stop or answer
 * - `connection`: the given server refuses us or is not there
 * - `server-version`: the given server is too old
 */
export type PostgresErrorCode =
  | 'unsupported'
  | 'operating-system-user'
  | 'data-directory'
  | 'other-version'
  | 'in-use'
  | 'start'
  | 'connection'
  | 'server-version'

/** The database cannot be had; the message says why and what to do, and never holds a password. */
export class PostgresError extends HooktrailError<PostgresErrorCode> {}

/** The code of an error of Node or PostgreSQL (`ENOENT`, `28P01`); empty where it has none. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}

export function messageOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return String(error)
  return String(error.message)
}
