import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { personal } from '../../src/core/domain/index.js'
import { Appender, verifyLog } from '../../src/ledger/index.js'
import { normalise } from '../../src/sources/index.js'
import { testDatabase, type TestDatabase } from '../support/database.js'
import { draft } from '../support/deliveries.js'
import { recordedDeliveries } from '../support/flows.js'
import { playLog } from '../support/pipeline.js'
import { hooktrail, NOW, type Answer } from './terminal.js'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
  const appender = new Appender(database, () => NOW)
  for (const delivery of recordedDeliveries('rerun-by-another')) {
    await appender.append({ delivery, drafts: normalise(delivery) })
  }
})

afterAll(async () => {
  await database.drop()
})

function ask(...args: string[]): Promise<Answer> {
  return hooktrail(args, { env: { DATABASE_URL: database.url } })
}

describe('hooktrail run', () => {
  it('tells who started the run, who ran it again, and what failed', async () => {
    const { code, out, err } = await ask('run', '30433642', '--utc')
    expect(err).toBe('')
    expect(code).toBe(0)
    expect(out).toContain('CI #562  Add a cart')
    expect(out).toContain('octocat started it (verified: workflow_run.triggering_actor)')
    expect(out).toMatch(/mona ran all jobs again, with the rights of octocat/)
    expect(out).toMatch(/Attempt 1 {2}failure/)
    expect(out).toMatch(/Attempt 2 {2}success/)
    expect(out).toMatch(/step failure: /)
    expect((await verifyLog(database)).problems).toEqual([])
  })

  it('takes the address of the run’s page, and of a job on it', async () => {
    const page = 'https://github.com/acme/shop/actions/runs/30433642'
    const plain = (await ask('run', '30433642')).out
    expect((await ask('run', page)).out).toBe(plain)
    expect((await ask('run', `${page}/job/99`)).out).toBe(plain)
  })

  it('gives programs the same as JSON', async () => {
    const { out } = await ask('run', '30433642', '--json')
    expect(JSON.parse(out)).toMatchObject({
      runs: [{ run: { runId: 30433642, attempts: [{ attempt: 1 }, { attempt: 2 }] } }],
    })
  })

  it('tells what it was dispatched with, once the dispatch has been joined to it', async () => {
    const log = playLog(database)
    const MONA = { type: 'user', id: 7, login: 'mona' } as const
    const deploy = { workflow_path: '.github/workflows/deploy.yml', event: 'workflow_dispatch' }
    const at = '2026-11-01T12:00:00.000Z'
    await log.record(
      'dispatch',
      draft({
        action: 'workflow.dispatched',
        occurred_at: at,
        actor: MONA,
        ci: { ...deploy, ref: 'refs/heads/main', inputs: { version: personal('1.2') } },
      }),
    )
    await log.record(
      'dispatched-run',
      draft({
        action: 'workflow_run.requested',
        occurred_at: at,
        actor: MONA,
        targets: [{ type: 'workflow_run', id: 4712 }],
        ci: { ...deploy, ref: 'main', workflow: 'Deploy', run_id: 4712, run_attempt: 1 },
        correlation_id: 'run:99/4712',
      }),
    )
    expect((await ask('run', '4712')).out).not.toContain('Inputs')
    await log.workOff()
    const { out } = await ask('run', '4712')
    expect(out).toMatch(/Inputs +version: “1\.2”/)
    expect(out).toMatch(/high confidence: repository, workflow, ref and sender of the dispatch/)
    const { runs } = JSON.parse((await ask('run', '4712', '--json')).out) as { runs: unknown[] }
    expect(runs).toMatchObject([{ inputs: { values: { version: '1.2' }, confidence: 'high' } }])
  })

  it('says what to do about a run that the log does not know', async () => {
    const { code, out, err } = await ask('run', '562')
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain('There is no run 562 in this log')
  })

  it('refuses what names no run', async () => {
    const { code, err } = await ask('run', 'CI')
    expect(code).toBe(2)
    expect(err).toContain('“CI” is neither the id of a run nor the address of its page')
  })
})
