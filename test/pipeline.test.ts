import { createHash } from 'node:crypto'

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'

import type { AlertReport, CheckRunReport, JsonObject } from '../src/core/domain/index.js'
import { Appender, compareHere, entriesInRange, verifyLog } from '../src/ledger/index.js'
import { createFileStore, type FilePlace } from '../src/platform/index.js'
import { createPipeline, type Pipeline } from '../src/pipeline.js'
import { testDatabase, type TestDatabase } from './support/database.js'
import { delivery } from './support/deliveries.js'

const SHA = 'a'.repeat(40)
const HEAD_OF_MAIN = 'b'.repeat(40)
const OWN_APP = 4711
const MONA = { id: 7, login: 'mona', type: 'User' }
const REPOSITORY = {
  id: 99,
  full_name: 'acme/shop',
  name: 'shop',
  private: true,
  default_branch: 'main',
  owner: { id: 3, login: 'acme', type: 'Organization' },
}

let database: TestDatabase
let pipeline: Pipeline
let checkRuns: CheckRunReport[]
/** Paths at commits, as GitHub has them; none: it gives nothing. */
let contents: Map<string, string> | undefined
let alerts: AlertReport[]

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(async () => {
  await database.drop()
})
beforeEach(async () => {
  await database.pool.query('DELETE FROM graphile_worker._private_jobs')
  checkRuns = []
  alerts = []
  const clock = (): number => Date.UTC(2026, 10, 1, 12)
  pipeline = createPipeline({
    database,
    appender: new Appender(database, clock),
    checkRuns: {
      report: (report) => {
        checkRuns.push(report)
        return Promise.resolve({ outcome: 'created', checkRunId: 1, url: undefined })
      },
    },
    alerts: {
      report: (alert) => {
        alerts.push(alert)
        const url = 'https://github.com/acme/shop/issues/1'
        return Promise.resolve({
          commit: { outcome: 'found', headSha: alert.headSha ?? HEAD_OF_MAIN },
          issue: { outcome: 'created', number: 1, url },
        })
      },
    },
    fileStore: createFileStore(database, clock),
    files: { fetch: (_repo, places) => fetchFiles(places) },
    compare: compareHere,
    appId: OWN_APP,
    githubUrl: 'https://github.com',
    checkDelayMs: 5000,
    clock,
  })
})

async function fetchFiles(places: readonly FilePlace[]): Promise<'no_permission' | undefined> {
  if (!contents) return 'no_permission'
  const store = createFileStore(database, () => 0)
  for (const place of places) {
    const text = contents.get(`${place.commit}:${place.path}`)
    const content = Buffer.from(text ?? '')
    const blobSha = createHash('sha1').update(content).digest('hex')
    await store.put(
      place,
      text === undefined ? { state: 'absent' } : { state: 'there', blobSha, content },
    )
  }
  return undefined
}

let guids = 0
async function receive(event: string, payload: JsonObject): Promise<void> {
  const whole = { repository: REPOSITORY, sender: MONA, installation: { id: 12 }, ...payload }
  await pipeline.receive(delivery(`pipeline-${String((guids += 1))}`, whole, event))
}

interface Job {
  readonly identifier: string
  readonly payload: unknown
  readonly key: string | null
}

async function waitingJobs(): Promise<Job[]> {
  const { rows } = await database.pool.query<Job>(
    `SELECT t.identifier, j.payload, j.key FROM graphile_worker._private_jobs j
     JOIN graphile_worker._private_tasks t ON t.id = j.task_id ORDER BY j.id`,
  )
  return rows
}

/** Works the queue off by hand, in order, until nothing waits. Returns the names of the jobs. */
async function workOff(): Promise<string[]> {
  const done: string[] = []
  for (;;) {
    const jobs = await waitingJobs()
    if (jobs.length === 0) return done
    await database.pool.query('DELETE FROM graphile_worker._private_jobs')
    for (const { identifier, payload } of jobs) {
      done.push(identifier)
      await pipeline.handlers[identifier]?.(payload)
    }
  }
}

const run = (over: JsonObject = {}): JsonObject => ({
  action: 'completed',
  workflow: { id: 1, name: 'CI', path: '.github/workflows/ci.yml' },
  workflow_run: {
    id: 501,
    run_number: 3,
    run_attempt: 1,
    name: 'CI',
    path: '.github/workflows/ci.yml',
    head_sha: SHA,
    head_branch: 'main',
    event: 'push',
    status: 'completed',
    conclusion: 'success',
    actor: MONA,
    triggering_actor: MONA,
    created_at: '2026-11-01T10:00:00Z',
    updated_at: '2026-11-01T10:05:00Z',
    run_started_at: '2026-11-01T10:00:00Z',
    ...over,
  },
})

