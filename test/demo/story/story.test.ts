import { beforeAll, describe, expect, it } from '@jest/globals'

import { createGitHubState, type GitHubState, type Repository } from '../../../src/demo/index.js'
import { readAppManifest } from '../../../src/platform/index.js'
import { playStory, type StoryDelivery } from '../../../src/demo/story/index.js'
import { objectIn, textAt, valueAt } from './payload.js'

const ENDS_AT = Date.UTC(2026, 10, 22, 9, 30)
const DAY = 24 * 3600 * 1000

let state: GitHubState
let story: readonly StoryDelivery[]

beforeAll(() => {
  state = createGitHubState()
  story = [...playStory(state, { endsAt: ENDS_AT })]
})

function named(event: string, action?: string): StoryDelivery[] {
  return story.filter(
    (one) => one.event === event && (action === undefined || one.payload['action'] === action),
  )
}

function repositoryOf(delivery: StoryDelivery): Repository | undefined {
  const id = valueAt(delivery.payload, 'repository.id')
  return typeof id === 'number' ? state.repositories.get(id) : undefined
}

describe('the story', () => {
  it('is several hundred deliveries of a fortnight that ends before the given moment', () => {
    expect(story.length).toBeGreaterThanOrEqual(300)
    expect(story.length).toBeLessThanOrEqual(600)
    expect(Math.min(...story.map(({ at }) => at))).toBeGreaterThanOrEqual(ENDS_AT - 15 * DAY)
    expect(Math.max(...story.map(({ at }) => at))).toBeLessThan(ENDS_AT)
  })

  it('comes out the same for the same options, and otherwise for another seed', () => {
    const again = [...playStory(createGitHubState(), { endsAt: ENDS_AT })]
    const other = [...playStory(createGitHubState(), { endsAt: ENDS_AT, seed: 7 })]
    expect(JSON.stringify(again)).toBe(JSON.stringify(story))
    expect(JSON.stringify(other)).not.toBe(JSON.stringify(story))
  })

  it('tells only of what the App has subscribed to, of the App itself, and of tomorrow', () => {
    const known = new Set(readAppManifest().default_events)
    const others = new Set(story.map(({ event }) => event).filter((event) => !known.has(event)))
    expect([...others].toSorted()).toEqual(['installation', 'workflow_insight'])
  })

  it('is sent in the order of time', () => {
    const times = story.map(({ at }) => at)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  })

  it('is strictly JSON: nothing is undefined, nothing is lost on the way', () => {
    for (const { payload } of story) {
      expect(JSON.parse(JSON.stringify(payload))).toStrictEqual(payload)
    }
  })

  it('has an id of its own for each delivery but the one that comes twice, byte for byte', () => {
    const seen = new Map<string, StoryDelivery>()
    const twice: StoryDelivery[] = []
    for (const one of story) {
      const before = seen.get(one.guid)
      if (before) twice.push(one)
      if (before) expect(JSON.stringify(one.payload)).toBe(JSON.stringify(before.payload))
      seen.set(one.guid, one)
    }
    expect(twice).toHaveLength(1)
    expect(
      [...seen.keys()].every((guid) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(guid)),
    ).toBe(true)
  })

  it.each([
    ['workflow_run', ['requested', 'in_progress', 'completed']],
    ['workflow_job', ['queued', 'waiting', 'in_progress', 'completed']],
    ['pull_request', ['opened', 'synchronize', 'review_requested', 'closed']],
    ['deployment_review', ['requested', 'approved']],
    ['secret_scanning_alert', ['created', 'resolved']],
    ['secret_scanning_alert_location', ['created']],
    ['deploy_key', ['created', 'deleted']],
    ['branch_protection_rule', ['edited']],
    ['repository_ruleset', ['created']],
    ['repository', ['publicized']],
    ['member', ['added', 'removed']],
    ['membership', ['added']],
    ['organization', ['member_added', 'member_removed']],
    ['team', ['added_to_repository']],
    ['dependabot_alert', ['created', 'fixed']],
    ['check_suite', ['requested', 'completed']],
    ['check_run', ['created', 'completed']],
    ['release', ['created', 'published', 'released']],
    ['installation', ['created']],
    ['deployment', ['created']],
    ['deployment_status', ['created']],
    ['pull_request_review', ['submitted']],
    ['workflow_insight', ['computed']],
  ])('tells of %s: %j', (event, actions) => {
    const told = new Set(named(event).map(({ payload }) => payload['action']))
    expect([...told].toSorted()).toEqual(actions.toSorted())
  })

  it.each(['push', 'create', 'delete', 'public', 'workflow_dispatch'])('tells of %s', (event) => {
    expect(named(event).length).toBeGreaterThan(0)
  })
})

