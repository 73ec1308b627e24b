import { describe, expect, it } from '@jest/globals'

import type { AuditEntry } from '../../../src/core/domain/index.js'
import { foldDeployments, foldInputs } from '../../../src/core/state/index.js'
import { stated, told } from './recorded.js'

const THERE = { environment: 'production', head_sha: 'aaa' }
let statuses = 0

function status(id: number, time: string, state: string, over: Partial<AuditEntry> = {}) {
  return told('deployment.status_changed', time, {
    outcome: state === 'success' ? 'success' : 'neutral',
    targets: [
      { type: 'deployment', id },
      { type: 'deployment_status', id: (statuses += 1) },
    ],
    ci: THERE,
    labels: { state },
    ...over,
  })
}

function standings(...entries: AuditEntry[]): unknown[] {
  return foldDeployments(entries).map(({ id, standing, supersededBy }) => [
    id,
    standing,
    supersededBy,
  ])
}

describe('what stands in an environment', () => {
  it('is what succeeded last; the one before it was superseded', () => {
    const found = standings(status(1, '10:00:00', 'success'), status(2, '11:00:00', 'success'))
    expect(found).toEqual([
      [1, 'superseded', 2],
      [2, 'current', undefined],
    ])
  })

  it('is inactive where GitHub took it down and nothing came after it', () => {
    const down = [status(1, '10:00:00', 'success'), status(1, '12:00:00', 'inactive')]
    expect(standings(...down)).toEqual([[1, 'inactive', undefined]])
    expect(standings(...down, status(2, '11:00:00', 'success'))[0]).toEqual([1, 'superseded', 2])
  })

  it('is never what failed', () => {
    const failed = status(2, '11:00:00', 'failure', { outcome: 'failure' })
    expect(standings(status(1, '10:00:00', 'success'), failed)).toEqual([
      [1, 'current', undefined],
      [2, undefined, undefined],
    ])
  })

  it('is another matter in another environment, and on another host with the same ids', () => {
    const staging = { ci: { ...THERE, environment: 'staging' } }
    const there = { repo: { host: 'ghe.example.com', id: 99, name: 'acme/shop' } }
    const found = foldDeployments([
      status(1, '10:00:00', 'success'),
      status(2, '11:00:00', 'success', staging),
      status(1, '12:00:00', 'success', there),
    ])
    expect(found.map(({ host, id, standing }) => [host, id, standing])).toEqual([
      ['ghe.example.com', 1, 'current'],
      ['github.com', 1, 'current'],
      ['github.com', 2, 'current'],
    ])
  })
})

describe('a rollback of a deployment', () => {
  const rolledBack = (number: number, action = 'deployment.rolled_back'): AuditEntry =>
    told(action, '12:00:00', {
      targets: [{ type: 'deployment', id: 2 }],
      ci: { before_sha: 'bbb' },
      labels: { match: 'high' },
      ...stated('rollback:github.com:2', number),
    })

  it('is part of its state, until it is taken back', () => {
    const success = status(2, '12:00:00', 'success')
    const [found] = foldDeployments([success, rolledBack(1)])
    expect(found?.rollback).toMatchObject({ from: 'bbb', confidence: 'high' })
    const [after] = foldDeployments([rolledBack(2, 'derivation.withdrawn'), success, rolledBack(1)])
    expect(after?.rollback).toBeUndefined()
  })
})

describe('the inputs of a run', () => {
  const joined = (number: number, over: Partial<AuditEntry> = {}): AuditEntry =>
    told('workflow_run.inputs_joined', '10:00:00', {
      ci: { run_id: 41, inputs: { version: '1' } },
      labels: { match: 'medium' },
      ...stated('inputs:github.com:41', number),
      ...over,
    })

  it('are those of the newest statement, whichever arrives last', () => {
    const newer = joined(2, { ci: { run_id: 41, inputs: { version: '2' } } })
    expect(foldInputs([newer, joined(1)])).toMatchObject([
      { runId: 41, values: { version: '2' }, confidence: 'medium' },
    ])
  })

  it('are none once the match was taken back, and some again after another', () => {
    const withdrawn = joined(2, { action: 'derivation.withdrawn', ci: undefined })
    expect(foldInputs([withdrawn, joined(1)])).toEqual([])
    expect(foldInputs([joined(3), withdrawn, joined(1)])).toHaveLength(1)
  })

  it('keep the names of those that were erased', () => {
    const erased = joined(1, { ci: { run_id: 41, inputs: { version: null } } })
    expect(foldInputs([erased])).toMatchObject([{ values: { version: null } }])
  })
})
