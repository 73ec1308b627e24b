import { describe, expect, it } from '@jest/globals'

import type { Entry } from '../../src/demo/entries.js'
import {
  addCheckRun,
  addIssue,
  addOrganization,
  addRepository,
  createGitHubState,
} from '../../src/demo/index.js'
import { findLosses, type Facts } from '../../src/demo/losses.js'
import type { Sent } from '../../src/demo/perform.js'

const AT = new Date(0)
const SHA = 'a'.repeat(40)

function sentPush(guid: string, status = 200): Sent {
  const payload = { ref: 'refs/heads/main', after: SHA, deleted: false }
  return { delivery: { at: 0, event: 'push', guid, payload }, status, durationMs: 1, sentAt: 0 }
}

function entryOf(seq: number, delivery: string, kind = 'webhook'): Entry {
  return {
    seq,
    occurred_at: '2026-11-08T00:00:00.000Z',
    action: 'push.created',
    category: 'source',
    outcome: 'success',
    severity: 0,
    actor: {},
    targets: [],
    source: { delivery_id: delivery, kind, event: 'push' },
  }
}

/** What several deliveries say together, as the story calls for it. */
function derived(from: number): Entry[] {
  const actions = [
    ...Array<string>(3).fill('workflow_run.inputs_joined'),
    'deployment.rolled_back',
    'actor.traced',
  ]
  return actions.map((action, index) => ({ ...entryOf(from + index, 'x', 'internal'), action }))
}

/** Two pushes of one commit, one of which came twice, and all that is due for them. */
function allWell(): Facts {
  const state = createGitHubState()
  const owner = addOrganization(state, { login: 'acme-rail' })
  const repositories = ['timetable-api', 'infra', 'docs-site'].map((name) =>
    addRepository(state, owner, { name, at: AT }),
  )
  const [timetable] = repositories
  if (!timetable) throw new Error('no repository')
  const checkRun = addCheckRun(state, timetable, { name: 'Hooktrail', headSha: SHA, appId: 1 })
  const issues = [...repositories, timetable, timetable].map((repository) => ({
    repository,
    issue: addIssue(state, repository, { title: 'Alert', user: owner, at: AT }),
  }))
  return {
    sent: [sentPush('one'), sentPush('two'), sentPush('two')],
    entries: [entryOf(0, 'one'), entryOf(1, 'two'), entryOf(2, 'two'), ...derived(3)],
    checks: [{ repository: timetable, checkRun, seenAt: 1 }],
    issues,
    violations: [],
    settled: { open: 0, failed: 0 },
    verified: true,
  }
}

describe('losses', () => {
  it('are none when all is well', () => {
    expect(findLosses(allWell())).toEqual([])
  })

  it('are deliveries that were refused or not answered', () => {
    const sent = [sentPush('one', 503), sentPush('two', 0)]
    expect(findLosses({ ...allWell(), sent })).toEqual([
      'push one was answered with 503.',
      'push two was not answered.',
    ])
  })

  it('are deliveries that are not in the log', () => {
    const well = allWell()
    const facts = { ...well, sent: [...well.sent, sentPush('three')] }
    expect(findLosses(facts)).toEqual(['push three is not in the log.'])
  })

  it('are deliveries that are in the log twice', () => {
    const well = allWell()
    const facts = { ...well, entries: [...well.entries, entryOf(9, 'one')] }
    expect(findLosses(facts)).toEqual(['push one is in the log more than once.'])
  })

  it('are entries of a delivery that nobody sent', () => {
    const well = allWell()
    const facts = { ...well, entries: [...well.entries, entryOf(9, 'other')] }
    expect(findLosses(facts)).toEqual(['other is in the log, but was never sent.'])
  })

  it('are inputs, rollbacks and traces that were not derived', () => {
    const well = allWell()
    const entries = well.entries.filter(({ action }) => action === 'push.created')
    expect(findLosses({ ...well, entries })).toEqual([
      '0 of 3 workflow_run.inputs_joined were derived.',
      '0 of 1 deployment.rolled_back were derived.',
      '0 of 1 actor.traced were derived.',
    ])
  })

  it('are inputs that were given to another run than theirs', () => {
    const well = allWell()
    const told = (event: string, at: number, payload: Sent['delivery']['payload']): Sent => ({
      ...sentPush('one'),
      delivery: { at, event, guid: 'one', payload },
    })
    const run = { id: 7, event: 'workflow_dispatch', run_attempt: 1 }
    const sent = [
      told('workflow_dispatch', 1, { inputs: { version: '1' } }),
      told('workflow_run', 2, { action: 'requested', workflow_run: run }),
      ...well.sent,
    ]
    const entries = well.entries.map((entry) => ({
      ...entry,
      ci: { run_id: 7, inputs: { version: '2' } },
    }))
    expect(findLosses({ ...well, sent, entries })).toEqual([
      'Run 7 was given another dispatch’s inputs.',
    ])
    const right = entries.map((entry) => ({
      ...entry,
      ci: { ...entry.ci, inputs: { version: '1' } },
    }))
    expect(findLosses({ ...well, sent, entries: right })).toEqual([])
  })

  it('are commits without a check run, and alerts that nobody was told of', () => {
    const losses = findLosses({ ...allWell(), checks: [], issues: [] })
    expect(losses).toEqual([
      'Commit aaaaaaaaaaaa has no check run.',
      'acme-rail/timetable-api has 0 alerts of 3.',
      'acme-rail/infra has 0 alerts of 1.',
      'acme-rail/docs-site has 0 alerts of 1.',
    ])
  })

  it('are jobs that were not done, requests that GitHub would refuse, and a log that does not verify', () => {
    const facts = {
      ...allWell(),
      settled: { open: 2, failed: 1 },
      violations: ['POST /x: no'],
      verified: false,
    }
    expect(findLosses(facts)).toEqual([
      '2 jobs were not done in time.',
      '1 jobs failed for good.',
      'GitHub would have refused this: POST /x: no',
      'The log does not verify.',
    ])
  })
})
