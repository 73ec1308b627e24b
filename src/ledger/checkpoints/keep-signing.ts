import { setTimeout as pause } from 'node:timers/promises'

import type { Logger } from '../../platform/index.js'
import { signCheckpoint, type SignerParts } from './sign-checkpoint.js'

/** Between two signatures at least, in ms. */
const PAUSE_MS = 1000

export interface KeepSigningOptions extends SignerParts {
  readonly log: Logger
  /** After each look at the log. Awaited: what it does counts against the pause, so it should be quick. */
  readonly afterwards: (outcome: 'signed' | 'unchanged') => void
}

export interface Signing {
  /** Lets a signature under way be finished. */
  stop(): Promise<void>
}

/** Signs the log for as long as it runs: every second at most, and as soon as it has grown. Never throws. */
export function keepSigning(options: KeepSigningOptions): Signing {
  const stopped = new AbortController()
  const turns = takeTurns(options, stopped.signal)
  return {
    stop: async () => {
      stopped.abort()
      await turns
    },
  }
}

async function takeTurns(options: KeepSigningOptions, stopped: AbortSignal): Promise<void> {
  let trouble: string | undefined
  while (!stopped.aborted) {
    trouble = await takeTurn(options, trouble)
    await pause(PAUSE_MS, undefined, { signal: stopped }).catch(() => undefined)
  }
}

/** Returns what is wrong, if something is; it is said once and not every second. */
async function takeTurn(
  options: KeepSigningOptions,
  trouble: string | undefined,
): Promise<string | undefined> {
  try {
    const { outcome } = await signCheckpoint(options)
    if (trouble !== undefined) options.log.info('checkpoints are signed again')
    options.afterwards(outcome)
    return undefined
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (message !== trouble) options.log.error({ err: error }, 'no checkpoint is signed')
    return message
  }
}
