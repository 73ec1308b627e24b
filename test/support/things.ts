import type { EntryDraft, HostedName } from '../../src/core/domain/index.js'
import { personal } from '../../src/core/domain/index.js'
import { draft } from './deliveries.js'

interface Where {
  readonly account: HostedName
  readonly repo: HostedName
  readonly login: string
}

/** What the things below are called on the host. */
export const THINGS = { deployment: 501, run: 41, pull: 12, installation: 58 } as const

/** Entries that tell of one thing of each kind: a run with its deployment, a pull request, an installation. */
export function entriesOfThings({ account, repo, login }: Where): EntryDraft[] {
  const actor = { type: 'user', id: 9, login } as const
  const of = (over: Partial<EntryDraft>): EntryDraft => draft({ account, repo, actor, ...over })
  const run = `run:${String(repo.id)}/${String(THINGS.run)}`
  const ci = { run_id: THINGS.run, run_attempt: 1, workflow: 'Deploy', head_sha: 'aaa' }
  const pull = { type: 'pull_request', id: THINGS.pull }
  return [
    of({ action: 'workflow_run.completed', targets: [], ci, correlation_id: run }),
    of({
      action: 'deployment.approved',
      targets: [{ type: 'environment', name: 'production' }],
      ci: { ...ci, environment: 'production' },
      correlation_id: run,
    }),
    of({
      action: 'deployment.status_changed',
      targets: [
        { type: 'deployment', id: THINGS.deployment, name: 'production' },
        { type: 'deployment_status', id: 1, name: 'success' },
      ],
      ci: { ...ci, environment: 'production' },
      correlation_id: `deployment:${String(repo.id)}/${String(THINGS.deployment)}`,
      labels: { state: 'success' },
    }),
    of({
      action: 'pull_request_review.approved',
      targets: [{ type: 'review', id: 77 }, pull],
      correlation_id: `pr:${String(repo.id)}/${String(THINGS.pull)}`,
    }),
    of({
      action: 'pull_request.merged',
      targets: [pull, { type: 'author', principal: actor }],
      ci: { ref: 'refs/heads/cart', title: personal('Add a cart', actor) },
      correlation_id: `pr:${String(repo.id)}/${String(THINGS.pull)}`,
      labels: { merge: 'direct', base: 'main' },
    }),
    of({
      action: 'repository.renamed',
      targets: [],
      changes: [{ path: 'name', before: 'old', after: repo.name.split('/')[1] }],
      labels: { visibility: 'private' },
    }),
    of({
      action: 'installation.created',
      repo: undefined,
      targets: [
        { type: 'installation', id: THINGS.installation },
        { type: 'repository', id: repo.id, name: repo.name },
      ],
      correlation_id: `installation:${String(THINGS.installation)}`,
      snapshot: {
        type: 'installation',
        id: THINGS.installation,
        value: { permissions: { actions: 'read' }, events: ['push'], suspended: false },
      },
      labels: { repository_selection: 'selected', repositories: 1 },
    }),
  ]
}
