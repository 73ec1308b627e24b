import { userInfo } from 'node:os'

import type { Operator } from '../ledger/index.js'
import type { Config } from '../platform/index.js'
import type { CliContext } from './context.js'
import { UsageError } from './exit-code.js'

export interface OperatorFlags {
  readonly reason?: string
  readonly operator?: string
}

/** Whom an act is recorded under: the name that was given, or the system account. */
export function operatorOf({ now }: CliContext, { operator, reason }: OperatorFlags): Operator {
  return { name: operator ?? userInfo().username, reason, now: now() }
}

/** For commands that do not ask: the login that the person gave, or the system account. */
export function operatorBy(context: CliContext, { login }: Pick<Config, 'login'>): Operator {
  return operatorOf(context, login === undefined ? {} : { operator: login })
}

/** For acts that nobody may do without saying why. @throws UsageError */
export function operatorWithReason(
  context: CliContext,
  flags: OperatorFlags,
): Operator & { readonly reason: string } {
  const reason = flags.reason?.trim()
  if (reason === undefined || reason === '') {
    throw new UsageError('say why: --reason "erasure request of 2026-11-20, ticket 4711"')
  }
  return { ...operatorOf(context, flags), reason }
}
