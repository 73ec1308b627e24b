import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { updateRepository } from '../../../src/demo/index.js'
import { AT, openScene, statusOf, type Scene } from './scene.js'

const here = { owner: 'octo-org', repo: 'hello' }
let scene: Scene

beforeEach(async () => {
  scene = await openScene()
})
afterEach(() => scene.standIn.close())

describe('the life of an issue', () => {
  it('is opened by the bot of the App, found by label and creator, commented on, closed', async () => {
    const { issues } = scene.installed.rest
    const opened = await issues.create({
      ...here,
      title: 'Protection weakened',
      labels: ['hooktrail'],
    })
    expect(opened.data).toMatchObject({
      number: 1,
      state: 'open',
      user: { login: 'hooktrail[bot]', type: 'Bot' },
    })

    const search = { ...here, labels: 'hooktrail', creator: 'hooktrail[bot]' }
    expect((await issues.listForRepo(search)).data).toHaveLength(1)
    expect((await issues.listForRepo({ ...search, labels: 'hooktrail,other' })).data).toHaveLength(
      0,
    )

    const issue_number = opened.data.number
    const comment = await issues.createComment({ ...here, issue_number, body: 'Again' })
    await issues.updateComment({ ...here, comment_id: comment.data.id, body: 'Again, twice' })
    const comments = await issues.listComments({ ...here, issue_number })
    expect(comments.data.map(({ body }) => body)).toEqual(['Again, twice'])

    const closed = await issues.update({ ...here, issue_number, state: 'closed' })
    expect(closed.data).toMatchObject({ state: 'closed', state_reason: 'completed', comments: 1 })
    expect((await issues.listForRepo(search)).data).toHaveLength(0)
    expect((await issues.listForRepo({ ...search, state: 'closed' })).data).toHaveLength(1)
    const reopened = await issues.update({ ...here, issue_number, state: 'open' })
    expect(reopened.data).toMatchObject({ closed_at: null, state_reason: 'reopened' })
    expect(scene.standIn.violations()).toEqual([])
  })

  it('is 410 where issues are switched off', async () => {
    updateRepository(scene.repository, { hasIssues: false }, AT)
    expect(await statusOf(scene.installed.rest.issues.create({ ...here, title: 'x' }))).toBe(410)
  })

  it('is refused with a body that is too long', async () => {
    const long = { ...here, title: 'x', body: 'x'.repeat(65_537) }
    expect(await statusOf(scene.installed.rest.issues.create(long))).toBe(422)
  })
})

describe('a list of issues', () => {
  it('comes in pages with links, all of which Octokit finds', async () => {
    const { issues } = scene.installed.rest
    for (let number = 1; number <= 5; number++) {
      await issues.create({ ...here, title: `Issue ${String(number)}` })
    }
    const second = await issues.listForRepo({ ...here, per_page: 2, page: 2 })
    expect(second.data.map(({ number }) => number)).toEqual([3, 2])
    expect(second.headers.link).toMatch(
      /page=1>; rel="prev".*page=3>; rel="next".*page=3>; rel="last".*rel="first"/,
    )
    const all = await scene.installed.paginate(issues.listForRepo, { ...here, per_page: 2 })
    expect(all.map(({ number }) => number)).toEqual([5, 4, 3, 2, 1])
  })

  it('is not sent again to those who have it', async () => {
    const { issues } = scene.installed.rest
    const first = await issues.listForRepo(here)
    const etag = first.headers.etag ?? ''
    expect(
      await statusOf(issues.listForRepo({ ...here, headers: { 'if-none-match': etag } })),
    ).toBe(304)
  })
})
