import type { Outcome } from '../../../core/domain/index.js'

/** Why a pull request left the merge queue; GitHub writes these in capitals. */
const DEQUEUED: Readonly<Record<string, Outcome>> = {
  MERGE: 'success',
  ALREADY_MERGED: 'success',
  MANUAL: 'cancelled',
  QUEUE_CLEARED: 'cancelled',
  ROLL_BACK: 'cancelled',
  CI_FAILURE: 'failure',
  MERGE_CONFLICT: 'failure',
  BRANCH_PROTECTIONS: 'failure',
  GIT_TREE_INVALID: 'failure',
  INVALID_MERGE_COMMIT: 'failure',
  CI_TIMEOUT: 'timeout',
}

const DESTROYED: Readonly<Record<string, Outcome>> = {
  merged: 'success',
  invalidated: 'failure',
  dequeued: 'cancelled',
}

export function outcomeOfDequeuing(reason: unknown): Outcome {
  return outcomeIn(DEQUEUED, reason)
}

export function outcomeOfGroup(reason: unknown): Outcome {
  return outcomeIn(DESTROYED, reason)
}

function outcomeIn(outcomes: Readonly<Record<string, Outcome>>, reason: unknown): Outcome {
  if (typeof reason !== 'string' || !Object.hasOwn(outcomes, reason)) return 'unknown'
  return outcomes[reason] ?? 'unknown'
}
