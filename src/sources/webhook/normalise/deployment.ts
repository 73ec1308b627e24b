import {
  personal,
  type CiContext,
  type DraftTarget,
  type JsonObject,
  type Personal,
} from '../../../core/domain/index.js'
import type { Principal } from '../../../core/domain/index.js'
import { correlation, type Facts } from './draft.js'
import type { WebhookEvent } from './event.js'
import { below, htmlUrl, links } from './links.js'
import { firstLine, integer, LIMITS, object, text } from './payload.js'
import { peopleBehind, runContext } from './run.js'
import { behind, firstWho, principal, type Who } from './who.js'

export interface DeploymentActors {
  readonly who: Who
  readonly onBehalfOf: readonly Principal[]
}

/**
 * Who made a deployment or a status of one. Behind a machine stand whoever started the run that it worked in, as
 * far as the payload carries the run.
 */
export function actorsOfDeployment(
  event: WebhookEvent,
  field: string,
  creator: unknown,
): DeploymentActors {
  const { sender, workflow_run: run } = event.payload
  const who = firstWho([
    [field, creator],
    ['sender', sender],
  ])
  const isPerson = who.actor.type === 'user'
  const people = isPerson ? [] : peopleBehind(object(run))
  return { who, onBehalfOf: behind(who.actor, people) }
}

/** The run that deploys, as far as it is in the payload, with the commit that the deployment itself names. */
export function deploymentContext(event: WebhookEvent, deployment: JsonObject): CiContext {
  const run = runContext(event, object(event.payload.workflow_run))
  return {
    ...run,
    ref: text(deployment.ref) ?? run.ref,
    head_sha: text(deployment.sha, LIMITS.sha) ?? run.head_sha,
    environment: text(deployment.environment),
  }
}

export function deploymentTarget(deployment: JsonObject): DraftTarget {
  return {
    type: 'deployment',
    id: integer(deployment.id),
    name: text(deployment.environment),
  }
}

export function deploymentLinks(
  event: WebhookEvent,
  deployment: JsonObject,
): ReturnType<typeof links> {
  const sha = text(deployment.sha, LIMITS.sha)
  const environment = text(deployment.environment)
  return links([
    ['run', htmlUrl(event.payload.workflow_run)],
    ['commit', sha && below(event.repoUrl, 'commit', sha)],
    ['deployments', environment && below(event.repoUrl, 'deployments', environment)],
    ['repository', event.repoUrl],
  ])
}

export function deploymentCorrelation(
  event: WebhookEvent,
  deployment: JsonObject,
): string | undefined {
  return correlation('deployment', event.repo, integer(deployment.id))
}

export function deploymentLabels(deployment: JsonObject): Facts['labels'] {
  return {
    production: deployment.production_environment === true,
    transient: deployment.transient_environment === true,
    task: text(deployment.task, 100),
  }
}

/** What its maker wrote about it. */
export function descriptionOf(thing: JsonObject): Personal | undefined {
  const line = firstLine(thing.description)
  return line === undefined ? undefined : personal(line, principal(thing.creator))
}
