import { describe, expect, it } from '@jest/globals'

import type { AuditEntry } from '../../../src/core/domain/index.js'
import { foldRuns } from '../../../src/core/state/index.js'
import { flows } from '../../support/flows.js'

const rerun =
  flows()
    .find(({ name }) => name === 'rerun-by-another')
    ?.deliveries.flat() ?? []

function named(action: string, attempt: number): AuditEntry {
  const found = rerun.find((one) => one.action === action && one.ci?.run_attempt === attempt)
  if (!found) throw new Error(`no ${action} of attempt ${String(attempt)} is recorded`)
  return found
}

describe('a run’s state', () => {
  it('has every attempt, with who started it and with whose rights', () => {
    const [run] = foldRuns(rerun)
    expect(run?.attempts).toMatchObject([
      { attempt: 1, outcome: 'failure', actor: { login: 'octocat' }, onBehalfOf: [] },
      {
        attempt: 2,
        outcome: 'success',
        actor: { login: 'mona' },
        onBehalfOf: [{ login: 'octocat' }],
      },
    ])
  })

  it('is not put back by a start that arrives after the end', () => {
    const late = [named('workflow_run.completed', 1), named('workflow_run.started', 1)]
    expect(foldRuns(late)[0]?.attempts[0]).toMatchObject({
      status: 'completed',
      outcome: 'failure',
    })
  })

  it('says so while only jobs have arrived', () => {
    const [run] = foldRuns([named('workflow_job.queued', 1)])
    expect(run?.attempts[0]).toMatchObject({
      status: 'requested',
      actor: { type: 'unknown' },
      attribution: { confidence: 'unknown' },
      jobs: [{ name: 'test', status: 'queued' }],
    })
  })

  it('tells whether all jobs ran again or those that failed', () => {
    const template = named('workflow_job.completed', 1)
    const job = (
      name: string,
      id: number,
      run_attempt: number,
      outcome: AuditEntry['outcome'],
    ) => ({
      ...template,
      outcome,
      ci: { ...template.ci, job: name, job_id: id, run_attempt },
    })
    const first = [job('build', 1, 1, 'success'), job('test', 2, 1, 'failure')]
    const again = (...jobs: AuditEntry[]): unknown =>
      foldRuns([...first, ...jobs])[0]?.attempts[1]?.jobsRunAgain
    expect(again(job('build', 3, 2, 'success'), job('test', 4, 2, 'success'))).toBe('all')
    expect(again(job('test', 4, 2, 'success'))).toBe('failed')
    expect(again(job('build', 3, 2, 'success'))).toBe('some')
    expect(again()).toBeUndefined()
  })

  it('has nothing to say where no run is', () => {
    expect(foldRuns([])).toEqual([])
  })
})
