import type { Outcome, Severity } from '../../../core/domain/index.js'

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  success: 'success',
  failure: 'failure',
  cancelled: 'cancelled',
  skipped: 'skipped',
  timed_out: 'timeout',
  neutral: 'neutral',
  stale: 'neutral',
  action_required: 'pending',
  startup_failure: 'error',
  error: 'error',
  pending: 'pending',
}

/** A run or job that went wrong is worth a look; a cancelled one was meant. */
export function severityOf(outcome: Outcome): Severity | undefined {
  return outcome === 'failure' || outcome === 'timeout' || outcome === 'error' ? 1 : undefined
}

/** What a conclusion means; one that GitHub adds later is `unknown`. Without one, it depends on the action. */
export function outcomeOf(conclusion: unknown, action: string): Outcome {
  if (typeof conclusion !== 'string') return action === 'completed' ? 'unknown' : 'pending'
  return (Object.hasOwn(OUTCOMES, conclusion) ? OUTCOMES[conclusion] : undefined) ?? 'unknown'
}
