import { types } from 'node:util'

const CENSOR = '[redacted]'
const MAX_DEPTH = 5
const MAX_ITEMS = 50

/** What may not be logged whatever it holds: secrets, and text that came from outside in bulk. */
const HIDDEN = new Set([
  'authorization',
  'token',
  'apitoken',
  'password',
  'secret',
  'secrets',
  'webhooksecret',
  'webhooksecrets',
  'privatekey',
  'databaseurl',
  'clientsecret',
  'pem',
  'cookie',
  'body',
  'rawbody',
  'payload',
  'headers',
])

/** All of an error that is logged. The rest (an Octokit error's request, Probot's event) stays out. */
export interface LoggedError {
  readonly type: string
  readonly message: string
  readonly stack?: string | undefined
  readonly code?: string | number | undefined
  readonly status?: number | undefined
  readonly cause?: unknown
  readonly errors?: unknown
}

/** A copy of what is to be logged: plain values as they are, errors cut down, secrets and bodies hidden. */
export function loggable(fields: Record<string, unknown>): Record<string, unknown> {
  return copyMembers(fields, 0)
}

function copyMembers(members: object, depth: number): Record<string, unknown> {
  const copy: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(members)) {
    const hidden = value !== undefined && HIDDEN.has(key.replaceAll('_', '').toLowerCase())
    copy[key] = hidden ? CENSOR : copyValue(value, depth + 1)
  }
  return copy
}

function copyValue(value: unknown, depth: number): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return value
  if (depth > MAX_DEPTH) return '[deep]'
  if (isError(value)) return loggedError(value, depth)
  if (Array.isArray(value)) {
    return value.slice(0, MAX_ITEMS).map((item) => copyValue(item, depth + 1))
  }
  return isPlain(value) ? copyMembers(value, depth) : `[${value.constructor.name}]`
}

function loggedError(error: Error, depth: number): LoggedError {
  const code = 'code' in error ? error.code : undefined
  const status = 'status' in error ? error.status : undefined
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    code: typeof code === 'string' || typeof code === 'number' ? code : undefined,
    status: typeof status === 'number' ? status : undefined,
    cause: copyValue(error.cause, depth + 1),
    errors: error instanceof AggregateError ? copyValue(error.errors, depth + 1) : undefined,
  }
}

/** An error of any realm: `instanceof` knows only those of its own. */
function isError(value: object): value is Error {
  return value instanceof Error || types.isNativeError(value)
}

/** Requests, responses, buffers and connections are not: they would be written out with all that they hold. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
