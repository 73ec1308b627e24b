import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { execPath } from 'node:process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const TYPESCRIPT = fileURLToPath(new URL('typescript.js', import.meta.url))

/** A TypeScript file that runs in a process of its own. */
export interface Child {
  readonly pid: number
  /** The next line that it says; empty when it has ended. */
  says(): Promise<string>
  /** Ends its input, which asks it to leave, and waits until it has. */
  dismiss(): Promise<void>
  /** kill -9. */
  kill(): Promise<void>
}

export function startChild(file: URL, ...parameters: readonly string[]): Child {
  const child = spawn(
    execPath,
    ['--no-warnings', '--import', TYPESCRIPT, fileURLToPath(file), ...parameters],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  const ended = once(child, 'exit')
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  return {
    pid: pidOf(child),
    says: async () => {
      const next = await lines.next()
      return next.done === true ? '' : next.value
    },
    dismiss: async () => {
      child.stdin.end()
      await ended
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('the process did not start')
  return pid
}
