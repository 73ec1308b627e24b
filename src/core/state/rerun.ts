import type { JobState } from './jobs.js'

/**
 * GitHub does not say what was started again: every job, those that failed (with the ones that waited for them), or
 * a job that somebody picked.
 */
export type JobsRunAgain = 'all' | 'failed' | 'some'

/** Read off the jobs of two attempts that follow each other; `undefined` while either has none that are known. */
export function jobsRunAgain(
  before: readonly JobState[],
  after: readonly JobState[],
): JobsRunAgain | undefined {
  if (before.length === 0 || after.length === 0) return undefined
  const again = new Set(after.map(({ name }) => name))
  if (before.every(({ name }) => again.has(name))) return 'all'
  const succeeded = before.filter(({ outcome }) => outcome === 'success')
  const failed = before.filter(({ outcome }) => FAILED.has(outcome))
  const onlyFailed = !succeeded.some(({ name }) => again.has(name))
  return onlyFailed && failed.every(({ name }) => again.has(name)) ? 'failed' : 'some'
}

const FAILED = new Set(['failure', 'timeout', 'error', 'cancelled'])