describe('its ids fit together', () => {
  it('every repository, run, job and commit that a delivery names is in the state', () => {
    for (const delivery of [...named('workflow_run'), ...named('workflow_job')]) {
      const subject = delivery.event
      const repository = repositoryOf(delivery)
      const runId = valueAt(
        delivery.payload,
        `${subject}.${subject === 'workflow_run' ? 'id' : 'run_id'}`,
      )
      const run = repository?.runs.get(Number(runId))
      const sha = textAt(delivery.payload, `${subject}.head_sha`)
      expect(run?.headSha).toBe(sha)
      expect(repository?.commits.has(sha)).toBe(true)
      const jobs = run?.attempts.flatMap((attempt) => attempt.jobs.map(({ id }) => id)) ?? []
      if (subject === 'workflow_job') {
        expect(jobs).toContain(valueAt(delivery.payload, 'workflow_job.id'))
      }
    }
  })

  it('every push starts where the last push to that ref ended, and its commits exist', () => {
    const tips = new Map<string, string>()
    for (const delivery of named('push')) {
      const ref = `${textAt(delivery.payload, 'repository.full_name')} ${textAt(delivery.payload, 'ref')}`
      const before = textAt(delivery.payload, 'before')
      const after = textAt(delivery.payload, 'after')
      const tip = tips.get(ref)
      if (tip !== undefined) expect([ref, before]).toEqual([ref, tip])
      tips.set(ref, after)
      if (!/^0+$/.test(after)) expect(repositoryOf(delivery)?.commits.has(after)).toBe(true)
    }
  })

  it('every run that was requested ends, after it was requested, and each attempt once', () => {
    const key = ({ payload }: StoryDelivery): string => {
      const { id, run_attempt } = objectIn(payload, 'workflow_run')
      return JSON.stringify([id, run_attempt])
    }
    const requested = named('workflow_run', 'requested').map(key)
    const completed = named('workflow_run', 'completed').map(key)
    expect(new Set(requested).size).toBe(requested.length)
    expect(new Set(completed)).toEqual(new Set(requested))
  })

  it('the workflow file of every run is in the commit that it ran', () => {
    for (const delivery of named('workflow_run', 'requested')) {
      const commit = repositoryOf(delivery)?.commits.get(
        textAt(delivery.payload, 'workflow_run.head_sha'),
      )
      expect(commit?.files.has(textAt(delivery.payload, 'workflow_run.path'))).toBe(true)
    }
  })

  it('every delivery but those of the installation itself is for the one installation', () => {
    const installation = [...state.installations.keys()]
    expect(installation).toHaveLength(1)
    for (const { payload } of story) {
      expect(valueAt(payload, 'installation.id')).toBe(installation[0])
    }
  })

  it('the state moves with the story: what GitHub answers is what was last delivered', () => {
    const live = createGitHubState()
    for (const { event, payload } of playStory(live, { endsAt: ENDS_AT })) {
      if (event !== 'push' || payload['after'] === '0'.repeat(40)) continue
      const repository = live.repositories.get(Number(valueAt(payload, 'repository.id')))
      expect(repository?.refs.get(textAt(payload, 'ref'))).toBe(payload['after'])
    }
  })
})

