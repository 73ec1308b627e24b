import { describe, expect, it } from '@jest/globals'

import { personal, type JsonObject } from '../../../../src/core/domain/index.js'
import { MONA, OCTOCAT, readOne, REPOSITORY } from './reading.js'

const SHA = 'b'.repeat(40)
const octocat = { type: 'user', id: 583231, login: 'octocat' }
const mona = { type: 'user', id: 21031067, login: 'mona' }
const BOT = { id: 41898282, login: 'github-actions[bot]', type: 'Bot' }
const RUN = {
  id: 30433642,
  name: 'Deploy',
  run_attempt: 2,
  path: '.github/workflows/deploy.yml',
  html_url: 'https://github.com/acme/shop/actions/runs/30433642',
  head_sha: SHA,
  actor: OCTOCAT,
  triggering_actor: MONA,
}
const DEPLOYMENT = {
  id: 11,
  sha: SHA,
  ref: 'main',
  environment: 'production',
  production_environment: true,
  creator: BOT,
  created_at: '2026-10-30T09:00:00Z',
}

function payload(over: JsonObject): JsonObject {
  return { action: 'created', deployment: DEPLOYMENT, repository: REPOSITORY, sender: BOT, ...over }
}

describe('a deployment', () => {
  it('by GitHub Actions stands behind whoever started the attempt, and the run before', () => {
    expect(readOne('deployment', payload({ workflow_run: RUN }))).toMatchObject({
      action: 'deployment.created',
      outcome: 'pending',
      actor: { type: 'bot', login: 'github-actions[bot]' },
      on_behalf_of: [mona, octocat],
      attribution: { confidence: 'verified', method: 'deployment.creator' },
      ci: { run_id: 30433642, run_attempt: 2, environment: 'production', head_sha: SHA },
      correlation_id: 'deployment:1296269/11',
      labels: { production: true },
    })
  })

  it('by a machine whose run the payload does not carry names nobody behind it', () => {
    expect(readOne('deployment', payload({})).on_behalf_of).toBeUndefined()
  })

  it('by a person through an App names both', () => {
    const app = { id: 77, slug: 'shipit' }
    const deployment = { ...DEPLOYMENT, creator: OCTOCAT, performed_via_github_app: app }
    expect(readOne('deployment', payload({ deployment, workflow_run: RUN }))).toMatchObject({
      actor: octocat,
      labels: { app_id: 77, via_app: 'shipit' },
    })
  })

  it.each([
    ['success', 'success', undefined],
    ['failure', 'failure', 1],
    ['error', 'error', 1],
    ['in_progress', 'pending', undefined],
    ['inactive', 'neutral', undefined],
    ['invented_next_year', 'unknown', undefined],
  ])('with the status %s has the outcome %s', (state, outcome, severity) => {
    const deployment_status = { id: 12, state, environment: 'production', creator: BOT }
    const check_run = { id: 99, name: 'ship' }
    const entry = readOne('deployment_status', payload({ deployment_status, check_run }))
    expect(entry).toMatchObject({
      action: 'deployment.status_changed',
      outcome,
      ci: { job_id: 99, job: 'ship', environment: 'production' },
      labels: { state },
    })
    expect(entry.severity).toBe(severity)
  })
})

describe('the review of a deployment', () => {
  const review = (action: string, over: JsonObject = {}) =>
    readOne('deployment_review', {
      action,
      workflow_run: RUN,
      since: '2026-10-30T09:00:00Z',
      repository: REPOSITORY,
      sender: OCTOCAT,
      ...over,
    })
  const kate = { id: 3, login: 'kate', type: 'User' }

  it('that was asked for names the environment, the job and who may answer', () => {
    const reviewers = [
      { type: 'User', reviewer: MONA },
      { type: 'Team', reviewer: { id: 8, slug: 'release-managers' } },
    ]
    const job = { id: 99, name: 'ship', environment: 'production' }
    const over = { requestor: OCTOCAT, reviewers, environment: 'production', workflow_job_run: job }
    expect(review('requested', over)).toMatchObject({
      action: 'deployment.review_requested',
      occurred_at: '2026-10-30T09:00:00.000Z',
      outcome: 'pending',
      actor: octocat,
      attribution: { method: 'requestor' },
      targets: [
        { type: 'environment', name: 'production' },
        { type: 'workflow_run', id: 30433642 },
        { type: 'workflow_job', id: 99 },
        { type: 'reviewer', principal: mona },
        { type: 'reviewing_team', id: 8, name: 'release-managers' },
      ],
      correlation_id: 'run:1296269/30433642',
    })
  })

  it.each([
    ['approved', 'deployment.approved', 'success'],
    ['rejected', 'deployment.rejected', 'failure'],
  ])('that was %s is the approver’s act, with their comment', (action, name, outcome) => {
    const jobs = ['staging', 'production'].map((environment, id) => ({ id, environment }))
    const over = { approver: kate, comment: 'Go, Mona', workflow_job_runs: jobs }
    const entry = review(action, over)
    expect(entry).toMatchObject({
      action: name,
      outcome,
      actor: { type: 'user', id: 3, login: 'kate' },
      attribution: { method: 'approver' },
      reason: personal('Go, Mona'),
      ci: { environment: 'staging' },
      labels: { environments: 'staging production' },
    })
    expect(entry.severity).toBeUndefined()
  })

  it('by who started the run is labelled, and of medium severity', () => {
    expect(review('approved', { approver: MONA })).toMatchObject({
      severity: 2,
      labels: { own_run: true },
    })
  })
})

describe('a gate', () => {
  it('that waits for an App names the run by the address of the answer', () => {
    const entry = readOne(
      'deployment_protection_rule',
      payload({
        action: 'requested',
        environment: 'production',
        event: 'push',
        deployment_callback_url:
          'https://api.github.com/repos/acme/shop/actions/runs/30433642/deployment_protection_rule',
      }),
    )
    expect(entry).toMatchObject({
      action: 'deployment.gate_requested',
      ci: { run_id: 30433642, environment: 'production', event: 'push' },
      correlation_id: 'run:1296269/30433642',
    })
  })
})

describe('a site of GitHub Pages', () => {
  it.each([
    ['built', 'success'],
    ['errored', 'failure'],
    ['invented_next_year', 'unknown'],
  ])('that is %s has the outcome %s, and is who pushed’s', (status, outcome) => {
    const build = { status, pusher: MONA, commit: SHA, error: { message: 'No Jekyll' } }
    const entry = readOne('page_build', { id: 4, build, repository: REPOSITORY, sender: OCTOCAT })
    expect(entry).toMatchObject({
      action: 'pages.built',
      outcome,
      actor: mona,
      attribution: { method: 'build.pusher' },
      reason: personal('No Jekyll'),
      ci: { head_sha: SHA },
    })
  })
})
