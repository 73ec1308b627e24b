import { describe, expect, it } from '@jest/globals'

import { personal, type JsonObject } from '../../../../src/core/domain/index.js'
import { MONA, OCTOCAT, readOne, REPOSITORY } from './reading.js'

const SHA = 'b'.repeat(40)
const octocat = { type: 'user', id: 583231, login: 'octocat' } as const
const mona = { type: 'user', id: 21031067, login: 'mona' } as const
const QUEUE = { id: 118344674, login: 'github-merge-queue[bot]', type: 'Bot' }

const PULL = {
  number: 7,
  title: 'Add a cart',
  html_url: 'https://github.com/acme/shop/pull/7',
  user: MONA,
  merged: false,
  head: { ref: 'cart', sha: SHA, repo: { id: 1296269, full_name: 'acme/shop' } },
  base: { ref: 'main', sha: 'a'.repeat(40) },
  created_at: '2026-10-30T09:00:00Z',
  updated_at: '2026-10-30T10:00:00Z',
}

function payload(action: string, pull: JsonObject = {}, over: JsonObject = {}): JsonObject {
  const pull_request = { ...PULL, ...pull }
  return { action, number: 7, pull_request, repository: REPOSITORY, sender: OCTOCAT, ...over }
}

const MERGED = {
  merged: true,
  merged_at: '2026-10-30T11:00:00Z',
  merge_commit_sha: 'c'.repeat(40),
  merged_by: OCTOCAT,
  auto_merge: null,
}
const closed = (pull: JsonObject, over: JsonObject = {}) =>
  readOne('pull_request', payload('closed', { ...MERGED, ...pull }, over))

describe('a pull request that was merged', () => {
  it('by hand names who did it, when, and whose work it was', () => {
    expect(closed({})).toMatchObject({
      action: 'pull_request.merged',
      occurred_at: '2026-10-30T11:00:00.000Z',
      actor: octocat,
      attribution: { confidence: 'verified', method: 'pull_request.merged_by' },
      targets: [
        { type: 'pull_request', id: 7, name: personal('Add a cart', mona) },
        { type: 'author', principal: mona },
        { type: 'merge_commit', id: 'c'.repeat(40) },
      ],
      ci: { head_sha: SHA, ref: 'refs/heads/cart', pull_requests: [7] },
      correlation_id: 'pr:1296269/7',
      labels: { merge: 'direct', base: 'main' },
    })
    expect(closed({}).labels?.['by_author']).toBeUndefined()
    expect(closed({ merged_by: MONA }).labels).toMatchObject({ by_author: true })
  })

  it('by auto-merge stands behind whoever enabled it', () => {
    const auto_merge = { enabled_by: MONA, merge_method: 'squash' }
    expect(closed({ auto_merge })).toMatchObject({
      actor: octocat,
      on_behalf_of: [mona],
      labels: { merge: 'auto_merge', merge_method: 'squash' },
    })
  })

  it('by the merge queue is the queue’s work, for whoever asked for it', () => {
    const auto_merge = { enabled_by: MONA, merge_method: 'merge' }
    expect(closed({ merged_by: QUEUE, auto_merge }, { sender: QUEUE })).toMatchObject({
      actor: { type: 'bot', login: 'github-merge-queue[bot]' },
      on_behalf_of: [mona],
      labels: { merge: 'merge_queue' },
    })
  })

  it('by nobody whom GitHub names falls back to the sender, and to nobody', () => {
    expect(closed({ merged_by: null }).attribution.method).toBe('sender')
    expect(closed({ merged_by: null }, { sender: null })).toMatchObject({
      actor: { type: 'unknown' },
      attribution: { method: 'no pull_request.merged_by, sender in the payload' },
    })
  })
})