describe('what happens in it', () => {
  it('a run of a fork names no pull request, comes from another repository and waits', () => {
    const forked = named('workflow_run', 'completed').filter(
      ({ payload }) =>
        valueAt(payload, 'workflow_run.head_repository.id') !== valueAt(payload, 'repository.id'),
    )
    const conclusions = forked.map(({ payload }) => valueAt(payload, 'workflow_run.conclusion'))
    expect(conclusions).toEqual(['action_required', 'success'])
    expect(valueAt(forked[0]?.payload, 'workflow_run.pull_requests')).toEqual([])
  })

  it('somebody else runs a failed build again', () => {
    const again = named('workflow_run', 'requested').filter(
      ({ payload }) =>
        valueAt(payload, 'workflow_run.run_attempt') === 2 &&
        valueAt(payload, 'workflow_run.name') === 'CI',
    )
    const [one] = again
    expect(again).toHaveLength(1)
    expect(textAt(one?.payload, 'workflow_run.triggering_actor.login')).toBe('samuel-acme')
    expect(textAt(one?.payload, 'workflow_run.actor.login')).toBe('aiko-acme')
    expect(textAt(one?.payload, 'workflow_run.previous_attempt_url')).toMatch(/attempts\/1$/)
  })

  it('a deployment goes back to the commit of an earlier one, which came before in the history', () => {
    const succeeded = named('deployment_status').filter(
      ({ payload }) => valueAt(payload, 'deployment_status.state') === 'success',
    )
    const [first, second, third] = succeeded.map(({ payload }) => textAt(payload, 'deployment.sha'))
    expect(succeeded).toHaveLength(3)
    expect([first, second]).toEqual([third, expect.not.stringContaining(first ?? '–')])
    const history = named('push').filter(({ payload }) => payload['ref'] === 'refs/heads/main')
    const parents = new Map(history.map(({ payload }) => [payload['after'], payload['before']]))
    let at: unknown = second
    while (at !== undefined && at !== first) at = parents.get(at as string)
    expect(at).toBe(first)
  })

  it('the release workflow writes its release as GitHub Actions, while it runs', () => {
    const at = story.findIndex(
      ({ event, payload }) => event === 'release' && payload['action'] === 'created',
    )
    expect(textAt(story[at]?.payload, 'sender.login')).toBe('github-actions[bot]')
    const runs = story.filter(
      ({ event, payload }) =>
        event === 'workflow_run' && valueAt(payload, 'workflow_run.name') === 'Release',
    )
    const [requested, started, completed] = runs.map((run) => story.indexOf(run))
    expect([requested, started, at, completed]).toEqual(
      [requested, started, at, completed].toSorted((a = 0, b = 0) => a - b),
    )
  })

  it('the attack weakens protection, changes a pipeline in another name, moves a tag, leaves a key', () => {
    const attack = story.filter(
      ({ payload }) =>
        textAt(payload, 'sender.login') === 'raj-contracting' &&
        textAt(payload, 'repository.name') === 'timetable-api',
    )
    const events = attack.map(({ event }) => event)
    const order = ['branch_protection_rule', 'push', 'deploy_key']
    expect(events.filter((event) => order.includes(event))).toEqual([
      'branch_protection_rule',
      'push',
      'push',
      'deploy_key',
      'branch_protection_rule',
    ])
    const pushes = attack.filter(({ event }) => event === 'push')
    expect(textAt(pushes[0]?.payload, 'head_commit.author.username')).toBe('mira-acme')
    expect(pushes[1]?.payload).toMatchObject({ ref: 'refs/tags/v2.4.1', forced: true })
    expect(valueAt(named('deploy_key', 'created').at(-1)?.payload, 'key.read_only')).toBe(false)
  })

  it('the tampered pipeline passes with its tests skipped, and is gone at the end', () => {
    const run = named('workflow_job', 'completed').filter(
      ({ payload }) => valueAt(payload, 'workflow_job.conclusion') === 'skipped',
    )
    expect(run.map(({ payload }) => textAt(payload, 'workflow_job.name'))).toEqual(['test'])
    const [repository] = [...state.repositories.values()]
    const contentOf = (sha = ''): string =>
      repository?.commits.get(sha)?.files.get('.github/workflows/ci.yml') ?? ''
    expect(contentOf(textAt(run[0]?.payload, 'workflow_job.head_sha'))).toContain(
      'pull_request_target',
    )
    expect(contentOf(repository?.refs.get('refs/heads/main'))).not.toContain('pull_request_target')
    expect(
      repository?.commits.get(repository.refs.get('refs/heads/main') ?? '')?.files.has('.npmrc'),
    ).toBe(false)
  })

  it('one start of a job arrives after its own end', () => {
    const late = story.findIndex(({ note }) => note === 'arrives after its own end')
    const job = objectIn(story[late]?.payload, 'workflow_job')
    const end = story.findIndex(
      ({ event, payload }) =>
        event === 'workflow_job' &&
        payload['action'] === 'completed' &&
        valueAt(payload, 'workflow_job.id') === job['id'],
    )
    expect(end).toBeGreaterThan(-1)
    expect(end).toBeLessThan(late)
  })

  it('carries text that a terminal, a page, a comment and a spreadsheet would each obey', () => {
    const all = JSON.stringify(story)
    expect(all).toContain('\\u001b[8m')
    expect(all).toContain('<script>')
    expect(all).toContain('![ci](https://evil.example')
    expect(all).toContain('=HYPERLINK(')
  })

  it('brings our own check run back to us under the given App', () => {
    const app = { id: 4711, slug: 'own' }
    const told = [...playStory(createGitHubState(), { endsAt: ENDS_AT, app })]
    const own = told.filter(
      ({ event, payload }) =>
        event === 'check_run' && valueAt(payload, 'check_run.app.id') === app.id,
    )
    expect(own.map(({ payload }) => payload['action'])).toEqual(['created', 'completed'])
  })
})
