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
import type { Normaliser } from '../event.js'
import { object } from '../payload.js'

const NAMES = { created: 'deployment.created' }

/** That something shall go to an environment. Whether it did, its statuses say. */
export const deployment: Normaliser = {
  event: 'deployment',
  normalise(event) {
    const about = object(event.payload.deployment)
    const entry = draft(event, {
      action: actionName(event, NAMES),
      at: [about.created_at],
      ...actorsOfDeployment(event, 'deployment.creator', about.creator),
      outcome: 'pending',
      targets: [deploymentTarget(about)],
      ci: deploymentContext(event, about),
      reason: descriptionOf(about),
      links: deploymentLinks(event, about),
      correlation: deploymentCorrelation(event, about),
      labels: deploymentLabels(about),
    })
    return [entry]
  },
}
