import { describe, expect, it } from '@jest/globals'

import { personal, type JsonObject } from '../../../../src/core/domain/index.js'
import { ACCOUNT, MONA, OCTOCAT, read, readOne, REPO, REPOSITORY } from './reading.js'

const BEFORE = 'a'.repeat(40)
const AFTER = 'b'.repeat(40)
const NOTHING = '0'.repeat(40)
const PUSHED_AT = new Date(REPOSITORY.pushed_at * 1000).toISOString()
const octocat = { type: 'user', id: 583231, login: 'octocat' }

const COMMIT = {
  id: AFTER,
  message: 'Fix the cart\n\nIt was broken.',
  url: `https://github.com/acme/shop/commit/${AFTER}`,
  author: { name: 'Mona Lisa', email: 'mona@example.com', username: 'mona' },
  added: [],
  removed: [],
  modified: ['src/cart.ts'],
}

function payload(over: JsonObject = {}): JsonObject {
  return {
    ref: 'refs/heads/main',
    before: BEFORE,
    after: AFTER,
    created: false,
    deleted: false,
    forced: false,
    compare: 'https://github.com/acme/shop/compare/aaaaaaaaaaaa...bbbbbbbbbbbb',
    commits: [COMMIT],
    head_commit: COMMIT,
    pusher: { name: 'octocat', email: 'octocat@example.com' },
    sender: OCTOCAT,
    repository: REPOSITORY,
    ...over,
  }
}

function commits(...files: JsonObject[]): JsonObject {
  return { commits: files.map((one) => ({ ...COMMIT, modified: [], ...one })) }
}

