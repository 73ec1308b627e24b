import { HooktrailError } from '../core/domain/index.js'
import { QueryError } from '../core/search/index.js'
import { PROBLEMS, type ErrorCode } from './problem-codes.js'
import type { Problem } from './problem.js'

/** The answer to an error; `undefined` for those that nobody outside should read about. */
export function errorProblem(error: unknown): Problem | undefined {
  if (!(error instanceof HooktrailError)) return undefined
  const code: unknown = error.code
  if (!isCode(code)) return undefined
  const detail = error.message
  if (!(error instanceof QueryError)) return { code, detail }
  const { position, length, suggestion } = error
  return { code, detail, position, length, suggestion }
}

function isCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(PROBLEMS, code)
}
