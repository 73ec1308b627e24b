import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'

import type { Environment } from '../platform/index.js'
import type { Output } from './context.js'

/** As git calls it: nothing is paged that fits the screen, colours are kept, and the screen is left as it is. */
const LESS = 'FRX'

/** What a shell answers when there is no such command. */
const NOT_FOUND = 127

/**
 * Shows a text through `$PAGER` (`less` if that is not set), and resolves when the reader has left it. Without a pager the
 * text is written as it is.
 */
export async function page(text: string, environment: Environment, out: Output): Promise<void> {
  const command = environment['PAGER'] ?? 'less'
  if (text === '') return
  if (command === 'cat') return out.write(text)
  // PAGER is a command line, as POSIX has it.
  const pager = spawn(command, {
    shell: true,
    stdio: ['pipe', 'inherit', 'inherit'],
    env: { LESS, LV: '-c', ...environment },
  })
  if ((await reader(pager, text)) === NOT_FOUND) await out.write(text)
}

/** Its exit code. A reader who leaves early is no error, and Ctrl-C is for the pager to hear. */
async function reader(pager: ChildProcess, text: string): Promise<unknown> {
  pager.stdin?.on('error', () => undefined)
  pager.stdin?.end(text)
  const [code] = (await once(pager, 'exit')) as unknown[]
  return code
}
