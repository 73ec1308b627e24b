import { describe, expect, it } from '@jest/globals'

import type { AuditEntry } from '../../../src/core/domain/index.js'
import { foldPullRequests, type PullRequestState } from '../../../src/core/state/index.js'
import { recorded, told } from './recorded.js'

const queue = recorded('merge-queue')

function pull(number: number, without: (entry: AuditEntry) => boolean = () => false) {
  const entries = queue.filter((entry) => !without(entry))
  return foldPullRequests(entries).find((one) => one.number === number)
}

function isOf(action: string): (entry: AuditEntry) => boolean {
  return (entry) => entry.action === `pull_request.${action}`
}

/** The merge as a foreign way of telling it would say it: neither queue nor auto-merge. */
function mergedByHand(entries: readonly AuditEntry[]): PullRequestState['merge'] {
  const merged = told('pull_request.merged', '12:00:00', { targets: [PULL] })
  return foldPullRequests([...entries, merged])[0]?.merge
}

const PULL = { type: 'pull_request', id: 12 }

describe('how a pull request was merged', () => {
  it('by the queue, as its own word is, for whoever put it there', () => {
    expect(pull(11)).toMatchObject({
      state: 'merged',
      inQueue: false,
      merge: {
        way: 'merge_queue',
        attribution: { confidence: 'verified', method: 'pull_request.dequeued: MERGE' },
        actor: { login: 'github-merge-queue[bot]' },
        requestedBy: { login: 'octocat' },
        byAuthor: false,
      },
    })
  })

  it('by the queue, as the merge itself says, before its leaving has arrived', () => {
    expect(pull(11, isOf('dequeued'))?.merge).toMatchObject({
      way: 'merge_queue',
      attribution: { method: 'pull_request.merged' },
      requestedBy: { login: 'octocat' },
    })
  })

  it('by auto-merge, for whoever switched it on last', () => {
    expect(pull(12)?.merge).toMatchObject({ way: 'auto_merge', requestedBy: { login: 'mona' } })
  })

  it('by hand by its author, after the queue threw it out', () => {
    expect(pull(13)?.merge).toMatchObject({ way: 'direct', byAuthor: true })
    expect(pull(13)?.merge?.requestedBy).toBeUndefined()
  })

  it('by hand past the queue, which says that it was merged already', () => {
    expect(pull(14)?.merge).toMatchObject({ way: 'direct', actor: { login: 'octocat' } })
  })

  it('by the queue with less confidence, where it was in it and nothing else is known', () => {
    expect(pull(14, isOf('dequeued'))?.merge).toMatchObject({
      way: 'merge_queue',
      attribution: { confidence: 'derived' },
      requestedBy: { login: 'mona' },
    })
  })

  it('by auto-merge with less confidence where it was on, and by hand where it was off again', () => {
    const on = told('pull_request.auto_merge_enabled', '11:00:00', { targets: [PULL] })
    const off = told('pull_request.auto_merge_disabled', '11:30:00', { targets: [PULL] })
    expect(mergedByHand([on])).toMatchObject({
      way: 'auto_merge',
      attribution: { confidence: 'derived', method: 'auto-merge was on when it was merged' },
      requestedBy: { login: 'octocat' },
    })
    expect(mergedByHand([on, off])).toMatchObject({ way: 'direct' })
  })
})

describe('a pull request', () => {
  it('is in the queue until it leaves it', () => {
    const before = (time: string) => (entry: AuditEntry) => entry.occurred_at.slice(11, 19) >= time
    expect(pull(13, before('10:15:00'))).toMatchObject({ state: 'open', inQueue: true })
    expect(pull(13, before('10:16:00'))).toMatchObject({ state: 'open', inQueue: false })
  })

  it('was closed by whoever closed it last, and is open while it was opened again', () => {
    expect(pull(15)).toMatchObject({ state: 'closed', closedBy: { login: 'hubot' } })
    const again = pull(15, (entry) => entry.occurred_at.includes('T10:12:00'))
    expect(again?.state).toBe('open')
    expect(again?.closedBy).toBeUndefined()
  })

  it('keeps a dismissed review with both people, and an edited one in its newest words', () => {
    expect(pull(13)?.reviews).toMatchObject([
      { verdict: 'dismissed', reviewer: { login: 'mona' }, dismissedBy: { login: 'octocat' } },
      { verdict: 'approved', reviewer: { login: 'octocat' }, comment: 'Good, at last' },
    ])
  })

  it('knows whose review was dismissed, and what it said, from the dismissal alone', () => {
    const only = pull(13, ({ action }) => action === 'pull_request_review.changes_requested')
    expect(only?.reviews[0]).toMatchObject({ verdict: 'dismissed', reviewer: { login: 'mona' } })
  })

  it('is told apart from the one of the same number on another host', () => {
    const elsewhere = { host: 'ghe.example.com', id: 99, name: 'acme/shop' }
    const found = foldPullRequests([
      told('pull_request.opened', '10:00:00', { targets: [PULL] }),
      told('pull_request.closed', '11:00:00', { targets: [PULL], repo: elsewhere }),
    ])
    expect(found.map(({ repo: { host }, state }) => [host, state])).toEqual([
      ['ghe.example.com', 'closed'],
      ['github.com', 'open'],
    ])
  })
})
