import { afterAll, beforeAll, expect, it } from '@jest/globals'

import type { JsonObject } from '../../../src/core/domain/index.js'
import { evaluatePolicies } from '../../../src/core/policies/index.js'
import { Appender, compareHere, readWhatChanged } from '../../../src/ledger/index.js'
import { createFileStore } from '../../../src/platform/index.js'
import { normalise } from '../../../src/sources/index.js'
import { testDatabase, type TestDatabase } from '../../support/database.js'
import { delivery } from '../../support/deliveries.js'

const MONA = { id: 7, login: 'mona', type: 'User' }
const WORKFLOW = { id: 71, name: 'CI', path: '.github/workflows/ci.yml' }
const [FIRST, SECOND] = ['8'.repeat(40), '9'.repeat(40)] as const
const REPOSITORY = {
  id: 99,
  full_name: 'acme/shop',
  name: 'shop',
  private: true,
  default_branch: 'main',
  owner: { id: 3, login: 'acme', type: 'Organization' },
}

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

let guids = 0
async function receive(event: string, payload: JsonObject): Promise<void> {
  const whole = { repository: REPOSITORY, sender: MONA, ...payload }
  const one = delivery(`changed-${String((guids += 1))}`, whole, event)
  const appender = new Appender(database, () => Date.UTC(2026, 10, 1, 12))
  await appender.append({ delivery: one, drafts: normalise(one) })
}

function finished(id: number, sha: string, minute: string): JsonObject {
  return {
    action: 'completed',
    workflow: WORKFLOW,
    workflow_run: {
      ...{ id, run_number: id, run_attempt: 1, name: 'CI', path: WORKFLOW.path, head_sha: sha },
      ...{ head_branch: 'main', event: 'push', status: 'completed', conclusion: 'success' },
      ...{ actor: MONA, triggering_actor: MONA, created_at: `2026-11-01T11:${minute}:00Z` },
      ...{
        run_started_at: `2026-11-01T11:${minute}:00Z`,
        updated_at: `2026-11-01T11:${minute}:30Z`,
      },
    },
  }
}

function facts(): Parameters<typeof readWhatChanged>[2] {
  const definitions = { files: createFileStore(database, () => 0), compare: compareHere }
  return { findingsIn: evaluatePolicies, definitions }
}

it('tells of a run what changed since green, and of thirty days where nothing was ever green', async () => {
  await receive('push', {
    ref: 'refs/heads/main',
    before: '7'.repeat(40),
    after: FIRST,
    repository: { ...REPOSITORY, pushed_at: Date.UTC(2026, 10, 1, 11) / 1000 },
    commits: [
      {
        id: FIRST,
        modified: [WORKFLOW.path],
        author: { name: 'Mona', email: 'mona@example.com' },
      },
    ],
  })
  await receive('workflow_run', finished(801, FIRST, '20'))
  await receive('workflow_run', finished(802, SECOND, '40'))
  const [first, ...others] = await readWhatChanged(database, { runId: 801 }, facts())
  expect(others).toEqual([])
  expect(first?.window).toMatchObject({
    opens: '2026-10-02T11:20:30.000Z',
    pushes: [{ headSha: FIRST, commits: 1, authors: ['Mona'] }],
    changes: [
      {
        action: 'workflow_file.changed',
        definition: { state: 'unknown', reason: 'not_fetched' },
      },
    ],
  })
  expect(first?.window.lastGreen).toBeUndefined()
  const [second] = await readWhatChanged(database, { sha: SECOND }, facts())
  expect(second?.window).toMatchObject({ lastGreen: { headSha: FIRST }, pushes: [], changes: [] })
  expect(await readWhatChanged(database, { runId: 4 }, facts())).toEqual([])
})
