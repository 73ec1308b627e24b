import { groupBy } from '../domain/index.js'

/** What the log's columns say of a run's moment, without opening its entry. */
export interface RunMoment {
  readonly seq: number
  readonly action: string
  readonly runId: number
  readonly attempt: number
  readonly headSha: string | undefined
  /** Milliseconds since 1970. */
  readonly at: number
}

/** An attempt that was in progress, as far as is known. */
export interface RunAt {
  readonly runId: number
  readonly attempt: number
  readonly headSha: string | undefined
  /** Its newest entry, which says who started it. */
  readonly seq: number
}

/** GitHub's times are whole seconds, and of several machines. */
const SLACK_MS = 2000

/** The attempts that were at work at a moment: begun, and not known to have ended before it. */
export function runsAt(moments: readonly RunMoment[], at: number): RunAt[] {
  const attempts = groupBy(moments, ({ runId, attempt }) => `${String(runId)}/${String(attempt)}`)
  return [...attempts.values()].flatMap((ofAttempt) => {
    const ended = timeOf(ofAttempt, 'workflow_run.completed')
    const begun =
      timeOf(ofAttempt, 'workflow_run.started') ??
      timeOf(ofAttempt, 'workflow_run.requested') ??
      timeOf(ofAttempt, 'workflow_run.rerun')
    if (begun === undefined || begun > at + SLACK_MS) return []
    if (ended !== undefined && ended < at - SLACK_MS) return []
    const newest = ofAttempt.reduce((one, other) => (other.at >= one.at ? other : one))
    return [{ ...newest }]
  })
}

function timeOf(moments: readonly RunMoment[], action: string): number | undefined {
  return moments.find((moment) => moment.action === action)?.at
}
