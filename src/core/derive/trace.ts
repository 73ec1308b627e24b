import type { AuditEntry, EntryDraft } from '../domain/index.js'
import { entryTarget, settingOf, type DerivedFact, type PrincipalOf } from './fact.js'
import type { RunAt } from './runs-at.js'

/** What GitHub Actions' own account did that people want to trace to a person. */
export const TRACED_ACTIONS: ReadonlySet<string> = new Set([
  'push.created',
  'push.forced',
  'branch.created',
  'branch.deleted',
  'tag.created',
  'tag.moved',
  'tag.deleted',
  'pull_request.opened',
  'pull_request.merged',
  'pull_request_review.approved',
  'release.created',
  'release.published',
  'deployment.created',
  'workflow.dispatched',
  'repository.dispatched',
])

const ACTIONS_BOT = 'github-actions[bot]'

/** Whether a run, and so a person, stands behind an entry that does not say so itself. */
export function isToTrace({ action, actor, on_behalf_of = [] }: AuditEntry): boolean {
  return TRACED_ACTIONS.has(action) && actor.login === ACTIONS_BOT && on_behalf_of.length === 0
}

/** The one run that can have done it, or why there is none. */
export type Trace =
  | { readonly run: RunAt; readonly method: string }
  | { readonly run: undefined; readonly method: string }

/**
 * Which of the runs that were in progress did what GitHub Actions' account did: the only one on the commit that it started
 * from, or else the only one at all. Two that could have leave it unknown.
 */
export function traceToRun(entry: AuditEntry, running: readonly RunAt[]): Trace {
  const from = entry.ci?.before_sha ?? entry.ci?.head_sha
  const onCommit = running.filter(({ headSha }) => headSha !== undefined && headSha === from)
  const [candidate, ...others] = onCommit.length > 0 ? onCommit : running
  if (candidate && others.length === 0) return { run: candidate, method: onlyOne(onCommit) }
  const method =
    running.length === 0
      ? 'no run of the repository is known to have been in progress'
      : `${String(others.length + 1)} runs were in progress that could have done it`
  return { run: undefined, method }
}

function onlyOne(onCommit: readonly RunAt[]): string {
  return onCommit.length > 0
    ? 'the only run in progress on the commit that it started from'
    : 'the only run of the repository that was in progress'
}

/** What is stated about it. `run` is the traced run's own entry. */
export function tracedFact(
  entry: AuditEntry,
  { method }: Trace,
  run: AuditEntry | undefined,
  principalOf: PrincipalOf,
): DerivedFact {
  const verdict = run
    ? `run ${String(run.ci?.run_id)}/${String(run.ci?.run_attempt ?? 1)}`
    : 'untraced'
  const common = {
    ...settingOf(entry),
    occurred_at: entry.occurred_at,
    actor: principalOf(entry.actor),
    links: entry.links,
    labels: { traced_seq: entry.seq },
  }
  const draft: EntryDraft = run
    ? { ...common, ...behind(entry, run, principalOf), ...attributed('derived', method) }
    : {
        ...common,
        action: 'actor.untraced',
        outcome: 'unknown',
        targets: [entryTarget(entry)],
        ci: { ref: entry.ci?.ref, head_sha: entry.ci?.head_sha },
        ...attributed('unknown', method),
      }
  return { key: `trace:${entry.id}`, verdict, draft }
}

/** Person → bot → run: who started the attempt, and first of all who triggered the run. */
function behind(
  entry: AuditEntry,
  run: AuditEntry,
  principalOf: PrincipalOf,
): Pick<EntryDraft, 'action' | 'outcome' | 'on_behalf_of' | 'targets' | 'ci'> {
  const { workflow, workflow_path, run_id, run_number, run_attempt, event } = run.ci ?? {}
  const { ref, head_sha } = entry.ci ?? {}
  return {
    action: 'actor.traced',
    outcome: 'success',
    on_behalf_of: [run.actor, ...(run.on_behalf_of ?? [])].map(principalOf),
    targets: [
      entryTarget(entry),
      { type: 'workflow_run', id: run_id, name: workflow, url: run.targets[0]?.url },
    ],
    ci: { workflow, workflow_path, run_id, run_number, run_attempt, event, ref, head_sha },
  }
}

function attributed(
  confidence: 'derived' | 'unknown',
  method: string,
): Pick<EntryDraft, 'attribution'> {
  return { attribution: { confidence, method } }
}
