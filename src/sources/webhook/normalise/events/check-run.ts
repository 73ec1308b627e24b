import {
  personal,
  type DraftTarget,
  type JsonObject,
  type Personal,
} from '../../../../core/domain/index.js'
import { actionName } from '../action-names.js'
import { appPrincipal } from '../app.js'
import { actorsOfCheck, jobOfCheck, outcomeOfCheck, suiteContext } from '../checks.js'
import { correlation, draft, type Facts } from '../draft.js'
import type { Normaliser, WebhookEvent } from '../event.js'
import { below, htmlUrl, links } from '../links.js'
import { severityOf } from '../outcome.js'
import { count, firstLine, integer, LIMITS, object, text } from '../payload.js'
import { instant } from '../time.js'

const NAMES = {
  created: 'check_run.created',
  completed: 'check_run.completed',
  rerequested: 'check_run.rerequested',
  requested_action: 'check_run.action_requested',
}

/** One check of a commit, by an App: ours too, which are known by the label `app_id` and cause no reaction. */
export const checkRun: Normaliser = {
  event: 'check_run',
  normalise(event) {
    const check = object(event.payload.check_run)
    const suite = object(check.check_suite)
    const job = jobOfCheck(check)
    const outcome = outcomeOfCheck(event, check)
    const entry = draft(event, {
      action: actionName(event, NAMES),
      at: times(event, check),
      ...actorsOfCheck(event, 'check_run', check),
      outcome,
      severity: event.action === 'completed' ? severityOf(outcome) : undefined,
      targets: targets(event, check),
      ci: {
        ...suiteContext(event, { ...suite, head_sha: check.head_sha ?? suite.head_sha }),
        ...job,
        environment: text(object(check.deployment).environment),
        started_at: instant(check.started_at),
        completed_at: instant(check.completed_at),
      },
      reason: reason(check),
      links: checkLinks(event, check),
      correlation:
        job === undefined
          ? correlation('check_suite', event.repo, integer(suite.id))
          : correlation('run', event.repo, job.run_id),
      labels: labels(event, check),
    })
    return [entry]
  },
}

/** When a button was pressed is not stated: the check's times are of the work before. */
function times({ action }: WebhookEvent, check: JsonObject): unknown[] {
  if (action === 'completed') return [check.completed_at]
  return action === 'created' ? [check.started_at] : []
}

function targets(event: WebhookEvent, check: JsonObject): DraftTarget[] {
  const id = integer(check.id)
  const found: DraftTarget[] = [
    { type: 'check_run', id, name: text(check.name), url: htmlUrl(check) },
  ]
  const app = appPrincipal(check.app)
  // The App that the press of a button is for.
  if (app && event.action.includes('request')) found.push({ type: 'app', principal: app })
  return found
}

/** The heading that the App gave its result. */
function reason(check: JsonObject): Personal | undefined {
  const title = firstLine(object(check.output).title)
  return title === undefined ? undefined : personal(title, appPrincipal(check.app))
}

function checkLinks(event: WebhookEvent, check: JsonObject): ReturnType<typeof links> {
  const sha = text(check.head_sha, LIMITS.sha)
  return links([
    ['check', htmlUrl(check)],
    ['details', check.details_url],
    ['commit', sha === undefined ? undefined : below(event.repoUrl, 'commit', sha)],
    ['repository', event.repoUrl],
  ])
}

function labels(event: WebhookEvent, check: JsonObject): Facts['labels'] {
  const app = text(object(check.app).slug)
  return {
    conclusion: event.action === 'completed' ? text(check.conclusion, 40) : undefined,
    app,
    annotations: count(object(check.output).annotations_count) || undefined,
    button: text(object(event.payload.requested_action).identifier, 100),
    repeats: app === 'github-actions' ? 'workflow_job' : undefined,
    fork: object(check.check_suite).head_branch === null,
  }
}
