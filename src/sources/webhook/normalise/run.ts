import {
  personal,
  type CiContext,
  type JsonObject,
  type Principal,
} from '../../../core/domain/index.js'
import { hosted, type WebhookEvent } from './event.js'
import { count, firstLine, integer, LIMITS, list, object, text } from './payload.js'
import { instant } from './time.js'
import { isSame, principal } from './who.js'
import { pullRequestsOf, refOf, workflowPath } from './workflow.js'

const MOST_REFERENCED = 50

/** What any payload that carries a run says of it; nothing if it carries none. */
export function runContext(event: WebhookEvent, run: JsonObject): CiContext {
  const title = firstLine(run.display_title) ?? firstLine(object(run.head_commit).message)
  const headRepo = hosted(event.host, run.head_repository)
  return {
    workflow: workflowName(event, run),
    workflow_path: workflowPath(run.path) ?? workflowPath(object(event.payload.workflow).path),
    run_id: integer(run.id),
    run_number: count(run.run_number),
    run_attempt: count(run.run_attempt),
    event: text(run.event),
    ref: refOf(run),
    head_sha: text(run.head_sha, LIMITS.sha),
    head_repo: headRepo?.id === event.repo?.id ? undefined : headRepo,
    pull_requests: pullRequestsOf(run.pull_requests, event.repo),
    title: title === undefined ? undefined : personal(title),
    started_at: instant(run.run_started_at),
    referenced_workflows: referenced(run),
  }
}

/** Some payloads have the run's title where its workflow's name should stand: text that people write. */
export function workflowName(event: WebhookEvent, run: JsonObject): string | undefined {
  const name = run.name === run.display_title ? undefined : text(run.name)
  return text(object(event.payload.workflow).name) ?? name
}

/** Whoever stands behind a run: who started this attempt, then who triggered the run first. */
export function peopleBehind(run: JsonObject): Principal[] {
  const starter = principal(run.triggering_actor)
  const first = principal(run.actor)
  if (!starter || isSame(starter, first)) return first ? [first] : []
  return first ? [starter, first] : [starter]
}

/** Whether the run's head is in another repository; `undefined` if the payload does not say. */
export function isOfFork(event: WebhookEvent, run: JsonObject): boolean | undefined {
  const head = integer(object(run.head_repository).id)
  return head === undefined || event.repo === undefined ? undefined : head !== event.repo.id
}

/** Reusable workflows with the commit that each was resolved to. */
function referenced(run: JsonObject): CiContext['referenced_workflows'] {
  const found: { path: string; sha: string }[] = []
  for (const one of list(run.referenced_workflows).slice(0, MOST_REFERENCED)) {
    const { path, sha } = object(one)
    const [at, commit] = [text(path, LIMITS.path), text(sha, LIMITS.sha)]
    if (at !== undefined && commit !== undefined) found.push({ path: at, sha: commit })
  }
  return found.length > 0 ? found : undefined
}
