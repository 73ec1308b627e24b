import { describe, expect, it } from '@jest/globals'

import { personal, type JsonObject } from '../../../../src/core/domain/index.js'
import { ACCOUNT, MONA, OCTOCAT, readOne, REPO, REPOSITORY } from './reading.js'

const RUN = {
  id: 30433642,
  name: 'CI',
  run_number: 562,
  run_attempt: 1,
  event: 'push',
  status: 'queued',
  conclusion: null,
  path: '.github/workflows/ci.yml',
  head_branch: 'main',
  head_sha: 'acb5820ced9479c074f688cc328bf03f341a511d',
  head_repository: { id: 1296269, full_name: 'acme/shop' },
  html_url: 'https://github.com/acme/shop/actions/runs/30433642',
  display_title: 'Mona adds a cart\nand more',
  created_at: '2026-10-30T09:00:00Z',
  run_started_at: '2026-10-30T09:00:00Z',
  updated_at: '2026-10-30T09:00:05Z',
  actor: OCTOCAT,
  triggering_actor: OCTOCAT,
}

function payload(action: string, run: JsonObject = {}, over: JsonObject = {}): JsonObject {
  return {
    action,
    workflow_run: { ...RUN, ...run },
    repository: REPOSITORY,
    sender: OCTOCAT,
    ...over,
  }
}

const octocat = { type: 'user', id: 583231, login: 'octocat' }
const mona = { type: 'user', id: 21031067, login: 'mona' }

