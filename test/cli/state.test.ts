import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { personal, type EntryDraft } from '../../src/core/domain/index.js'
import { testDatabase, type TestDatabase } from '../support/database.js'
import { draft } from '../support/deliveries.js'
import { playLog } from '../support/pipeline.js'
import { hooktrail, type Answer } from './terminal.js'

let database: TestDatabase

const MONA = { type: 'user', id: 7, login: 'mona' } as const
const repo = { host: 'github.com', id: 99, name: 'acme/shop' }
const account = { host: 'github.com', id: 3, name: 'acme' }
const at = (time: string): string => `2026-11-01T${time}.000Z`

const RUN = { run_id: 41, run_attempt: 1, workflow: 'Deploy', environment: 'production' }
function status(id: number, time: string, state: string, sha: string): Partial<EntryDraft> {
  return {
    action: 'deployment.status_changed',
    occurred_at: at(time),
    outcome: state === 'success' ? 'success' : 'pending',
    targets: [
      { type: 'deployment', id, name: 'production' },
      { type: 'deployment_status', id: id * 10 + (state === 'success' ? 1 : 0), name: state },
    ],
    ci: { ...RUN, run_id: id === 501 ? 41 : 42, head_sha: sha },
    correlation_id: `deployment:99/${String(id)}`,
    labels: { state },
  }
}

const pull = { type: 'pull_request', id: 12 }
function pullEvent(action: string, time: string, over: Partial<EntryDraft>): Partial<EntryDraft> {
  return {
    action,
    occurred_at: at(time),
    targets: [pull, { type: 'author', principal: MONA }],
    ci: { ref: 'refs/heads/cart', head_sha: 'f00d', title: personal('Add a cart', MONA) },
    correlation_id: 'pr:99/12',
    ...over,
  }
}

const STORY: readonly Partial<EntryDraft>[] = [
  status(501, '09:10:00', 'success', 'aaa'),
  status(501, '09:05:00', 'in_progress', 'aaa'),
  {
    action: 'deployment.approved',
    occurred_at: at('09:04:00'),
    actor: MONA,
    targets: [{ type: 'environment', name: 'production' }],
    ci: RUN,
    correlation_id: 'run:99/41',
  },
  {
    action: 'workflow_run.completed',
    occurred_at: at('09:11:00'),
    ci: { ...RUN, environment: undefined },
    targets: [],
    correlation_id: 'run:99/41',
  },
  status(502, '10:00:00', 'success', 'bbb'),
  pullEvent('pull_request.merged', '11:00:00', { labels: { merge: 'direct', base: 'main' } }),
  pullEvent('pull_request.enqueued', '10:50:00', { actor: MONA, labels: { base: 'main' } }),
  pullEvent('pull_request_review.approved', '10:40:00', {
    actor: { type: 'user', id: 8, login: 'hubot-person' },
    targets: [{ type: 'review', id: 77 }, pull],
    ci: { head_sha: 'beef' },
  }),
  {
    action: 'repository.renamed',
    occurred_at: at('08:00:00'),
    targets: [],
    changes: [{ path: 'name', before: 'store', after: 'shop' }],
    labels: { visibility: 'private' },
  },
  {
    action: 'push.created',
    occurred_at: at('07:00:00'),
    actor: { ...MONA, login: 'lisa' },
    repo: { ...repo, name: 'acme/store' },
  },
  {
    action: 'installation.created',
    occurred_at: at('06:00:00'),
    repo: undefined,
    targets: [
      { type: 'installation', id: 58 },
      { type: 'repository', id: 99, name: 'acme/store' },
    ],
    correlation_id: 'installation:58',
    snapshot: {
      type: 'installation',
      id: 58,
      value: { permissions: { actions: 'read' }, events: ['push'], suspended: false },
    },
    labels: { repository_selection: 'selected', repositories: 1 },
  },
  {
    action: 'installation.suspended',
    occurred_at: at('11:30:00'),
    repo: undefined,
    targets: [{ type: 'installation', id: 58 }],
    correlation_id: 'installation:58',
  },
]

beforeAll(async () => {
  database = await testDatabase()
  const log = playLog(database)
  for (const [index, over] of STORY.entries()) {
    await log.record(`state-${String(index)}`, draft({ repo, account, ...over }))
  }
  // Whoever mona was then, her login is mona now: the last delivery says so.
  await log.record('state-last', draft({ repo, account, actor: MONA, occurred_at: at('11:40:00') }))
})

