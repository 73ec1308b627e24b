import { spawn } from 'node:child_process'

import { beforeAll, describe, expect, it, jest } from '@jest/globals'

import { loadEnvironment } from '../../src/platform/index.js'

/** It starts PostgreSQL, plays 563 deliveries and waits for the reactions; a busy machine takes its time. */
jest.setTimeout(300_000)

interface Result {
  readonly code: number | null
  readonly output: string
}

function run(words: readonly string[], environment: Record<string, string> = {}): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['dist/demo/main.js', ...words], {
      env: { PATH: '', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const take = (chunk: string): void => {
      output += chunk
    }
    child.stdout.setEncoding('utf8').on('data', take)
    child.stderr.setEncoding('utf8').on('data', take)
    child.once('error', reject)
    child.once('close', (code) => {
      resolve({ code, output })
    })
  })
}

describe('npm run demo -- --exit', () => {
  let result: Result

  beforeAll(async () => {
    // A person's own settings must not reach the demo's Hooktrail.
    const environment = {
      PATH: loadEnvironment()['PATH'] ?? '',
      DATABASE_URL: 'postgresql://nowhere/x',
    }
    result = await run(['--exit'], environment)
  })

  it('loses nothing and exits 0', () => {
    expect(result.output).toContain('Nothing was lost.')
    expect(result.code).toBe(0)
  })

  it('says what was recorded, written and alerted, how long it took, and that the log is whole', () => {
    expect(result.output).toMatch(/Recorded: \d{3} entries from 562 deliveries \(1 came twice\)/)
    expect(result.output).toMatch(/Check runs: \d{2} written/)
    expect(result.output).toMatch(/Alerts: [5-9] issues/)
    expect(result.output).toMatch(/first start, database made +\d+\.\d s/)
    expect(result.output).toMatch(/acknowledging a delivery +p50 \d+ ms, p99 \d+ ms/)
    expect(result.output).toMatch(/from delivery to check run +p50 \d+ ms, p99 \d+ ms/)
    expect(result.output).toContain('The log is whole.')
  })

  it('shows the attack', () => {
    const lines = result.output.split('\n')
    const begin = lines.findIndex((line) => line.startsWith('The attack'))
    const attack = lines.slice(begin, begin + 8).join('\n')
    expect(attack).toMatch(/02:10 +high +branch_protection\.edited +main +raj-contracting/)
    expect(attack).toMatch(/02:14 +\w+ +workflow_file\.changed/)
    expect(attack).toMatch(/02:23 +high +tag\.moved +v2\.4\.1/)
    expect(attack).toMatch(/02:35 +high +deploy_key\.created/)
  })

  it('shows what no single delivery says: inputs, a rollback, a person behind a bot', () => {
    expect(result.output).toMatch(
      /jonas-acme started run \d+ with dry_run=false, version=2026\.11\.3/,
    )
    expect(result.output).toMatch(/jonas-acme rolled production back, [0-9a-f]{7} to [0-9a-f]{7}/)
    expect(result.output).toContain('jonas-acme stands behind github-actions[bot]: release.')
  })

  it('fits 80 columns and holds no control character, whatever the payloads hold', () => {
    for (const line of result.output.split('\n')) {
      expect(line.length).toBeLessThanOrEqual(80)
      expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/)
    }
  })
})

describe('npm run demo', () => {
  it('refuses what it does not know with exit code 2', async () => {
    const { code, output } = await run(['--fast'])
    expect(code).toBe(2)
    expect(output).toContain('--fast')
  })

  it('explains itself', async () => {
    const { code, output } = await run(['--help'])
    expect(code).toBe(0)
    expect(output).toContain('npm run demo -- [options]')
  })
})