describe('a workflow run', () => {
  it('that was requested says who, where and for what', () => {
    expect(readOne('workflow_run', payload('requested'))).toEqual({
      occurred_at: '2026-10-30T09:00:00.000Z',
      action: 'workflow_run.requested',
      outcome: 'pending',
      actor: octocat,
      triggering_actor: octocat,
      attribution: { confidence: 'verified', method: 'workflow_run.triggering_actor' },
      targets: [
        {
          type: 'workflow_run',
          id: 30433642,
          name: 'CI',
          url: 'https://github.com/acme/shop/actions/runs/30433642',
        },
      ],
      account: ACCOUNT,
      repo: REPO,
      ci: {
        workflow: 'CI',
        workflow_path: '.github/workflows/ci.yml',
        run_id: 30433642,
        run_number: 562,
        run_attempt: 1,
        event: 'push',
        ref: 'main',
        head_sha: 'acb5820ced9479c074f688cc328bf03f341a511d',
        title: personal('Mona adds a cart'),
        started_at: '2026-10-30T09:00:00.000Z',
      },
      links: [
        { rel: 'run', url: 'https://github.com/acme/shop/actions/runs/30433642' },
        {
          rel: 'commit',
          url: 'https://github.com/acme/shop/commit/acb5820ced9479c074f688cc328bf03f341a511d',
        },
      ],
      correlation_id: 'run:1296269/30433642',
    })
  })

  it('that was started again names who re-ran it, and on whose behalf it runs', () => {
    const rerun = { run_attempt: 2, run_started_at: '2026-10-30T11:00:00Z', triggering_actor: MONA }
    const entry = readOne('workflow_run', payload('requested', rerun, { sender: MONA }))
    expect(entry).toMatchObject({
      action: 'workflow_run.rerun',
      occurred_at: '2026-10-30T11:00:00.000Z',
      actor: mona,
      triggering_actor: mona,
      on_behalf_of: [octocat],
      attribution: { confidence: 'verified', method: 'workflow_run.triggering_actor' },
      labels: { rerun: true, rerun_by_other: true },
    })
    expect(entry.links?.slice(0, 2)).toEqual([
      { rel: 'run', url: 'https://github.com/acme/shop/actions/runs/30433642/attempts/2' },
      {
        rel: 'previous_attempt',
        url: 'https://github.com/acme/shop/actions/runs/30433642/attempts/1',
      },
    ])
  })

  it.each([
    ['success', 'success', undefined],
    ['failure', 'failure', 1],
    ['cancelled', 'cancelled', undefined],
    ['skipped', 'skipped', undefined],
    ['timed_out', 'timeout', 1],
    ['action_required', 'pending', undefined],
    ['stale', 'neutral', undefined],
    ['startup_failure', 'error', 1],
    ['invented_next_year', 'unknown', undefined],
    [null, 'unknown', undefined],
  ])('that ended with %s has the outcome %s', (conclusion, outcome, severity) => {
    const entry = readOne('workflow_run', payload('completed', { conclusion }))
    expect(entry).toMatchObject({ action: 'workflow_run.completed', outcome })
    expect(entry.severity).toBe(severity)
    expect(entry.occurred_at).toBe('2026-10-30T09:00:05.000Z')
    expect(entry.ci?.completed_at).toBe('2026-10-30T09:00:05.000Z')
  })

  it('that was cancelled does not pretend to know by whom', () => {
    const entry = readOne('workflow_run', payload('completed', { conclusion: 'cancelled' }))
    expect(entry.labels).toEqual({ canceller: 'not stated', conclusion: 'cancelled' })
  })

  it('of a schedule is attributed to its last editor, and only derived', () => {
    expect(
      readOne('workflow_run', payload('requested', { event: 'schedule' })).attribution,
    ).toEqual({
      confidence: 'derived',
      method: 'workflow_run.triggering_actor; a schedule started it, GitHub names its last editor',
    })
  })

  it('of a fork says so and keeps the fork', () => {
    const fork = { head_repository: { id: 77, full_name: 'mallory/shop' }, event: 'pull_request' }
    const entry = readOne('workflow_run', payload('requested', fork))
    expect(entry.ci?.head_repo).toEqual({ host: 'github.com', id: 77, name: 'mallory/shop' })
    expect(entry.ci?.ref).toBe('refs/heads/main')
    expect(entry.labels).toEqual({ fork: true })
  })

  it('keeps a sender who is neither of the actors', () => {
    const bot = { id: 41898282, login: 'github-actions[bot]', type: 'Bot' }
    const entry = readOne('workflow_run', payload('requested', {}, { sender: bot }))
    expect(entry.targets[1]).toEqual({
      type: 'sender',
      principal: { type: 'bot', id: 41898282, login: 'github-actions[bot]' },
    })
  })

  it('falls back from the triggering actor to the actor, the sender, and nobody', () => {
    const method = (run: JsonObject, over: JsonObject = {}): unknown =>
      readOne('workflow_run', payload('requested', run, over)).attribution
    expect(method({ triggering_actor: null })).toMatchObject({ method: 'workflow_run.actor' })
    const neither = { triggering_actor: null, actor: null }
    expect(method(neither)).toMatchObject({ confidence: 'verified', method: 'sender' })
    expect(method(neither, { sender: null })).toEqual({
      confidence: 'unknown',
      method: 'no workflow_run.triggering_actor, workflow_run.actor, sender in the payload',
    })
  })

  it('keeps the pull requests of this repository and the reusable workflows with their commits', () => {
    const entry = readOne(
      'workflow_run',
      payload('completed', {
        path: 'acme/shop/.github/workflows/ci.yml@refs/heads/main',
        pull_requests: [
          { number: 7, base: { repo: { id: 1296269 } } },
          { number: 8, base: { repo: { id: 5 } } },
        ],
        referenced_workflows: [
          { path: 'acme/ci/.github/workflows/x.yml@v1', sha: 'abc', ref: 'v1' },
        ],
      }),
    )
    expect(entry.ci).toMatchObject({
      workflow_path: '.github/workflows/ci.yml',
      ref: 'refs/heads/main',
      pull_requests: [7],
      referenced_workflows: [{ path: 'acme/ci/.github/workflows/x.yml@v1', sha: 'abc' }],
    })
    expect(entry.links).toContainEqual({
      rel: 'pull_request',
      url: 'https://github.com/acme/shop/pull/7',
    })
  })

  it('of a fork that waits for an approval is labelled so', () => {
    const waiting = {
      head_repository: { id: 77, full_name: 'mallory/shop' },
      event: 'pull_request',
      conclusion: 'action_required',
    }
    const entry = readOne('workflow_run', payload('completed', waiting))
    expect(entry).toMatchObject({
      outcome: 'pending',
      labels: { fork: true, needs_approval: true, conclusion: 'action_required' },
    })
  })

  it('of Dependabot that a person ran again keeps both', () => {
    const dependabot = { id: 49699333, login: 'dependabot[bot]', type: 'Bot' }
    const rerun = { run_attempt: 2, actor: dependabot, triggering_actor: MONA }
    expect(readOne('workflow_run', payload('requested', rerun))).toMatchObject({
      actor: mona,
      on_behalf_of: [{ type: 'bot', id: 49699333, login: 'dependabot[bot]' }],
    })
  })

  it('does not take a title for the workflow’s name', () => {
    const entry = readOne('workflow_run', payload('requested', { name: RUN.display_title }))
    expect(entry.ci?.workflow).toBeUndefined()
    expect(entry.ci?.workflow_path).toBe('.github/workflows/ci.yml')
  })

  it('with an action that GitHub adds later keeps everything under the fallback’s name', () => {
    const entry = readOne('workflow_run', payload('Paused/by\u202ehand'))
    expect(entry.action).toBe('github.workflow_run.paused_by_hand')
    expect(entry.ci?.run_id).toBe(30433642)
  })
})

