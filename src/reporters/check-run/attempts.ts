import { groupBy, type ReportRun } from '../../core/domain/index.js'

/** The attempts of each run, newest first; runs in order of appearance. */
export function attemptsByRun(runs: readonly ReportRun[]): ReportRun[][] {
  const groups = [...groupBy(runs, ({ runId }) => runId).values()]
  return groups.map((attempts) => attempts.sort((one, other) => other.attempt - one.attempt))
}

/** Whether every run's newest attempt is over; also true when nothing ran. */
export function isOver(runs: readonly ReportRun[]): boolean {
  return attemptsByRun(runs).every(([newest]) => newest?.state === 'completed')
}