afterAll(async () => {
  await database.drop()
})

function ask(...args: string[]): Promise<Answer> {
  return hooktrail(args, { env: { DATABASE_URL: database.url } })
}

describe('hooktrail state', () => {
  it('tells of a deployment who let it, and what took its place', async () => {
    const { code, out, err } = await ask('state', 'deployment', '501', '--utc')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain('Deployment 501  success, superseded by deployment 502')
    expect(out).toContain('mona approved production')
    expect(out.indexOf('in_progress by')).toBeLessThan(out.indexOf('success by'))
    expect((await ask('state', 'deployment', '502')).out).toContain('success, current')
  })

  it('tells how a pull request was merged where its own delivery does not', async () => {
    const { out } = await ask('state', 'pr', 'acme/shop#12')
    expect(out).toContain('acme/shop#12  Add a cart  merged')
    expect(out).toContain('by the merge queue, which mona asked for')
    expect(out).toContain('(derived: it was in the merge queue when it was merged)')
    expect(out).toMatch(/hubot-person: approved \(of beef, not the last commit\)/)
    expect((await ask('state', 'pr', 'https://github.com/acme/shop/pull/12')).out).toBe(out)
    expect((await ask('state', 'pr', 'acme/store#12')).out).toBe(out)
  })

  it('finds a repository by its name, by an old one and by its id', async () => {
    const { out } = await ask('state', 'repo', 'acme/shop')
    expect(out).toContain('Repository acme/shop  private')
    expect(out).toContain('acme/store → acme/shop, renamed by octocat')
    expect((await ask('state', 'repo', 'Acme/Store')).out).toBe(out)
    expect((await ask('state', 'repo', '99')).out).toBe(out)
  })

  it('tells of an account its installations, and of an installation what it may and who suspended it', async () => {
    expect((await ask('state', 'account', 'acme')).out).toMatch(/Installations +58/)
    const { out } = await ask('state', 'installation', '58')
    expect(out).toContain('Installation 58  suspended')
    expect(out).toMatch(/Suspended by +octocat/)
    expect(out).toMatch(/Permissions +actions: read/)
    expect(out).toMatch(/Repositories +acme\/store/)
  })

  it('has the inputs, approvals and deployments of a run in its story', async () => {
    const { out } = await ask('run', '41')
    expect(out).toMatch(/Reviews +mona approved production/)
    expect(out).toMatch(/Deployments +production: success, superseded by deployment 502/)
  })

  it('says what to do about what it does not know or understand', async () => {
    const { code, err } = await ask('state', 'deployment', '5')
    expect(code).toBe(1)
    expect(err).toContain('This log has no entry of deployment 5. It is named by the id')
    const misread = await ask('state', 'pr', 'shop')
    expect(misread.code).toBe(2)
    expect(misread.err).toContain('“shop” is not owner/name#number')
  })

  it('gives programs the same as JSON', async () => {
    const { out, err } = await ask('state', 'subject', 'mona', '--json')
    expect(err).toBe('')
    expect(JSON.parse(out)).toMatchObject({
      kind: 'subject',
      states: [
        {
          complete: true,
          state: { login: 'mona', logins: [{ name: 'lisa' }, { name: 'mona' }] },
        },
      ],
    })
    expect((await ask('state', 'subject', 'lisa', '--json')).out).toBe(out)
  })

  it('has no name any more of somebody who was erased', async () => {
    await database.pool.query(
      `WITH gone AS (DELETE FROM subject WHERE login = 'mona' RETURNING id)
       DELETE FROM log_opening WHERE subject IN (SELECT id FROM gone)`,
    )
    for (const [kind, reference] of [
      ['deployment', '501'],
      ['pr', 'acme/shop#12'],
    ] as const) {
      const { out } = await ask('state', kind, reference, '--json')
      expect(out).not.toMatch(/mona|lisa/)
      expect((await ask('state', kind, reference)).out).toContain('(erased)')
    }
    expect((await ask('run', '41', '--json')).out).not.toMatch(/mona|lisa/)
    expect((await ask('state', 'subject', 'mona')).code).toBe(1)
    expect((await ask('state', 'subject', 'lisa')).code).toBe(1)
  })
})
