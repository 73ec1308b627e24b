import type { CiContext, JsonObject, Outcome } from '../../../../core/domain/index.js'
import { actionName } from '../action-names.js'
import {
  actorsOfDeployment,
  deploymentContext,
  deploymentCorrelation,
  deploymentLabels,
  deploymentLinks,
  deploymentTarget,
  descriptionOf,
} from '../deployment.js'
import { draft } from '../draft.js'
import type { Normaliser, WebhookEvent } from '../event.js'
import { links } from '../links.js'
import { severityOf } from '../outcome.js'
import { integer, object, text } from '../payload.js'

const NAMES = { created: 'deployment.status_changed' }

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  success: 'success',
  failure: 'failure',
  error: 'error',
  inactive: 'neutral',
  queued: 'pending',
  pending: 'pending',
  waiting: 'pending',
  in_progress: 'pending',
}

/** How far a deployment is. GitHub sends no event when one becomes inactive because another took its place. */
export const deploymentStatus: Normaliser = {
  event: 'deployment_status',
  normalise(event) {
    const status = object(event.payload.deployment_status)
    const about = object(event.payload.deployment)
    const state = text(status.state, 40)
    const outcome = outcomeOfState(state)
    const entry = draft(event, {
      action: actionName(event, NAMES),
      at: [status.created_at, status.updated_at],
      ...actorsOfDeployment(event, 'deployment_status.creator', status.creator),
      outcome,
      severity: severityOf(outcome),
      targets: [
        deploymentTarget({ ...about, environment: status.environment ?? about.environment }),
        { type: 'deployment_status', id: integer(status.id), name: state },
      ],
      ci: context(event, about),
      reason: descriptionOf(status),
      links: [
        ...links([
          ['log', status.log_url ?? status.target_url],
          ['environment', status.environment_url],
        ]),
        ...deploymentLinks(event, about),
      ],
      correlation: deploymentCorrelation(event, about),
      labels: { ...deploymentLabels(about), state },
    })
    return [entry]
  },
}

/** With the job that deploys, which GitHub names as the check run that it is. */
function context(event: WebhookEvent, about: JsonObject): CiContext {
  const job = object(event.payload.check_run)
  return {
    ...deploymentContext(event, about),
    job_id: integer(job.id),
    job: text(job.name),
  }
}

function outcomeOfState(state: string | undefined): Outcome {
  if (state === undefined || !Object.hasOwn(OUTCOMES, state)) return 'unknown'
  return OUTCOMES[state] ?? 'unknown'
}