describe('a job', () => {
  const job = {
    id: 99,
    run_id: 30433642,
    run_attempt: 2,
    name: 'test',
    workflow_name: 'CI',
    head_branch: 'main',
    head_sha: 'acb5820ced9479c074f688cc328bf03f341a511d',
    html_url: 'https://github.com/acme/shop/actions/runs/30433642/job/99',
    conclusion: 'failure',
    created_at: '2026-10-30T09:00:00Z',
    started_at: '2026-10-30T09:00:10Z',
    completed_at: '2026-10-30T09:01:00Z',
    labels: ['ubuntu-latest'],
    runner_name: 'GitHub Actions 5',
    runner_group_name: 'GitHub Actions',
    steps: [
      { name: 'Set up job', conclusion: 'success' },
      { name: 'Test', conclusion: 'failure' },
      { name: 'Upload', conclusion: 'skipped' },
    ],
  }

  it('that ended lists its steps and counts those that failed or were skipped', () => {
    const entry = readOne('workflow_job', {
      action: 'completed',
      workflow_job: job,
      repository: REPOSITORY,
      sender: OCTOCAT,
    })
    expect(entry).toMatchObject({
      action: 'workflow_job.completed',
      occurred_at: '2026-10-30T09:01:00.000Z',
      outcome: 'failure',
      severity: 1,
      actor: octocat,
      attribution: { confidence: 'verified', method: 'sender' },
      correlation_id: 'run:1296269/30433642',
      labels: { rerun: true, conclusion: 'failure', steps: 3, steps_failed: 1, steps_skipped: 1 },
      ci: {
        job_id: 99,
        job: 'test',
        run_attempt: 2,
        runner: { name: 'GitHub Actions 5', group: 'GitHub Actions', labels: ['ubuntu-latest'] },
        steps: [
          { name: 'Set up job', conclusion: 'success' },
          { name: 'Test', conclusion: 'failure' },
          { name: 'Upload', conclusion: 'skipped' },
        ],
      },
    })
  })

  it('that waits for an environment names it', () => {
    const entry = readOne('workflow_job', {
      action: 'waiting',
      workflow_job: { ...job, conclusion: null, steps: [], completed_at: null },
      deployment: { id: 4, environment: 'production' },
      repository: REPOSITORY,
      sender: OCTOCAT,
    })
    expect(entry).toMatchObject({ action: 'workflow_job.waiting', outcome: 'pending' })
    expect(entry.ci?.environment).toBe('production')
    expect(entry.targets[1]).toEqual({ type: 'deployment', id: 4, name: 'production' })
  })

  it('that was skipped says so, and has no steps', () => {
    const skipped = { ...job, conclusion: 'skipped', steps: [], run_attempt: 1 }
    const entry = readOne('workflow_job', { action: 'completed', workflow_job: skipped })
    expect(entry).toMatchObject({ outcome: 'skipped', labels: { conclusion: 'skipped' } })
    expect(entry.ci?.steps).toBeUndefined()
  })

  it('that a re-run took over from the attempt before is labelled carried_over', () => {
    const over = (created: string): unknown =>
      readOne('workflow_job', {
        action: 'completed',
        workflow_job: { ...job, created_at: created },
      }).labels?.['carried_over']
    expect(over('2026-10-30T11:00:00Z')).toBe(true)
    expect(over('2026-10-30T09:00:00Z')).toBeUndefined()
  })

  it('with hundreds of steps keeps those that did not succeed', () => {
    const ok = Array.from({ length: 300 }, () => ({ name: 'ok', conclusion: 'success' }))
    const steps = [...ok, { name: 'bad', conclusion: 'failure' }]
    const entry = readOne('workflow_job', { action: 'completed', workflow_job: { ...job, steps } })
    expect(entry.ci?.steps).toEqual([{ name: 'bad', conclusion: 'failure' }])
    expect(entry.labels?.['steps']).toBe(301)
  })
})
