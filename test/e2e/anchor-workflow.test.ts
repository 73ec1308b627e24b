import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { env } from 'node:process'
import { promisify } from 'node:util'

import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { z } from 'zod'

import { latestCheckpoint } from '../../src/ledger/index.js'
import { emptyDataDir } from '../support/data-directory.js'
import { logServer, type LogServer } from '../support/log-server.js'

const ROOT = path.join(import.meta.dirname, '../..')
const TEXT = readFileSync(path.join(ROOT, 'docs/anchor-workflow.yml'), 'utf8')
const step = z.object({
  name: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
})
const { jobs } = z
  .object({ jobs: z.object({ anchor: z.object({ steps: z.array(step) }) }) })
  .parse(parse(TEXT))

let log: LogServer
let origin: string
let work: string
beforeAll(async () => {
  log = await logServer(300)
})
afterAll(() => log.close())
beforeEach(() => {
  const directory = emptyDataDir()
  mkdirSync(directory, { recursive: true })
  origin = path.join(directory, 'origin.git')
  work = path.join(directory, 'work')
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', origin])
  execFileSync('git', ['clone', '-q', origin, work], { stdio: 'ignore' })
  execFileSync('git', ['checkout', '-q', '-b', 'main'], { cwd: work })
  execFileSync('git', ['config', 'push.default', 'current'], { cwd: work })
  // What the step before builds.
  symlinkSync(ROOT, path.join(work, 'hooktrail'))
})

/** Runs the steps as a runner does, but for those that fetch and build. @returns what each ended with */
async function runSteps(url: string): Promise<readonly string[]> {
  const ended: string[] = []
  for (const { run } of jobs.anchor.steps) {
    if (run === undefined || run.includes('npm ci')) continue
    const environment = { PATH: env['PATH'], HOME: work, LOG_URL: url, LOG_KEYS: log.verifierKey }
    const shell = promisify(execFile)('bash', ['-e', '-c', run], { cwd: work, env: environment })
    ended.push(
      await shell.then(
        () => 'ok',
        (error: unknown) => String(error),
      ),
    )
  }
  return ended
}

function git(...args: string[]): string {
  return execFileSync('git', ['--git-dir', origin, ...args], { encoding: 'utf8' })
}

it('commits the checkpoint when the log grew, and nothing when it did not or does not answer', async () => {
  expect(await runSteps('http://127.0.0.1:9')).toEqual([
    expect.stringContaining('does not answer'),
    'ok',
  ])
  expect(await runSteps(log.url)).toEqual(['ok', 'ok'])
  expect(await runSteps(log.url)).toEqual(['ok', 'ok'])
  await log.grow(5)
  expect(await runSteps(log.url)).toEqual(['ok', 'ok'])
  expect(git('log', '--format=%s', 'main')).toBe(
    'The log has 305 entries\nThe log has 300 entries\n',
  )
  const latest = await latestCheckpoint(log.database.pool)
  expect(git('show', 'main:hooktrail.checkpoint')).toBe(latest?.note)
})

it('fails, and commits both checkpoints, when the log is another one than it was', async () => {
  expect(await runSteps(log.url)).toEqual(['ok', 'ok'])
  const kept = git('show', 'main:hooktrail.checkpoint')
  const forked = await logServer(400, log.signer.key)
  expect(await runSteps(forked.url)).toEqual([expect.stringContaining('NOT CONSISTENT'), 'ok'])
  const files = git('ls-tree', '--name-only', 'main').trim().split('\n')
  expect(files).toEqual([
    'hooktrail.checkpoint',
    expect.stringMatching(/\.400-[0-9a-f]{16}\.conflict$/),
  ])
  expect(git('show', 'main:hooktrail.checkpoint')).toBe(kept)
  const contradiction = (await latestCheckpoint(forked.database.pool))?.note
  expect(git('show', `main:${files[1] ?? ''}`)).toBe(contradiction)
  await forked.close()
})

it('pins what it uses to commits', () => {
  for (const { uses } of jobs.anchor.steps) if (uses) expect(uses).toMatch(/@[0-9a-f]{40}$/)
})
