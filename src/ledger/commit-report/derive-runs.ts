import type {
  AuditEntry,
  EntryPrincipal,
  ReportJob,
  ReportPerson,
  ReportRun,
} from '../../core/domain/index.js'
import {
  foldRuns,
  type AttemptState,
  type JobState,
  type RunState,
} from '../../core/state/index.js'

/** Every run attempt that the entries tell of: state is a fold over facts, in whichever order they came. */
export function deriveRuns(entries: readonly AuditEntry[]): ReportRun[] {
  return foldRuns(entries).flatMap((run) => run.attempts.map((attempt) => runOf(run, attempt)))
}

function runOf(run: RunState, attempt: AttemptState): ReportRun {
  const { runId, runNumber, workflow, workflowPath, event, ref } = run
  const { outcome, triggeringActor, attribution, startedAt, completedAt, url, jobs } = attempt
  return {
    runId,
    attempt: attempt.attempt,
    runNumber,
    workflow,
    workflowPath,
    event,
    ref,
    state: stateOf(attempt),
    outcome,
    // A re-run's actor is whoever re-ran it; who started the first attempt comes first in the chain.
    actor: personOf(attempt.onBehalfOf[0] ?? attempt.actor),
    triggeringActor: triggeringActor && personOf(triggeringActor),
    attribution,
    startedAt,
    completedAt,
    url,
    jobs: jobs.map(jobOf),
  }
}

function stateOf({ status }: AttemptState): ReportRun['state'] {
  return status === 'completed' || status === 'in_progress' ? status : 'waiting'
}

function jobOf({ name, outcome, url, steps }: JobState): ReportJob {
  return { name, outcome, url, steps }
}

export function personOf({ type, login }: EntryPrincipal): ReportPerson {
  return { type, login }
}

export function linkOf({ links }: AuditEntry, rel: string): string | undefined {
  return links?.find((link) => link.rel === rel)?.url
}