describe('a pull request', () => {
  it('that was closed without a merge is not merged', () => {
    const entry = readOne('pull_request', payload('closed', { closed_at: '2026-10-30T11:00:00Z' }))
    expect(entry.action).toBe('pull_request.closed')
    expect(entry.occurred_at).toBe('2026-10-30T11:00:00.000Z')
    expect(entry.labels?.['merge']).toBeUndefined()
  })

  it('that got another base is told apart from one whose title changed', () => {
    const base = { ref: { from: 'develop' }, sha: { from: 'd'.repeat(40) } }
    const retargeted = readOne('pull_request', payload('edited', {}, { changes: { base } }))
    expect(retargeted).toMatchObject({
      action: 'pull_request.retargeted',
      changes: [
        { path: 'base/ref', before: 'develop', after: 'main' },
        { path: 'base/sha', before: 'd'.repeat(40), after: 'a'.repeat(40) },
      ],
    })
    const title = { from: 'Add a basket' }
    expect(readOne('pull_request', payload('edited', {}, { changes: { title } }))).toMatchObject({
      action: 'pull_request.edited',
      changes: [
        {
          path: 'title',
          before: personal('Add a basket', mona),
          after: personal('Add a cart', mona),
        },
      ],
    })
  })

  it('whose head moved says from where to where', () => {
    const moved = { before: 'e'.repeat(40), after: SHA }
    expect(readOne('pull_request', payload('synchronize', {}, moved))).toMatchObject({
      action: 'pull_request.synchronized',
      ci: { before_sha: 'e'.repeat(40), head_sha: SHA },
      changes: [{ path: 'head', before: 'e'.repeat(40), after: SHA }],
    })
  })

  it.each([
    ['MERGE', 'success'],
    ['CI_FAILURE', 'failure'],
    ['CI_TIMEOUT', 'timeout'],
    ['MANUAL', 'cancelled'],
    ['INVENTED_NEXT_YEAR', 'unknown'],
    [undefined, 'unknown'],
  ])('that left the queue because of %s has the outcome %s', (reason, outcome) => {
    const over = reason === undefined ? {} : { reason }
    const entry = readOne('pull_request', payload('dequeued', {}, over))
    expect(entry).toMatchObject({ action: 'pull_request.dequeued', outcome })
    expect(entry.labels?.['dequeue_reason']).toBe(reason)
  })

  it('of a fork says so, also when the fork is gone', () => {
    const from = (repo: JsonObject | null): unknown =>
      readOne('pull_request', payload('opened', { head: { ...PULL.head, repo } })).labels?.['fork']
    expect(from({ id: 77, full_name: 'mallory/shop' })).toBe(true)
    expect(from(null)).toBe(true)
    expect(from(PULL.head.repo)).toBeUndefined()
  })

  it('names the reviewer or the team that was asked', () => {
    const asked = (over: JsonObject): unknown =>
      readOne('pull_request', payload('review_requested', {}, over)).targets.at(-1)
    expect(asked({ requested_reviewer: OCTOCAT })).toEqual({ type: 'reviewer', principal: octocat })
    expect(asked({ requested_team: { id: 5, name: 'Owners' } })).toEqual({
      type: 'team',
      id: 5,
      name: 'Owners',
    })
  })
})

describe('a review', () => {
  const review = (action: string, over: JsonObject = {}, more: JsonObject = {}) =>
    readOne('pull_request_review', {
      ...payload(action),
      review: {
        id: 80,
        user: OCTOCAT,
        state: 'approved',
        body: 'Well done, Mona',
        commit_id: SHA,
        submitted_at: '2026-10-30T10:30:00Z',
        html_url: 'https://github.com/acme/shop/pull/7#pullrequestreview-80',
        ...over,
      },
      ...more,
    })

  it('that approves is by the reviewer, of a commit, with what they wrote', () => {
    expect(review('submitted')).toMatchObject({
      action: 'pull_request_review.approved',
      occurred_at: '2026-10-30T10:30:00.000Z',
      actor: octocat,
      attribution: { method: 'review.user' },
      reason: personal('Well done, Mona', octocat),
      ci: { head_sha: SHA },
      labels: { state: 'approved' },
    })
  })

  it('of a commit that the head left behind, or of one’s own work, is labelled', () => {
    expect(review('submitted', { commit_id: 'f'.repeat(40) }).labels).toMatchObject({
      outdated: true,
    })
    expect(review('submitted', { user: MONA }).labels).toMatchObject({ by_author: true })
  })

  it('with a verdict that GitHub adds later is no approval', () => {
    expect(review('submitted', { state: 'blessed' }).action).toBe('pull_request_review.commented')
    expect(review('submitted', { state: 'CHANGES_REQUESTED' }).action).toBe(
      'pull_request_review.changes_requested',
    )
  })

  it('that was dismissed is by who dismissed it, and keeps whose it was', () => {
    const entry = review('dismissed', { state: 'dismissed' }, { sender: MONA })
    expect(entry).toMatchObject({ action: 'pull_request_review.dismissed', actor: mona })
    expect(entry.targets.at(-1)).toEqual({ type: 'reviewer', principal: octocat })
  })
})

describe('the merge queue', () => {
  const group = {
    head_sha: SHA,
    head_ref: `refs/heads/gh-readonly-queue/main/pr-104-${'9'.repeat(40)}`,
    base_sha: 'a'.repeat(40),
    base_ref: 'refs/heads/main',
  }

  it.each([
    ['merged', 'success'],
    ['invalidated', 'failure'],
    ['dequeued', 'cancelled'],
    ['evaporated', 'unknown'],
  ])('that takes a group apart because it was %s has the outcome %s', (reason, outcome) => {
    const payload = { action: 'destroyed', reason, merge_group: group, repository: REPOSITORY }
    expect(readOne('merge_group', payload)).toMatchObject({
      action: 'merge_group.destroyed',
      outcome,
      actor: { type: 'unknown' },
      attribution: { confidence: 'unknown', method: 'no sender in the payload' },
      ci: { head_sha: SHA, pull_requests: [104] },
      labels: { base: 'main', queue_reason: reason },
    })
  })
})
