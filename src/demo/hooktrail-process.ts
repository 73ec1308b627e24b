import { spawn, type ChildProcess } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import { DemoError } from './demo-error.js'

/** Environment of a child: only what is named here, so that no setting of the person's own Hooktrail gets in. */
export type ChildEnvironment = Readonly<Record<string, string>>

export interface HooktrailProcess {
  /** `http://127.0.0.1:<port>` */
  readonly url: string
  /** From the start of the process until it answered, in ms. */
  readonly startedInMs: number
  /** The last lines that it wrote. */
  readonly tail: () => string
  readonly hasEnded: () => boolean
  /** Asks it to stop, and ends it if it does not within 20 s. */
  readonly stop: () => Promise<void>
}

const START_WITHIN_MS = 60_000
const STOP_WITHIN_MS = 20_000
const TAIL_LINES = 40
const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url))
const CLI = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

/**
 * Starts Hooktrail as an operator would: `node dist/main.js` with environment variables.
 * @param directory where it runs; has no `.env` that it could read
 * @throws DemoError `demo.process`, with what Hooktrail said
 */
export async function startProcess(
  environment: ChildEnvironment,
  directory: string,
): Promise<HooktrailProcess> {
  const began = performance.now()
  const child = spawn(process.execPath, ['--enable-source-maps', MAIN], {
    cwd: directory,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C must reach us alone, for Hooktrail takes a second signal as "at once".
    detached: true,
  })
  const tail = keepTail(child)
  const url = `http://127.0.0.1:${environment['PORT'] ?? ''}`
  // Should we fall over, it stops in order by itself, and its PostgreSQL with it.
  const leave = (): void => void child.kill('SIGTERM')
  process.once('exit', leave)
  const stop = async (): Promise<void> => {
    await end(child)
    process.off('exit', leave)
  }
  await untilReady(url, child, tail, stop)
  return {
    url,
    startedInMs: performance.now() - began,
    tail,
    hasEnded: () => hasEnded(child),
    stop,
  }
}

function keepTail(child: ChildProcess): () => string {
  let lines: string[] = []
  let rest = ''
  const take = (chunk: string): void => {
    const all = (rest + chunk).split('\n')
    rest = all.pop() ?? ''
    lines = [...lines, ...all].slice(-TAIL_LINES)
  }
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', take)
  return () => [...lines, rest].join('\n').trim()
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

async function untilReady(
  url: string,
  child: ChildProcess,
  tail: () => string,
  stop: () => Promise<void>,
): Promise<void> {
  const deadline = performance.now() + START_WITHIN_MS
  while (performance.now() < deadline && !hasEnded(child)) {
    if (await isReady(url)) return
    await wait(25)
  }
  const why = hasEnded(child) ? 'ended before it was ready' : 'did not answer within a minute'
  await stop()
  throw processError(why, tail())
}

/** @param why what it did, in the past tense */
export function processError(why: string, tail: string): DemoError {
  return new DemoError('demo.process', `Hooktrail ${why}. It said:\n${tail || '(nothing)'}`)
}

async function isReady(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) })
    await answer.body?.cancel()
    return answer.ok
  } catch {
    return false
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve()
    })
  })
  child.kill('SIGTERM')
  const late = AbortSignal.timeout(STOP_WITHIN_MS)
  late.addEventListener('abort', () => child.kill('SIGKILL'))
  await gone
}

export interface CommandResult {
  readonly code: number
  readonly output: string
}

/** Runs `hooktrail <words>` on the same data, as a person would. */
export function runCommand(
  words: readonly string[],
  environment: ChildEnvironment,
  directory: string,
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...words], {
      cwd: directory,
      env: environment,
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
      resolve({ code: code ?? -1, output: output.trim() })
    })
  })
}
