import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'

import type { FileAtCommit, FilePlace, FileStore } from '../../../src/platform/index.js'
import { createFileSource, type FileSource } from '../../../src/sources/index.js'
import { githubBorder, type GitHubBorder } from '../../support/github-border.js'

const REPO = { host: 'github.com', id: 99, name: 'acme/shop', installationId: 7 }
const SHA = 'a'.repeat(40)
const place = (path: string): FilePlace => ({ host: 'github.com', repoId: 99, commit: SHA, path })
const CI = place('.github/workflows/ci.yml')
const GET = '/repos/acme/shop/contents/.github%2Fworkflows%2Fci.yml'
const RIGHTS = { contents: 'read', metadata: 'read' }
const FILE = {
  type: 'file',
  sha: 'b'.repeat(40),
  size: 5,
  encoding: 'base64',
  content: 'b246\nIHg=\n',
}

let border: GitHubBorder
let kept: Map<string, FileAtCommit>
let source: FileSource

beforeEach(() => {
  border = githubBorder()
  kept = new Map()
  const files: FileStore = {
    get: ({ path }) => Promise.resolve(kept.get(path)),
    put: ({ path }, file) => {
      kept.set(path, file)
      return Promise.resolve()
    },
  }
  source = createFileSource({ github: border.github, files })
})
afterEach(() => {
  expect(border.complaints()).toEqual([])
  border.close()
})

describe('the file source', () => {
  it('asks GitHub once for a file at a commit, and keeps it under its blob', async () => {
    border.expectToken(RIGHTS).expect('GET', GET, [200, FILE])
    expect(await source.fetch(REPO, [CI])).toBeUndefined()
    expect(border.seen[1]?.path).toContain(`ref=${SHA}`)
    expect(kept.get(CI.path)).toMatchObject({
      state: 'there',
      blobSha: FILE.sha,
      content: Buffer.from('on: x'),
    })
    expect(await source.fetch(REPO, [CI])).toBeUndefined()
    expect(border.seen).toHaveLength(2)
  })

  it.each<[string, number, unknown, string]>([
    ['is not there', 404, { message: 'Not Found' }, 'absent'],
    ['is too large', 200, { ...FILE, size: 600_000 }, 'too_large'],
    [
      'comes without content',
      200,
      { ...FILE, size: 2_000, encoding: 'none', content: '' },
      'too_large',
    ],
    ['is a folder', 200, [FILE], 'not_a_file'],
    ['is a link', 200, { ...FILE, type: 'symlink' }, 'not_a_file'],
  ])('remembers that a file %s', async (_name, status, body, state) => {
    border.expectToken(RIGHTS).expect('GET', GET, [status, body])
    expect(await source.fetch(REPO, [CI])).toBeUndefined()
    expect(kept.get(CI.path)).toEqual({ state })
  })

  it('does not try without the right, and says why it has nothing', async () => {
    border.expectToken({ metadata: 'read' })
    expect(await source.fetch(REPO, [CI])).toBe('no_permission')
  })

  it('remembers nothing of what passes by itself', async () => {
    border
      .expectToken(RIGHTS)
      .expect('GET', GET, [429, { message: 'rate limit' }, { 'retry-after': '90' }])
    expect(await source.fetch(REPO, [CI])).toBe('unavailable')
    expect(kept.size).toBe(0)
  })
})
