import { describe, expect, it } from '@jest/globals'

import { ACTIONS, type JsonObject } from '../../../../src/core/domain/index.js'
import { read, REPOSITORY } from './reading.js'

const stated = Object.entries(ACTIONS).flatMap(([action, { events }]) =>
  events.map((event) => ({ action, event })),
)

/** Payloads that tell apart what GitHub sends under one name. */
const TELLING: Readonly<Record<string, JsonObject>> = {
  'push.forced': { ref: 'refs/heads/x', forced: true },
  'branch.created': { ref: 'refs/heads/x', before: '0' },
  'branch.deleted': { ref: 'refs/heads/x', after: '0' },
  'tag.created': { ref: 'refs/tags/x', before: '0' },
  'tag.deleted': { ref: 'refs/tags/x', after: '0' },
  'tag.moved': { ref: 'refs/tags/x' },
  'pull_request.merged': { pull_request: { merged: true } },
  'pull_request.retargeted': { changes: { base: { ref: { from: 'main' } } } },
  'pull_request_review.approved': { review: { state: 'approved' } },
  'pull_request_review.changes_requested': { review: { state: 'changes_requested' } },
}

describe('the registry says of each action', () => {
  it.each(stated)('$action that it comes from $event, and it does', ({ action, event }) => {
    const [name = '', done] = event.split('.')
    const files = {
      added: ['.github/workflows/a.yml'],
      modified: ['.github/workflows/b.yml'],
      removed: ['.github/workflows/c.yml'],
    }
    const drafts = read(name, {
      ...(done === undefined ? {} : { action: done }),
      before: 'a',
      after: 'b',
      ref: 'refs/heads/x',
      repository: REPOSITORY,
      commits: [files],
      alert: { push_protection_bypassed: true },
      exemption_response: { status: action.split('.')[1] ?? '' },
      workflow_run: { run_attempt: action === 'workflow_run.rerun' ? 2 : 1 },
      ...TELLING[action],
    })
    expect(drafts.map((draft) => draft.action)).toContain(action)
  })
})