describe('a push', () => {
  it('says what moved from where to where, and leaves its authors unverified and sealed', () => {
    const monas = { type: 'user', login: 'mona' } as const
    expect(read('push', payload())).toEqual([
      {
        occurred_at: PUSHED_AT,
        action: 'push.created',
        outcome: 'success',
        actor: octocat,
        attribution: { confidence: 'verified', method: 'sender' },
        targets: [
          {
            type: 'branch',
            id: 'refs/heads/main',
            name: 'main',
            url: 'https://github.com/acme/shop/tree/main',
          },
          { type: 'commit', id: AFTER, name: personal('Fix the cart', monas), url: COMMIT.url },
          { type: 'commit_author', name: personal('Mona Lisa <mona@example.com>', monas) },
        ],
        account: ACCOUNT,
        repo: REPO,
        ci: { event: 'push', ref: 'refs/heads/main', before_sha: BEFORE, head_sha: AFTER },
        changes: [{ path: 'refs/heads/main', before: BEFORE, after: AFTER }],
        reason: personal('Fix the cart', monas),
        links: [
          {
            rel: 'compare',
            url: 'https://github.com/acme/shop/compare/aaaaaaaaaaaa...bbbbbbbbbbbb',
          },
          { rel: 'commit', url: `https://github.com/acme/shop/commit/${AFTER}` },
          { rel: 'before', url: `https://github.com/acme/shop/commit/${BEFORE}` },
          { rel: 'branch', url: 'https://github.com/acme/shop/tree/main' },
          { rel: 'repository', url: 'https://github.com/acme/shop' },
        ],
        correlation_id: `push:1296269/${AFTER}`,
        labels: { commits: 1, default_branch: true },
      },
    ])
  })

  const created = { before: NOTHING, created: true }
  const deleted = { after: NOTHING, deleted: true, commits: [], head_commit: null }
  const branch = { ref: 'refs/heads/feature/x' }
  const tag = { ref: 'refs/tags/v1' }
  it.each([
    ['push.forced', { ...branch, forced: true }, undefined],
    ['push.forced', { forced: true }, 3],
    ['branch.created', { ...branch, ...created }, undefined],
    ['branch.deleted', { ...branch, ...deleted }, undefined],
    ['tag.created', { ...tag, ...created }, undefined],
    ['tag.moved', { ...tag, forced: true }, undefined],
    ['tag.moved', tag, undefined],
    ['tag.deleted', { ...tag, ...deleted }, undefined],
    ['push.created', { ref: 'refs/notes/commits' }, undefined],
  ])('is %s for %j', (action, over, severity) => {
    const entry = readOne('push', payload(over))
    expect(entry.action).toBe(action)
    expect(entry.severity).toBe(severity)
    expect(entry.labels?.['forced']).toBe(
      action === 'push.forced' || action === 'tag.moved' ? true : undefined,
    )
  })

  it('that deletes points to no commit and links to no page that is gone', () => {
    const entry = readOne('push', payload({ ...branch, ...deleted }))
    expect(entry.ci).toEqual({ event: 'push', ref: 'refs/heads/feature/x', before_sha: BEFORE })
    expect(entry.changes).toEqual([{ path: 'refs/heads/feature/x', before: BEFORE, after: null }])
    expect(entry.links?.map(({ rel }) => rel)).toEqual(['before', 'repository'])
    expect(entry.correlation_id).toBe('ref:1296269/refs/heads/feature/x')
  })

  it.each([
    ['[skip ci] docs', true],
    ['docs [CI SKIP]', true],
    ['docs\n\nskip-checks: true', true],
    ['docs\n\nskip-checks:true\n', true],
    ['docs [no ci]', true],
    ['docs [skip actions]', true],
    ['docs [actions skip]', true],
    ['skip ci', undefined],
  ])('with the message %j has the label skip_ci: %s', (message, expected) => {
    const entry = readOne('push', payload({ head_commit: { ...COMMIT, message } }))
    expect(entry.labels?.['skip_ci']).toBe(expected)
  })

  it.each([
    ['Revert "Add a cart"\n\nThis reverts commit 0123456789abcdef.', '0123456789abcdef', undefined],
    ['Revert "Add a cart" (#12)', undefined, 12],
    ['revert(cart): add a cart', undefined, undefined],
  ])('with the message %j is labelled as a revert', (message, reverts, pull) => {
    const { labels } = readOne('push', payload({ head_commit: { ...COMMIT, message } }))
    expect(labels).toMatchObject({ revert: true })
    expect(labels?.['reverts']).toBe(reverts)
    expect(labels?.['pull_request']).toBe(pull)
  })

  it.each([
    ['Merge pull request #7 from mona/cart\n\nAdd a cart', true, 7],
    ["Merge branch 'main' into cart", true, undefined],
    ['Add a cart (#7)\n\n* one', undefined, 7],
    ['Merge the two carts', undefined, undefined],
  ])('with the message %j is labelled as a merge: %s, of %s', (message, merge, pull) => {
    const { labels } = readOne('push', payload({ head_commit: { ...COMMIT, message } }))
    expect([labels?.['merge'], labels?.['pull_request']]).toEqual([merge, pull])
    expect(labels?.['revert']).toBeUndefined()
  })

  it('by force links to the commits that the ref lost, and only then', () => {
    const lost = (over: JsonObject): unknown =>
      readOne('push', payload(over)).links?.find(({ rel }) => rel === 'lost')?.url
    const page = `https://github.com/acme/shop/compare/${AFTER}...${BEFORE}`
    expect(lost({ forced: true })).toBe(page)
    expect(lost(tag)).toBe(page)
    expect(lost({})).toBeUndefined()
    expect(lost({ ...branch, ...deleted, forced: true })).toBeUndefined()
  })

  it('says when its payload cannot list all that changed', () => {
    const incomplete = (over: JsonObject): unknown =>
      readOne('push', payload(over)).labels?.['files_incomplete']
    expect(incomplete({})).toBeUndefined()
    expect(incomplete({ forced: true })).toBe(true)
    expect(incomplete({ ...branch, ...created, commits: [] })).toBe(true)
    expect(incomplete({ commits: Array.from({ length: 2048 }, () => COMMIT) })).toBe(true)
    expect(incomplete(commits({ added: Array.from({ length: 3000 }, () => 'x') }))).toBe(true)
  })

  it('of 2,048 commits counts all and keeps the newest twenty', () => {
    const many = Array.from({ length: 2048 }, (_, at) => ({ ...COMMIT, id: String(at) }))
    const entry = readOne('push', payload({ commits: many }))
    const kept = entry.targets.filter(({ type }) => type === 'commit')
    expect(kept).toHaveLength(20)
    expect(kept.at(-1)?.id).toBe('2047')
    expect(entry.labels?.['commits']).toBe(2048)
  })
})

describe('who pushed', () => {
  it('is the sender, and another pusher is kept beside', () => {
    const entry = readOne('push', payload({ pusher: { name: 'mona' } }))
    expect(entry.actor).toEqual(octocat)
    expect(entry.targets.at(-1)).toEqual({
      type: 'pusher',
      principal: { type: 'user', login: 'mona' },
    })
  })

  it('is a deploy key where GitHub names one, on behalf of the account behind it', () => {
    expect(readOne('push', payload({ pusher: { name: 'deploy key' } }))).toMatchObject({
      actor: { type: 'deploy_key' },
      on_behalf_of: [octocat],
      attribution: {
        confidence: 'derived',
        method: 'pusher.name is a deploy key; the sender is the account behind it',
      },
    })
    const report = { ref: 'v1', ref_type: 'tag', pusher_type: 'deploy_key', repository: REPOSITORY }
    expect(readOne('create', report)).toMatchObject({
      actor: { type: 'deploy_key' },
      attribution: { method: 'pusher_type is a deploy key; GitHub does not say which' },
    })
  })

  it('is derived from the pusher’s name if there is no sender', () => {
    expect(readOne('push', payload({ sender: null }))).toMatchObject({
      actor: { type: 'user', login: 'octocat' },
      attribution: { confidence: 'derived' },
    })
    expect(readOne('push', payload({ sender: null, pusher: { name: 'none' } }))).toMatchObject({
      actor: { type: 'unknown' },
      attribution: { confidence: 'unknown', method: 'no sender and no pusher in the payload' },
    })
  })
})

