import { describe, expect, it } from '@jest/globals'

import type { Entry } from '../../src/demo/entries.js'
import type { Facts } from '../../src/demo/losses.js'
import { presentNextSteps } from '../../src/demo/next-steps.js'

const plain = (text: string): string => text
const paints = { bold: plain, dim: plain, red: plain, green: plain }
const running = {
  hooktrailUrl: 'http://127.0.0.1:3000',
  standInUrl: 'http://127.0.0.1:4000',
  dataDirectory: '/tmp/hooktrail-demo/da ta',
  apiToken: 'secret',
}

function factsWith(entries: readonly Entry[]): Facts {
  return {
    sent: [],
    entries,
    checks: [],
    issues: [],
    violations: [],
    settled: { open: 0, failed: 0 },
    verified: true,
  }
}

describe('what to try next', () => {
  it('leads to the run that was started with inputs, to the rollback and to the person behind a bot', () => {
    const joined: Entry = {
      seq: 4,
      occurred_at: '2026-11-08T00:00:00.000Z',
      action: 'workflow_run.inputs_joined',
      category: 'build',
      outcome: 'success',
      severity: 0,
      actor: {},
      targets: [],
      ci: { run_id: 4711 },
      source: { delivery_id: 'derived:x#1', kind: 'internal', event: 'derived' },
    }
    const lines = presentNextSteps(factsWith([joined]), running, paints).split('\n')
    expect(lines).toContain('  node dist/cli/main.js run 4711')
    expect(lines).toContain("  node dist/cli/main.js search 'action:deployment.rolled_back'")
    expect(lines).toContain("  node dist/cli/main.js search 'action:actor.traced'")
  })

  it('names no run where none was joined, and quotes what a shell would take apart', () => {
    const text = presentNextSteps(factsWith([]), running, paints)
    expect(text).not.toContain('main.js run')
    expect(text).toContain("export HOOKTRAIL_DATA_DIR='/tmp/hooktrail-demo/da ta'")
  })
})
