import { parseArgs } from 'node:util'

import { DemoError } from './demo-error.js'

export interface DemoArguments {
  /** Play, check, print, and leave. */
  readonly exit: boolean
  readonly help: boolean
  /** Deliveries a second; absent: as fast as they are taken. */
  readonly speed?: number
  /** Hooktrail's port; 0: any that is free. */
  readonly port: number
}

export const HELP = `npm run demo -- [options]

Starts Hooktrail beside a stand-in for GitHub and plays a small organisation's
fortnight: some 550 signed deliveries, one attack among them. Nothing leaves
this machine; the data is removed at the end.

  --exit      check that nothing was lost, print the result, and leave:
              0 if all is well, 1 if anything was lost
  --speed n   n deliveries a second (otherwise as fast as they are taken)
  --port n    Hooktrail's port (otherwise any that is free)
  --help      this text
`

/** @throws DemoError `demo.arguments` */
export function readArguments(words: readonly string[]): DemoArguments {
  const { exit = false, help = false, speed, port } = parse(words)
  return {
    exit,
    help,
    port: port === undefined ? 0 : wholeNumber('--port', port, 65_535),
    ...(speed === undefined ? {} : { speed: wholeNumber('--speed', speed, 100_000) }),
  }
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        exit: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        speed: { type: 'string' },
        port: { type: 'string' },
      },
    }).values
  } catch (cause) {
    throw refused(cause instanceof Error ? cause.message : String(cause), cause)
  }
}

function wholeNumber(name: string, text: string, most: number): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= 1 && number <= most) return number
  throw refused(`${name} takes a whole number from 1 to ${String(most)}, not “${text}”.`)
}

function refused(message: string, cause?: unknown): DemoError {
  return new DemoError('demo.arguments', `${message}\nSee npm run demo -- --help`, { cause })
}
