import type {
  CheckRunReport,
  ReportChange,
  ReportFinding,
  ReportJob,
  ReportPush,
  ReportRun,
  ReportWindow,
  Severity,
} from '../../core/domain/index.js'
import { attemptsByRun } from './attempts.js'
import { gravestChange } from './definition-prose.js'

/** A fact that is worth a glance. What a person reads about it is in prose.ts. */
export type Notable =
  | { readonly kind: 'finding'; readonly severity: Severity; readonly finding: ReportFinding }
  | { readonly kind: 'forced_push'; readonly severity: Severity; readonly push: ReportPush }
  | { readonly kind: 'pipeline_changed'; readonly severity: Severity; readonly push: ReportPush }
  | JobNotable
  | { readonly kind: 'rerun_to_green'; readonly severity: Severity; readonly run: ReportRun }
  | { readonly kind: 'rerun_by_another'; readonly severity: Severity; readonly run: ReportRun }
  | ChangeNotable

interface JobNotable {
  readonly kind: 'hidden_failure'
  readonly severity: Severity
  readonly run: ReportRun
  readonly job: ReportJob
}

interface ChangeNotable {
  readonly kind: 'changed_around'
  readonly severity: Severity
  readonly window: ReportWindow
  readonly changes: readonly ReportChange[]
}

/** Most surprising first; the report's own order within one severity. */
export function notables(report: CheckRunReport): Notable[] {
  const told = new Set(report.findings.map(({ seq }) => seq))
  const found = [
    ...report.findings.map((finding): Notable => ({
      kind: 'finding',
      severity: finding.severity,
      finding,
    })),
    ...report.pushes.flatMap(ofPush),
    ...attemptsByRun(report.runs).flatMap(ofRun),
    ...report.sinceGreen.flatMap((window) => ofWindow(window, told)),
  ]
  return found.sort((one, other) => other.severity - one.severity)
}

function ofPush(push: ReportPush): Notable[] {
  const found: Notable[] = []
  if (push.forced && isSettled(push)) found.push({ kind: 'forced_push', severity: 3, push })
  if (push.pipelineFiles.length > 0) {
    const severity = gravestChange(push)?.severity ?? 2
    found.push({ kind: 'pipeline_changed', severity: severity < 2 ? 2 : severity, push })
  }
  return found
}

/** Where history must not change. On other branches a forced push is how people work. */
function isSettled({ ref, defaultBranch }: ReportPush): boolean {
  return defaultBranch || ref.startsWith('refs/tags/')
}

/** @param attempts of one run, newest first */
function ofRun(attempts: readonly ReportRun[]): Notable[] {
  const [run, previous] = attempts
  if (!run) return []
  const found = run.jobs.flatMap((job) => ofJob(run, job))
  if (previous?.outcome === 'failure' && run.outcome === 'success') {
    found.push({ kind: 'rerun_to_green', severity: 2, run })
  }
  if (run.attempt > 1 && isAnother(run)) {
    found.push({ kind: 'rerun_by_another', severity: 1, run })
  }
  return found
}

function isAnother({ actor, triggeringActor }: ReportRun): boolean {
  return Boolean(triggeringActor?.login && actor.login && triggeringActor.login !== actor.login)
}

function ofJob(run: ReportRun, job: ReportJob): Notable[] {
  const failed = job.steps.some(({ conclusion }) => conclusion === 'failure')
  if (job.outcome !== 'success' || !failed) return []
  return [{ kind: 'hidden_failure', severity: 2, run, job }]
}

/** Pipeline files are told with their push; what is changed elsewhere nobody sees in a diff. */
const OUTSIDE_THE_DIFF = new Set(['secret', 'setting', 'access', 'security'])

/** @param told entries that another line tells of: two workflows that run on a branch see the same changes */
function ofWindow(window: ReportWindow, told: Set<number>): Notable[] {
  const changes = window.changes.filter(
    ({ seq, category }) => OUTSIDE_THE_DIFF.has(category) && !told.has(seq),
  )
  for (const { seq } of changes) told.add(seq)
  return changes.length > 0 ? [{ kind: 'changed_around', severity: 2, window, changes }] : []
}