describe('the pipeline files of a push', () => {
  const fates = (over: JsonObject): unknown[] =>
    read('push', payload(over))
      .slice(1)
      .map(({ action, targets }) => [action, targets[0]?.type, targets[0]?.id])

  it('get an entry each, with the kind of file', () => {
    expect(
      fates(
        commits({
          added: [
            '.github/workflows/ci.yml',
            '.github/actions/build/index.js',
            'tools/x/action.yaml',
          ],
          modified: [
            'CODEOWNERS',
            '.github/dependabot.yml',
            'src/CODEOWNERS',
            'docs/action.yml.md',
          ],
          removed: ['.github/workflows/release.sh', 'docs/CODEOWNERS'],
        }),
      ),
    ).toEqual([
      ['workflow_file.removed', 'workflow_support', '.github/workflows/release.sh'],
      ['workflow_file.removed', 'codeowners', 'docs/CODEOWNERS'],
      ['workflow_file.added', 'workflow', '.github/workflows/ci.yml'],
      ['workflow_file.added', 'action', '.github/actions/build/index.js'],
      ['workflow_file.added', 'action', 'tools/x/action.yaml'],
      ['workflow_file.changed', 'codeowners', 'CODEOWNERS'],
      ['workflow_file.changed', 'dependabot_config', '.github/dependabot.yml'],
    ])
  })

  const A = '.github/workflows/a.yml'
  it.each([
    ['added then changed is added', [{ added: [A] }, { modified: [A] }], 'workflow_file.added'],
    ['added then removed is nothing', [{ added: [A] }, { removed: [A] }], undefined],
    ['removed then added is changed', [{ removed: [A] }, { added: [A] }], 'workflow_file.changed'],
    [
      'changed then removed is removed',
      [{ modified: [A] }, { removed: [A] }],
      'workflow_file.removed',
    ],
    [
      'added, removed, added is added',
      [{ added: [A] }, { removed: [A] }, { added: [A] }],
      'workflow_file.added',
    ],
  ])('over several commits: %s', (_, files, action) => {
    expect(fates(commits(...files))).toEqual(action === undefined ? [] : [[action, 'workflow', A]])
  })

  it('link to the file, its history and the comparison; a removed one to how it was', () => {
    const path = ".github/workflows/what's (new)?.yml"
    const [, changed] = read('push', payload(commits({ modified: [path] })))
    expect(changed).toMatchObject({
      actor: octocat,
      correlation_id: `push:1296269/${AFTER}`,
      ci: { workflow_path: path, head_sha: AFTER },
      labels: { default_branch: true },
    })
    const file = '.github/workflows/what%27s%20%28new%29%3F.yml'
    expect(changed?.links).toContainEqual({
      rel: 'file',
      url: `https://github.com/acme/shop/blob/${AFTER}/${file}`,
    })
    const [, removed] = read('push', payload(commits({ removed: [path] })))
    expect(removed?.links?.[0]?.url).toBe(`https://github.com/acme/shop/blob/${BEFORE}/${file}`)
  })

  it('are at most 200, and counted', () => {
    const added = Array.from({ length: 500 }, (_, at) => `.github/workflows/${String(at)}.yml`)
    const entries = read('push', payload(commits({ added })))
    expect(entries).toHaveLength(201)
    expect(entries[0]?.labels?.['pipeline_files']).toBe(500)
  })
})

describe('create and delete events', () => {
  it('repeat the push under a name of their own, with the same correlation', () => {
    const report = { ref: 'v1', ref_type: 'tag', repository: REPOSITORY, sender: MONA }
    expect(readOne('create', report)).toMatchObject({
      action: 'ref.create_reported',
      correlation_id: 'ref:1296269/refs/tags/v1',
      labels: { repeats: 'tag.created' },
    })
    expect(readOne('delete', { ...report, ref_type: 'branch' })).toMatchObject({
      action: 'ref.delete_reported',
      correlation_id: 'ref:1296269/refs/heads/v1',
      labels: { repeats: 'branch.deleted' },
    })
  })
})
