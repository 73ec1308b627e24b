import { availableParallelism } from 'node:os'
import process from 'node:process'
import type { WriteStream } from 'node:tty'

import { loadEnvironment, type Environment } from '../platform/index.js'
import type { CliContext, Output } from './context.js'
import { EXIT } from './exit-code.js'
import { page } from './pager.js'

/** The context of the real process. The first Ctrl-C ends the command in order, the second at once. */
export function processContext(): CliContext {
  const abort = new AbortController()
  const onSignal = (): void => {
    if (abort.signal.aborted) process.exit(EXIT.interrupted)
    abort.abort('signal')
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  const environment = remembered(loadEnvironment)
  const gone = (): void => {
    abort.abort('reader gone')
  }
  const out = output(process.stdout, environment, gone)
  return {
    out,
    page: (text) => (process.stdout.isTTY ? page(text, environment(), out) : out.write(text)),
    err: output(process.stderr, environment),
    environment,
    place: { cwd: process.cwd(), root: process.getuid?.() === 0 },
    threads: availableParallelism() > 1 ? availableParallelism() : 0,
    now: Date.now,
    interrupted: abort.signal,
  }
}

function output(
  stream: WriteStream,
  environment: () => Environment,
  gone: () => void = () => undefined,
): Output {
  // Also told to each write; unheard, the event would end the process with a stack.
  stream.on('error', gone)
  const terminal = stream.isTTY
  return {
    get columns() {
      return terminal ? stream.columns : undefined
    },
    colors: terminal && wantsColors(environment),
    write: (text) =>
      new Promise((resolve) => {
        stream.write(text, () => {
          resolve()
        })
      }),
  }
}

/** @see https://no-color.org */
function wantsColors(environment: () => Environment): boolean {
  try {
    const { NO_COLOR: refused, TERM: terminal } = environment()
    return refused === undefined && terminal !== 'dumb'
  } catch {
    // The command will say that .env cannot be read.
    return false
  }
}

function remembered<T>(read: () => T): () => T {
  let value: { readonly read: T } | undefined
  return () => {
    value ??= { read: read() }
    return value.read
  }
}
