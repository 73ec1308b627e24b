import type { CiContext, JsonObject, Outcome, Principal } from '../../../core/domain/index.js'
import { appPrincipal } from './app.js'
import { bySender } from './draft.js'
import type { WebhookEvent } from './event.js'
import { outcomeOf } from './outcome.js'
import { integer, LIMITS, object, text } from './payload.js'
import { behind, principal, type Who } from './who.js'
import { pullRequestsOf } from './workflow.js'

/** What people do with checks; everything else an App does. */
const PRESSED = new Set(['requested', 'rerequested', 'requested_action'])

export interface CheckActors {
  readonly who: Who
  readonly onBehalfOf?: readonly Principal[]
}

/**
 * Who wrote a check: its App. The sender of such an event is whoever pushed the commit, and stands behind the App.
 * A push asks for a suite, and a person for a repetition: there the sender acted.
 */
export function actorsOfCheck(event: WebhookEvent, field: string, check: JsonObject): CheckActors {
  const app = appPrincipal(check.app)
  if (PRESSED.has(event.action) || !app) return { who: bySender(event) }
  const sender = principal(event.payload.sender)
  const people = sender?.type === 'user' ? [sender] : []
  return {
    who: { actor: app, attribution: { confidence: 'verified', method: `${field}.app` } },
    onBehalfOf: behind(app, people),
  }
}

/** What an App found. When somebody asks for more, an earlier finding is no answer to that. */
export function outcomeOfCheck({ action }: WebhookEvent, check: JsonObject): Outcome {
  return PRESSED.has(action) ? 'pending' : outcomeOf(check.conclusion, action)
}

/** A suite's place: null as its branch means a fork's commit. */
export function suiteContext(event: WebhookEvent, suite: JsonObject): CiContext {
  const branch = text(suite.head_branch)
  const pulls = pullRequestsOf(suite.pull_requests, event.repo)
  return {
    ref: branch,
    before_sha: text(suite.before, LIMITS.sha),
    head_sha: text(suite.head_sha, LIMITS.sha),
    pull_requests: pulls,
  }
}

/** `…/actions/runs/<run>/job/<job>`, where a check is a job of GitHub Actions; nothing else is believed. */
export function jobOfCheck(check: JsonObject): Pick<CiContext, 'run_id' | 'job_id'> | undefined {
  if (text(object(check.app).slug) !== 'github-actions') return undefined
  const found = /\/actions\/runs\/(\d{1,15})\/job\/(\d{1,15})/.exec(text(check.details_url) ?? '')
  if (!found) return undefined
  return { run_id: integer(Number(found[1])), job_id: integer(Number(found[2])) }
}
