import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { addCheckRun } from '../../../src/demo/index.js'
import { openScene, refusalOf, statusOf, type Scene } from './scene.js'

const here = { owner: 'octo-org', repo: 'hello' }
let scene: Scene

beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.standIn.close())

function annotations(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    path: 'README.md',
    start_line: index + 1,
    end_line: index + 1,
    annotation_level: 'notice' as const,
    message: `Line ${String(index + 1)}`,
  }))
}

describe('the life of a check run', () => {
  it('is created, updated in place, and found by commit, name and App', async () => {
    const { checks } = scene.installed.rest
    const head_sha = scene.commit.sha
    const created = await checks.create({
      ...here,
      name: 'Hooktrail',
      head_sha,
      external_id: 'run 1',
    })
    expect(created.data).toMatchObject({ status: 'queued', conclusion: null, external_id: 'run 1' })

    const check_run_id = created.data.id
    const output = { title: 'Nothing unusual', summary: '## Who\n**octocat**' }
    await checks.update({ ...here, check_run_id, conclusion: 'success', output })
    const list = await checks.listForRef({
      ...here,
      ref: 'main',
      check_name: 'Hooktrail',
      app_id: 4242,
    })
    expect(list.data.total_count).toBe(1)
    expect(list.data.check_runs[0]).toMatchObject({
      id: check_run_id,
      status: 'completed',
      conclusion: 'success',
      output: { title: 'Nothing unusual' },
      app: { slug: 'hooktrail' },
    })
    expect(list.data.check_runs[0]?.completed_at).not.toBeNull()
  })

  it('shows the newest of a name unless all are asked for', async () => {
    const { checks } = scene.installed.rest
    const check = { ...here, name: 'twice', head_sha: scene.commit.sha }
    const first = await checks.create(check)
    const second = await checks.create(check)
    expect(second.data.check_suite?.id).toBe(first.data.check_suite?.id)
    const byName = { ...here, ref: scene.commit.sha, check_name: 'twice' }
    expect((await checks.listForRef(byName)).data.check_runs.map(({ id }) => id)).toEqual([
      second.data.id,
    ])
    expect((await checks.listForRef({ ...byName, filter: 'all' })).data.total_count).toBe(2)
  })

  it('appends annotations with each update', async () => {
    const { checks } = scene.installed.rest
    const output = { title: 't', summary: 's', annotations: annotations(50) }
    const { data } = await checks.create({
      ...here,
      name: 'notes',
      head_sha: scene.commit.sha,
      output,
    })
    await checks.update({
      ...here,
      check_run_id: data.id,
      output: { ...output, annotations: annotations(10) },
    })
    const found = await scene.installed.paginate(checks.listAnnotations, {
      ...here,
      check_run_id: data.id,
    })
    expect(found).toHaveLength(60)
  })

  it.each([
    ['51 annotations', { title: 't', summary: 's', annotations: annotations(51) }],
    ['a summary of 65,536 characters', { title: 't', summary: 'x'.repeat(65_536) }],
  ])('refuses %s with 422, which is no violation', async (_, output) => {
    const check = { ...here, name: 'long', head_sha: scene.commit.sha, output }
    expect(await statusOf(scene.installed.rest.checks.create(check))).toBe(422)
    expect(scene.standIn.violations()).toEqual([])
  })

  it('refuses an unknown commit, a run of another App, and completing without a conclusion', async () => {
    const { checks } = scene.installed.rest
    const unknown = { ...here, name: 'x', head_sha: '0'.repeat(40) }
    expect(await refusalOf(checks.create(unknown))).toMatchObject({
      status: 422,
      message: expect.stringContaining('No commit found for SHA'),
    })
    const foreign = addCheckRun(scene.state, scene.repository, {
      name: 'CI',
      headSha: scene.commit.sha,
      appId: 15368,
    })
    const takeover = { ...here, check_run_id: foreign.id, conclusion: 'success' as const }
    expect(await statusOf(checks.update(takeover))).toBe(422)
    const incomplete = {
      ...here,
      name: 'x',
      head_sha: scene.commit.sha,
      status: 'completed' as const,
    }
    expect(await statusOf(checks.create(incomplete))).toBe(422)
  })
})

describe('the page of a check run', () => {
  async function pageFor(summary: string): Promise<Response> {
    const output = { title: '<img src=x onerror=alert(1)>', summary }
    const { data } = await scene.installed.rest.checks.create({
      ...here,
      name: 'page',
      head_sha: scene.commit.sha,
      conclusion: 'neutral',
      output,
    })
    return fetch(data.html_url ?? '')
  }

  it('shows the summary as the Markdown that it is', async () => {
    const page = await (
      await pageFor(
        '## Proof\n\n| a | b |\n| - | - |\n| `c\\|d` | **e** |\n\n- one\n- [two](https://example.com/x)\n\n<details>\n<summary>More</summary>\n\n```\n<b>raw</b>\n```\n\n</details>',
      )
    ).text()
    expect(page).toContain('<h2>Proof</h2>')
    expect(page).toContain('<td><strong>e</strong></td>')
    expect(page).toContain('<a href="https://example.com/x" rel="nofollow noopener">two</a>')
    expect(page).toContain('<details>\n<summary>More</summary>')
    expect(page).toContain('<code>&#60;b&#62;raw&#60;/b&#62;</code>')
  })

  it('runs nothing that somebody wrote into it', async () => {
    const answer = await pageFor(
      '<script>alert(1)</script>\n[x](javascript:alert(1)) <details onclick=x> `<svg onload=x>`',
    )
    const page = await answer.text()
    expect(page).not.toMatch(/<script|<img|<svg|<details o|href="javascript/i)
    const [, style = ''] = /<style>([^]*)<\/style>/.exec(page) ?? []
    const hash = createHash('sha256').update(style).digest('base64')
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none';/)
    expect(answer.headers.get('content-security-policy')).toContain(`style-src 'sha256-${hash}'`)
  })
})
