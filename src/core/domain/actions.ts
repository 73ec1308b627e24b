import { ARTIFACTS } from './actions/artifacts.js'
import { BUILDS } from './actions/builds.js'
import { CHECKS } from './actions/checks.js'
import { DERIVED } from './actions/derived.js'
import type { ActionDefinition, Actions } from './actions/definition.js'
import { DEPLOYMENTS } from './actions/deployments.js'
import { PULL_REQUESTS } from './actions/pull-requests.js'
import { ACCESS } from './actions/access.js'
import { COLLABORATION } from './actions/collaboration.js'
import { EXCEPTION_REQUESTS } from './actions/requests.js'
import { SECRETS } from './actions/secrets.js'
import { SECURITY } from './actions/security.js'
import { SETTINGS } from './actions/settings.js'
import { HOOKTRAIL } from './actions/hooktrail.js'
import { SOURCE } from './actions/source.js'
import { SYSTEM } from './actions/system.js'

export { COLLABORATION_EVENTS } from './actions/collaboration.js'
export type { ActionDefinition } from './actions/definition.js'

/** Every action that Hooktrail knows by name. What is not here is recorded as `github.<event>.<action>`. */
export const ACTIONS: Actions = {
  ...BUILDS,
  ...CHECKS,
  ...SOURCE,
  ...PULL_REQUESTS,
  ...ARTIFACTS,
  ...DEPLOYMENTS,
  ...SECRETS,
  ...EXCEPTION_REQUESTS,
  ...SECURITY,
  ...SETTINGS,
  ...ACCESS,
  ...COLLABORATION,
  ...SYSTEM,
  ...HOOKTRAIL,
  ...DERIVED,
}

const FALLBACK: ActionDefinition = {
  description: 'An event that the registry does not know, kept as it came.',
  category: 'system',
  operation: 'update',
  severity: 0,
  events: [],
}

/** The definition of an action; unregistered ones (`github.<event>.<action>`) get a neutral one. */
export function actionDefinition(action: string): ActionDefinition {
  return Object.hasOwn(ACTIONS, action) ? (ACTIONS[action] ?? FALLBACK) : FALLBACK
}
