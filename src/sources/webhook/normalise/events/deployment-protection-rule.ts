import { actionName } from '../action-names.js'
import {
  actorsOfDeployment,
  deploymentContext,
  deploymentLabels,
  deploymentLinks,
  deploymentTarget,
} from '../deployment.js'
import { correlation, draft } from '../draft.js'
import type { Normaliser } from '../event.js'
import { below, links } from '../links.js'
import { integer, list, object, text } from '../payload.js'
import { pullRequestsOf } from '../workflow.js'

const NAMES = { requested: 'deployment.gate_requested' }

/** An App was made a guard of an environment, and is asked. Hooktrail gives no answer. */
export const deploymentProtectionRule: Normaliser = {
  event: 'deployment_protection_rule',
  normalise(event) {
    const { payload, repo, repoUrl } = event
    const about = object(payload.deployment)
    const environment = text(payload.environment) ?? text(about.environment)
    const runId = runOf(payload.deployment_callback_url)
    const entry = draft(event, {
      action: actionName(event, NAMES),
      at: [about.updated_at, about.created_at],
      ...actorsOfDeployment(event, 'deployment.creator', about.creator),
      outcome: 'pending',
      targets: [
        deploymentTarget({ ...about, environment }),
        { type: 'environment', name: environment },
      ],
      ci: {
        ...deploymentContext(event, about),
        environment,
        run_id: runId,
        event: text(payload.event),
        pull_requests: pullRequestsOf(payload.pull_requests, repo),
      },
      links: [
        ...links([['run', runId && below(repoUrl, 'actions', 'runs', runId)]]),
        ...deploymentLinks(event, about),
      ],
      correlation:
        correlation('run', repo, runId) ?? correlation('deployment', repo, integer(about.id)),
      labels: {
        ...deploymentLabels(about),
        pull_requests: list(payload.pull_requests).length || undefined,
      },
    })
    return [entry]
  },
}

/** `…/actions/runs/<id>/deployment_protection_rule`: where an answer would go names the run. */
function runOf(url: unknown): number | undefined {
  const found = /\/actions\/runs\/(\d{1,15})\/deployment_protection_rule/.exec(
    text(url, 2000) ?? '',
  )
  return found ? integer(Number(found[1])) : undefined
}
