import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { addCommit, blobSha, setRef, treeSha } from '../../../src/demo/index.js'
import { AT, openScene, statusOf, type Scene } from './scene.js'

const here = { owner: 'octo-org', repo: 'hello' }
const PATH = '.github/workflows/ci.yml'
let scene: Scene

beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.standIn.close())

describe('object ids', () => {
  it('are those of Git', () => {
    // Made with `git hash-object` and `git mktree`.
    expect(blobSha('hello\n')).toBe('ce013625030ba8dba906f756967f9e9ca394464a')
    expect(treeSha(new Map([['hello.txt', 'hello\n']]))).toBe(
      'aaa96ced2d9a1c8e72c56b253a0e2fe78393feb7',
    )
  })
})

describe('contents', () => {
  it('are read at the commit that is asked for', async () => {
    const after = addCommit(scene.repository, {
      author: scene.octocat,
      message: 'Run on pull requests of strangers',
      at: new Date('2026-11-02T11:00:00Z'),
      branch: 'main',
      files: { [PATH]: 'on: pull_request_target\njobs: {}\n', 'README.md': null },
    })
    const read = async (ref: string): Promise<unknown> => {
      const mediaType = { format: 'raw' }
      return (await scene.installed.rest.repos.getContent({ ...here, path: PATH, ref, mediaType }))
        .data
    }
    expect(await read(scene.commit.sha)).toBe('on: push\njobs: {}\n')
    expect(await read('main')).toBe('on: pull_request_target\njobs: {}\n')

    const comparison = await scene.installed.rest.repos.compareCommitsWithBasehead({
      ...here,
      basehead: `${scene.commit.sha}...${after.sha}`,
    })
    expect(comparison.data).toMatchObject({ status: 'ahead', ahead_by: 1, behind_by: 0 })
    expect(comparison.data.files).toMatchObject([
      {
        filename: PATH,
        status: 'modified',
        additions: 1,
        deletions: 1,
        patch: '@@ -1,1 +1,1 @@\n-on: push\n+on: pull_request_target',
      },
      { filename: 'README.md', status: 'removed' },
    ])
    expect(scene.standIn.violations()).toEqual([])
  })

  it('list a folder and say 404 for what is not there', async () => {
    const { repos } = scene.installed.rest
    const folder = await repos.getContent({ ...here, path: '.github/workflows' })
    expect(folder.data).toMatchObject([{ type: 'file', name: 'ci.yml' }])
    expect(await statusOf(repos.getContent({ ...here, path: 'nowhere' }))).toBe(404)
    expect(await statusOf(repos.getContent({ ...here, path: PATH, ref: 'gone' }))).toBe(404)
  })
})

describe('a branch and a tag', () => {
  it('move, and two histories diverge', async () => {
    const { repository, octocat, commit } = scene
    const aside = addCommit(repository, {
      author: octocat,
      message: 'Aside',
      at: AT,
      parents: [commit.sha],
      files: { 'a.txt': 'a\n' },
    })
    setRef(repository, 'refs/tags/v1', commit.sha)
    setRef(repository, 'refs/tags/v1', aside.sha)
    const { git, repos } = scene.installed.rest
    const found = await git.listMatchingRefs({ ...here, ref: 'tags/v' })
    expect(found.data.map(({ object }) => object.sha)).toEqual([aside.sha])
    const { data } = await repos.compareCommitsWithBasehead({ ...here, basehead: 'main...v1' })
    expect(data).toMatchObject({ status: 'diverged', ahead_by: 1, behind_by: 1 })
    expect(data.merge_base_commit.sha).toBe(commit.sha)
  })

  it('is 404 where a branch has no protection', async () => {
    const branch = { ...here, branch: 'main' }
    expect(await statusOf(scene.installed.rest.repos.getBranchProtection(branch))).toBe(404)
  })
})
