import { correlation, draft } from '../draft.js'
import type { Normaliser, WebhookEvent } from '../event.js'
import { gitRef } from '../git-ref.js'
import { countInputs, sealedInputs } from '../inputs.js'
import { below, links } from '../links.js'
import { LIMITS, text } from '../payload.js'
import { workflowPath } from '../workflow.js'

/**
 * A workflow started by hand or by the API. Only here does GitHub show the inputs, and it does not say which run
 * they started: path, ref, sender and time are what a run can be matched by.
 */
export const workflowDispatch: Normaliser = {
  event: 'workflow_dispatch',
  normalise(event) {
    const { payload, repo } = event
    const path = workflowPath(payload.workflow)
    const ref = fullRef(payload.ref)
    const url = workflowPage(event, path)
    const entry = draft(event, {
      action: 'workflow.dispatched',
      at: [],
      targets: [{ type: 'workflow', id: path, name: path, url }],
      ci: {
        workflow_path: path,
        event: 'workflow_dispatch',
        ref,
        inputs: sealedInputs(payload.inputs),
      },
      links: links([
        ['workflow', url],
        ['repository', event.repoUrl],
      ]),
      correlation: correlation('dispatch', repo, path && `${path}@${ref ?? ''}`),
      labels: { inputs: countInputs(payload.inputs) },
    })
    return [entry]
  },
}

/** An event of somebody's own making. Its payload is kept like inputs: sealed, by its topmost names. */
export const repositoryDispatch: Normaliser = {
  event: 'repository_dispatch',
  normalise(event) {
    const { payload, repo, repoUrl } = event
    const branch = text(payload.branch)
    const type = text(payload.action, 100)
    const entry = draft(event, {
      action: 'repository.dispatched',
      at: [],
      targets: [
        { type: 'dispatch', id: type, name: type },
        { type: 'repository', id: repo?.id, name: repo?.name, url: repoUrl },
      ],
      ci: {
        event: 'repository_dispatch',
        ref: branch === undefined ? undefined : `refs/heads/${branch}`,
        inputs: sealedInputs(payload.client_payload),
      },
      links: links([['repository', repoUrl]]),
      correlation: correlation('dispatch', repo, type),
      labels: { event_type: type, inputs: countInputs(payload.client_payload) },
    })
    return [entry]
  },
}

/** GitHub sends a full ref; a short one is kept as it is. */
function fullRef(ref: unknown): string | undefined {
  return text(ref, LIMITS.path) === undefined ? undefined : gitRef(ref).full
}

function workflowPage({ repoUrl }: WebhookEvent, path: string | undefined): string | undefined {
  const file = path?.split('/').at(-1)
  return file === undefined ? undefined : below(repoUrl, 'actions', 'workflows', file)
}
