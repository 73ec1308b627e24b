import { describe, expect, it } from '@jest/globals'

import { personal, type JsonObject } from '../../../../src/core/domain/index.js'
import { MONA, OCTOCAT, readOne, REPOSITORY } from './reading.js'

const SHA = 'b'.repeat(40)
const octocat = { type: 'user', id: 583231, login: 'octocat' }
const mona = { type: 'user', id: 21031067, login: 'mona' }
const APP = {
  id: 29310,
  slug: 'linter',
  name: 'Linter',
  html_url: 'https://github.com/apps/linter',
}
const linter = { type: 'app', id: 29310, login: 'linter', display: 'Linter' }
const ACTIONS = { id: 15368, slug: 'github-actions', name: 'GitHub Actions' }

function run(action: string, over: JsonObject = {}, more: JsonObject = {}): JsonObject {
  const check_suite = { id: 5, head_branch: 'main', before: 'a'.repeat(40) }
  const check_run = {
    id: 4,
    name: 'lint',
    head_sha: SHA,
    conclusion: null,
    app: APP,
    check_suite,
    html_url: 'https://github.com/acme/shop/runs/4',
    started_at: '2026-10-30T09:00:00Z',
    ...over,
  }
  return { action, check_run, repository: REPOSITORY, sender: OCTOCAT, ...more }
}

describe('a check', () => {
  it('that ended is the App’s word, on behalf of whoever pushed', () => {
    const done = {
      conclusion: 'failure',
      completed_at: '2026-10-30T09:01:00Z',
      output: { title: '3 faults', annotations_count: 3 },
    }
    expect(readOne('check_run', run('completed', done))).toMatchObject({
      action: 'check_run.completed',
      occurred_at: '2026-10-30T09:01:00.000Z',
      outcome: 'failure',
      severity: 1,
      actor: linter,
      on_behalf_of: [octocat],
      attribution: { confidence: 'verified', method: 'check_run.app' },
      reason: personal('3 faults', { type: 'app', id: 29310, login: 'linter', display: 'Linter' }),
      ci: { head_sha: SHA, ref: 'main' },
      labels: { conclusion: 'failure', app: 'linter', app_id: 29310, annotations: 3 },
    })
  })

  it.each(['rerequested', 'requested_action'])(
    'that gets %s is the act of whoever asked',
    (action) => {
      const button = { requested_action: { identifier: 'acknowledge' } }
      const payload = run(action, { conclusion: 'failure' }, { sender: MONA, ...button })
      const entry = readOne('check_run', payload)
      expect(entry).toMatchObject({
        outcome: 'pending',
        actor: mona,
        attribution: { method: 'sender' },
        labels: { button: 'acknowledge' },
      })
      expect(entry.targets.at(-1)).toEqual({ type: 'app', principal: linter })
    },
  )

  it('that is a job of GitHub Actions belongs to its run, and repeats the job', () => {
    const details_url = 'https://github.com/acme/shop/actions/runs/30433642/job/99'
    expect(readOne('check_run', run('created', { app: ACTIONS, details_url }))).toMatchObject({
      ci: { run_id: 30433642, job_id: 99 },
      correlation_id: 'run:1296269/30433642',
      labels: { repeats: 'workflow_job' },
    })
    // Any App may put such an address there.
    expect(readOne('check_run', run('created', { details_url })).ci?.run_id).toBeUndefined()
  })

  it('without an App is the sender’s', () => {
    expect(readOne('check_run', run('created', { app: null })).attribution.method).toBe('sender')
  })
})

describe('a suite of checks', () => {
  it('of a fork’s commit has no branch, and says so', () => {
    const check_suite = { id: 5, head_branch: null, head_sha: SHA, conclusion: 'success', app: APP }
    const payload = { action: 'completed', check_suite, repository: REPOSITORY, sender: OCTOCAT }
    const entry = readOne('check_suite', payload)
    expect(entry).toMatchObject({ action: 'check_suite.completed', labels: { fork: true } })
    expect(entry.ci?.ref).toBeUndefined()
  })
})

describe('a status', () => {
  const status = (over: JsonObject = {}) =>
    readOne('status', {
      id: 9,
      sha: SHA,
      context: 'ci/jenkins',
      state: 'error',
      description: 'Jenkins is away',
      target_url: 'https://ci.example.com/9',
      branches: [{ name: 'main', commit: { sha: SHA } }],
      commit: { author: MONA },
      created_at: '2026-10-30T09:00:00Z',
      repository: REPOSITORY,
      sender: OCTOCAT,
      ...over,
    })

  it('is by its sender, never by the commit’s author', () => {
    expect(status()).toMatchObject({
      action: 'commit_status.reported',
      outcome: 'error',
      actor: octocat,
      reason: personal('Jenkins is away'),
      ci: { head_sha: SHA, ref: 'refs/heads/main' },
      targets: [
        { type: 'commit_status', id: 9, name: 'ci/jenkins' },
        { type: 'commit', id: SHA },
      ],
    })
  })

  it('of a commit that several branches point to has no ref', () => {
    const branches = ['main', 'x'].map((name) => ({ name, commit: { sha: SHA } }))
    expect(status({ branches }).ci?.ref).toBeUndefined()
  })
})

describe('a dispatch', () => {
  it('of a workflow seals its inputs, and keeps what its run can be found by', () => {
    const entry = readOne('workflow_dispatch', {
      inputs: { target: 'production', dry_run: false, __proto__: null },
      ref: 'refs/heads/main',
      workflow: '.github/workflows/deploy.yml',
      repository: REPOSITORY,
      sender: OCTOCAT,
    })
    expect(entry).toMatchObject({
      action: 'workflow.dispatched',
      actor: octocat,
      ci: {
        workflow_path: '.github/workflows/deploy.yml',
        event: 'workflow_dispatch',
        ref: 'refs/heads/main',
        inputs: { target: personal('production'), dry_run: personal('false') },
      },
      labels: { inputs: 2, time: 'received' },
    })
    expect(entry.links?.[0]?.url).toBe('https://github.com/acme/shop/actions/workflows/deploy.yml')
  })

  it('of somebody’s own making keeps its type, and seals its payload', () => {
    const client_payload = { version: { major: 2 } }
    const payload = { action: 'Deploy to PROD!', branch: 'main', client_payload, sender: OCTOCAT }
    expect(readOne('repository_dispatch', { ...payload, repository: REPOSITORY })).toMatchObject({
      action: 'repository.dispatched',
      ci: { ref: 'refs/heads/main', inputs: { version: personal('{"major":2}') } },
      labels: { event_type: 'Deploy to PROD!', inputs: 1 },
    })
  })
})
