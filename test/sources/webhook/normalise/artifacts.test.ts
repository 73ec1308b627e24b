import { describe, expect, it } from '@jest/globals'

import { personal, type JsonObject } from '../../../../src/core/domain/index.js'
import { MONA, OCTOCAT, readOne, REPOSITORY } from './reading.js'

const octocat = { type: 'user', id: 583231, login: 'octocat' }
const mona = { type: 'user', id: 21031067, login: 'mona' } as const
const SHA = 'b'.repeat(40)

function release(action: string, over: JsonObject = {}, more: JsonObject = {}) {
  const about = {
    id: 6,
    name: 'First',
    body: 'By Mona',
    tag_name: 'v1',
    target_commitish: 'main',
    draft: false,
    author: MONA,
    html_url: 'https://github.com/acme/shop/releases/tag/v1',
    published_at: '2026-10-30T09:00:00Z',
    ...over,
  }
  const payload = { action, release: about, repository: REPOSITORY, sender: OCTOCAT, ...more }
  return readOne('release', payload)
}

describe('a release', () => {
  it('is by who published it, and keeps who drafted it and its files', () => {
    const assets = [{ name: 'shop.tgz', digest: `sha256:${'a'.repeat(64)}` }, { name: 'old.zip' }]
    expect(release('published', { assets, immutable: true })).toMatchObject({
      action: 'release.published',
      occurred_at: '2026-10-30T09:00:00.000Z',
      actor: octocat,
      targets: [
        { type: 'release', id: 6, name: personal('First', mona) },
        { type: 'tag', id: 'refs/tags/v1' },
        { type: 'author', principal: mona },
      ],
      ci: {
        ref: 'refs/tags/v1',
        artifacts: [{ name: 'shop.tgz', digest: `sha256:${'a'.repeat(64)}` }, { name: 'old.zip' }],
      },
      labels: { immutable: true, target: 'main', assets: 2 },
    })
  })

  it('that was edited after people could have it is of medium severity; a draft is not', () => {
    const changes = { tag_name: { from: 'v0' }, body: { from: 'By nobody' } }
    const edited = release('edited', {}, { changes })
    expect(edited).toMatchObject({
      action: 'release.edited',
      severity: 2,
      changes: [
        { path: 'body', before: personal('By nobody', mona), after: personal('By Mona', mona) },
        { path: 'tag_name', before: 'v0', after: 'v1' },
      ],
      labels: { after_publication: true },
    })
    const draft = release('edited', { draft: true, published_at: null }, { changes })
    expect(draft.severity).toBeUndefined()
    expect(draft.labels?.['after_publication']).toBeUndefined()
  })

  it('without a sender is its author’s only if it is new', () => {
    expect(release('created', {}, { sender: null })).toMatchObject({
      actor: mona,
      attribution: { method: 'release.author' },
    })
    expect(release('deleted', {}, { sender: null })).toMatchObject({
      actor: { type: 'unknown' },
      attribution: { method: 'no sender in the payload' },
    })
  })
})

describe('a package', () => {
  it('keeps the digests of what was published, and the commit that it was made from', () => {
    const package_version = {
      id: 2,
      version: '1.0.0',
      target_oid: SHA,
      author: MONA,
      html_url: 'https://github.com/acme/shop/packages/1?version=1.0.0',
      container_metadata: { tag: { name: 'latest', digest: `sha256:${'c'.repeat(64)}` } },
      package_files: [{ name: 'shop.tgz', sha256: 'd'.repeat(64) }],
      created_at: '2026-10-30T09:00:00Z',
    }
    const about = { id: 1, name: 'shop', ecosystem: 'npm', package_type: 'npm', package_version }
    const payload = { action: 'published', registry_package: about, repository: REPOSITORY }
    expect(readOne('registry_package', { ...payload, sender: OCTOCAT })).toMatchObject({
      action: 'package.published',
      occurred_at: '2026-10-30T09:00:00.000Z',
      actor: octocat,
      targets: [
        { type: 'package', id: 1, name: 'shop' },
        { type: 'package_version', id: 2, name: '1.0.0' },
        { type: 'author', principal: mona },
      ],
      ci: {
        head_sha: SHA,
        artifacts: [
          { name: 'latest', digest: `sha256:${'c'.repeat(64)}` },
          { name: 'shop.tgz', digest: `sha256:${'d'.repeat(64)}` },
        ],
      },
    })
  })
})

describe('a fork', () => {
  it('of a private repository that is public itself says so', () => {
    const forkee = {
      id: 5,
      full_name: 'mallory/shop',
      private: false,
      created_at: '2026-10-30T09:00:00Z',
      html_url: 'https://github.com/mallory/shop',
    }
    expect(readOne('fork', { forkee, repository: REPOSITORY, sender: OCTOCAT })).toMatchObject({
      action: 'repository.forked',
      severity: 1,
      actor: octocat,
      targets: [{ type: 'fork', id: 5, name: 'mallory/shop' }, { type: 'repository' }],
      labels: { private: true, public_fork: true },
    })
  })
})

describe('what says nothing about CI/CD', () => {
  it('is recorded by name all the same, with who and what it was about', () => {
    const issue = { id: 9, number: 3, html_url: 'https://github.com/acme/shop/issues/3' }
    const payload = { action: 'transferred', issue, repository: REPOSITORY, sender: OCTOCAT }
    expect(readOne('issues', payload)).toMatchObject({
      action: 'issue.transferred',
      actor: octocat,
      targets: [{ type: 'issue', id: 9 }, { type: 'repository' }],
    })
  })
})
