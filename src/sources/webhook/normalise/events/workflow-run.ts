import type {
  CiContext,
  DraftTarget,
  EntryDraft,
  JsonObject,
  Link,
  Principal,
} from '../../../../core/domain/index.js'
import { actionName } from '../action-names.js'
import { correlation, draft } from '../draft.js'
import type { Normaliser, WebhookEvent } from '../event.js'
import { below, htmlUrl, links } from '../links.js'
import { outcomeOf, severityOf } from '../outcome.js'
import { count, integer, LIMITS, object, text } from '../payload.js'
import { isOfFork, peopleBehind, runContext, workflowName } from '../run.js'
import { instant } from '../time.js'
import { firstWho, isSame, principal, type Who } from '../who.js'
import { pullRequestsOf } from '../workflow.js'

const NAMES = {
  requested: 'workflow_run.requested',
  in_progress: 'workflow_run.started',
  completed: 'workflow_run.completed',
}

/** The life of a run. A re-run keeps the run's id: `requested` with an attempt above 1. */
export const workflowRun: Normaliser = {
  event: 'workflow_run',
  normalise: (event) => [runEntry(event, object(event.payload.workflow_run))],
}

function runEntry(event: WebhookEvent, run: JsonObject): EntryDraft {
  const attempt = count(run.run_attempt) ?? 1
  const isRerun = event.action === 'requested' && attempt > 1
  const first = principal(run.actor)
  const who = whoStarted(event, run)
  const outcome = outcomeOf(run.conclusion, event.action)
  return draft(event, {
    action: isRerun ? 'workflow_run.rerun' : actionName(event, NAMES),
    at: times(event, run, attempt),
    who,
    // The attempt runs with the rights of whoever triggered the run first.
    onBehalfOf: first && !isSame(first, who.actor) ? [first] : undefined,
    triggeringActor: principal(run.triggering_actor),
    outcome,
    severity: severityOf(outcome),
    targets: targets(event, run, who),
    ci: ci(event, run),
    links: runLinks(event, run, attempt),
    correlation: correlation('run', event.repo, integer(run.id)),
    labels: labels(event, run, attempt),
  })
}

/** Whoever started this attempt; on a first attempt that is whoever triggered the run. */
function whoStarted(event: WebhookEvent, run: JsonObject): Who {
  const who = firstWho([
    ['workflow_run.triggering_actor', run.triggering_actor],
    ['workflow_run.actor', run.actor],
    ['sender', event.payload.sender],
  ])
  // A schedule has no person behind it: GitHub names whoever last touched its cron line.
  if (run.event !== 'schedule' || who.attribution.confidence !== 'verified') return who
  const method = `${who.attribution.method}; a schedule started it, GitHub names its last editor`
  return { actor: who.actor, attribution: { confidence: 'derived', method } }
}

function times(event: WebhookEvent, run: JsonObject, attempt: number): unknown[] {
  if (event.action !== 'requested') return [run.updated_at, run.run_started_at, run.created_at]
  return attempt > 1
    ? [run.run_started_at, run.updated_at, run.created_at]
    : [run.created_at, run.run_started_at]
}

function targets(event: WebhookEvent, run: JsonObject, who: Who): DraftTarget[] {
  const found: DraftTarget[] = [
    {
      type: 'workflow_run',
      id: integer(run.id),
      name: workflowName(event, run),
      url: htmlUrl(run),
    },
  ]
  const sender = principal(event.payload.sender)
  if (sender && isThird(sender, who, run)) found.push({ type: 'sender', principal: sender })
  return found
}

function isThird(sender: Principal, who: Who, run: JsonObject): boolean {
  return !isSame(sender, who.actor) && !isSame(sender, principal(run.actor))
}

function ci(event: WebhookEvent, run: JsonObject): CiContext {
  const completed = event.action === 'completed' ? instant(run.updated_at) : undefined
  return { ...runContext(event, run), completed_at: completed }
}

function runLinks(event: WebhookEvent, run: JsonObject, attempt: number): Link[] {
  const url = htmlUrl(run)
  const sha = text(run.head_sha, LIMITS.sha)
  const earlier = attempt > 1 ? below(url, 'attempts', attempt - 1) : undefined
  const pulls = pullRequestsOf(run.pull_requests, event.repo) ?? []
  return links([
    ['run', attempt > 1 ? below(url, 'attempts', attempt) : url],
    ['previous_attempt', earlier],
    ['workflow', htmlUrl(event.payload.workflow)],
    ['commit', sha === undefined ? undefined : below(event.repoUrl, 'commit', sha)],
    ...pulls.map((number) => ['pull_request', below(event.repoUrl, 'pull', number)] as const),
  ])
}

function labels(
  event: WebhookEvent,
  run: JsonObject,
  attempt: number,
): Record<string, string | number | boolean | undefined> {
  const conclusion = text(run.conclusion, 40)
  return {
    rerun: attempt > 1,
    rerun_by_other: attempt > 1 && peopleBehind(run).length > 1,
    fork: isOfFork(event, run),
    needs_approval: conclusion === 'action_required',
    // No field of any webhook names who cancelled a run, or who let a fork's run start.
    canceller: conclusion === 'cancelled' ? 'not stated' : undefined,
    conclusion: event.action === 'completed' ? conclusion : undefined,
  }
}