describe('the pipeline', () => {
  it('reports a commit once its run is completed, with who ran what and a proof', async () => {
    await receive('workflow_run', run())
    expect(await workOff()).toEqual(['evaluate', 'report_commit'])
    expect(checkRuns).toHaveLength(1)
    expect(checkRuns[0]).toMatchObject({
      repo: { name: 'acme/shop', installationId: 12, url: 'https://github.com/acme/shop' },
      headSha: SHA,
      runs: [
        {
          runId: 501,
          workflow: 'CI',
          state: 'completed',
          outcome: 'success',
          actor: { login: 'mona' },
        },
      ],
    })
    const report = await verifyLog(database)
    const root = Buffer.from(checkRuns[0]?.proof.rootHash ?? '', 'base64').toString('hex')
    expect(root).toBe(report.root)
  })

  it('writes once for ten workflows on one commit', async () => {
    for (let id = 600; id < 610; id += 1) await receive('workflow_run', run({ id }))
    expect(await waitingJobs()).toMatchObject([{ identifier: 'evaluate' }])
    await database.pool.query('DELETE FROM graphile_worker._private_jobs')
    await pipeline.handlers['evaluate']?.({})
    expect(await waitingJobs()).toMatchObject([{ identifier: 'report_commit' }])
    await workOff()
    expect(checkRuns[0]?.runs.length).toBeGreaterThanOrEqual(10)
  })

  it('makes nothing twice when an evaluation runs twice', async () => {
    await receive('deploy_key', {
      action: 'created',
      key: { id: 5, title: 'ci', read_only: false, created_at: '2026-11-01T10:00:00Z' },
    })
    await workOff()
    // As after a kill -9 between queueing and remembering: the same entries are evaluated again.
    await database.pool.query('UPDATE log_evaluation SET size = 0')
    await pipeline.handlers['evaluate']?.({})
    await workOff()
    const { rows } = await database.pool.query(
      `SELECT 1 FROM log_entry WHERE action = 'alert.opened'`,
    )
    expect(rows).toHaveLength(1)
  })

  it('alerts, records that it did, and shows the finding on the default branch’s head', async () => {
    await receive('repository', { action: 'publicized' })
    expect(await workOff()).toEqual(
      expect.arrayContaining(['evaluate', 'report_alert', 'report_commit']),
    )
    expect(alerts).toHaveLength(1)
    const shown = checkRuns.at(-1)
    expect(shown?.headSha).toBe(HEAD_OF_MAIN)
    expect(shown?.findings.map(({ policy }) => policy)).toContain(alerts[0]?.finding.policy)
    const { rows } = await database.pool.query<{ seq: string }>(
      `SELECT seq FROM log_entry WHERE action = 'alert.opened' ORDER BY seq DESC LIMIT 1`,
    )
    const seq = Number(rows[0]?.seq)
    const [opened] = await entriesInRange(database, seq, seq + 1)
    expect(opened?.entry).toMatchObject({
      actor: { type: 'system' },
      source: { system: 'hooktrail', kind: 'internal' },
      links: [{ rel: 'issue', url: 'https://github.com/acme/shop/issues/1' }],
    })
  })

  it('says of a change since last green what policies find, and that it weakens', async () => {
    const sha = 'd'.repeat(40)
    await receive('workflow_run', run({ id: 701, head_sha: 'c'.repeat(40), run_number: 10 }))
    await receive('branch_protection_rule', {
      action: 'edited',
      rule: { id: 5, name: 'main', admin_enforced: false, updated_at: '2026-11-01T10:30:00Z' },
      changes: { admin_enforced: { from: true } },
    })
    const times = { run_started_at: '2026-11-01T11:00:00Z', updated_at: '2026-11-01T11:05:00Z' }
    await receive('workflow_run', run({ id: 702, head_sha: sha, run_number: 11, ...times }))
    await workOff()
    const shown = checkRuns.find(({ headSha }) => headSha === sha)
    expect(shown?.findings).toEqual([])
    expect(shown?.sinceGreen[0]?.changes).toMatchObject([
      { action: 'branch_protection.edited', weakens: true, finding: { policy: 'RS-01' } },
    ])
  })

  it('says what a push changed in a workflow, and why it does not know', async () => {
    const path = '.github/workflows/ci.yml'
    const [before, after] = ['5'.repeat(40), '6'.repeat(40)]
    const push = (to: string): JsonObject => ({
      ref: 'refs/heads/main',
      before,
      after: to,
      commits: [{ id: to, added: [], removed: [], modified: [path, 'CODEOWNERS'] }],
      head_commit: { id: to },
    })
    const filesOf = (sha: string): unknown =>
      checkRuns.findLast(({ headSha }) => headSha === sha)?.pushes[0]?.pipelineFiles
    contents = new Map([
      [`${before}:${path}`, 'on: push\njobs: { a: { steps: [{ run: x }] } }\n'],
      [`${after}:${path}`, 'on: [push, workflow_run]\njobs: { a: { steps: [{ run: x }] } }\n'],
    ])
    await receive('push', push(after))
    await workOff()
    expect(filesOf(after)).toMatchObject([
      {
        path,
        definition: { state: 'compared', changes: [{ what: 'trigger', subject: 'workflow_run' }] },
      },
      { path: 'CODEOWNERS', change: 'changed' },
    ])
    // What is kept is not fetched again; what is not kept is not known.
    contents = undefined
    await receive('push', push('7'.repeat(40)))
    await workOff()
    expect(filesOf('7'.repeat(40))).toMatchObject([
      { path, definition: { state: 'unknown', reason: 'no_permission' } },
      { path: 'CODEOWNERS' },
    ])
  })

  it('records its own check run’s echo and does nothing about it', async () => {
    const before = (await verifyLog(database)).size
    await receive('check_run', {
      action: 'created',
      check_run: { id: 1, name: 'Hooktrail', head_sha: SHA, app: { id: OWN_APP } },
    })
    expect(await workOff()).toEqual(['evaluate'])
    expect((await verifyLog(database)).size).toBe(before + 1)
  })

  it('records that a known GUID brought another body', async () => {
    const guid = 'pipeline-altered'
    await pipeline.receive(delivery(guid, { n: 1 }))
    const receipt = await pipeline.receive(delivery(guid, { n: 2 }))
    expect(receipt.outcome).toBe('duplicate')
    await pipeline.receive(delivery(guid, { n: 2 }))
    const { rows } = await database.pool.query(
      `SELECT 1 FROM log_entry WHERE action = 'delivery.altered'`,
    )
    expect(rows).toHaveLength(1)
  })
})
