import type { CliContext, Output } from '../../src/cli/context.js'
import { runCli } from '../../src/cli/run.js'
import type { Environment } from '../../src/platform/index.js'

export const NOW = Date.UTC(2026, 10, 1, 12)

/** What a command said, and its exit code. */
export interface Answer {
  readonly code: number
  readonly out: string
  readonly err: string
}

export interface Circumstances {
  readonly env?: Environment
  readonly cwd?: string
  readonly columns?: number
  readonly colors?: boolean
  readonly interrupted?: AbortSignal
  readonly now?: number
  /** Told of each text on stdout. */
  readonly onOut?: (text: string) => void
}

/** Runs one command line as a terminal of so many columns would, or a pipe where none are given. */
export async function hooktrail(
  args: readonly string[],
  circumstances: Circumstances = {},
): Promise<Answer> {
  const { env = {}, cwd = '/nonexistent', columns, colors = false } = circumstances
  const said = { out: '', err: '' }
  const output = (name: 'out' | 'err'): Output => ({
    columns,
    colors,
    write: (text) => {
      said[name] += text
      if (name === 'out') circumstances.onOut?.(text)
      return Promise.resolve()
    },
  })
  const out = output('out')
  const context: CliContext = {
    out,
    page: (text) => out.write(text),
    err: output('err'),
    environment: () => env,
    place: { cwd, root: false },
    threads: 0,
    now: () => circumstances.now ?? NOW,
    interrupted: circumstances.interrupted ?? new AbortController().signal,
  }
  const code = await runCli(args, context)
  return { code, ...said }
}
