/** `npm run demo`: Hooktrail beside a stand-in for GitHub, and a fortnight played to it (docs/demo.md). */
import process from 'node:process'

import { loadEnvironment, printableLines } from '../platform/index.js'
import { HELP, readArguments, type DemoArguments } from './arguments.js'
import { DemoError } from './demo-error.js'
import { setScene, type Scene } from './demo.js'
import { playScene } from './play-scene.js'
import { type Terminal } from './terminal.js'

/** As the `hooktrail` command has them; whatever keeps the demo from ending well counts as lost. */
const EXIT = { ok: 0, lost: 1, usage: 2, interrupted: 130 } as const

async function main(): Promise<number> {
  const wanted = readArguments(process.argv.slice(2))
  const environment = loadEnvironment()
  const terminal = createTerminal(environment['NO_COLOR'] === undefined)
  if (wanted.help) {
    terminal.write(HELP)
    return EXIT.ok
  }
  const interruption = untilInterrupted()
  terminal.write('Starting Hooktrail and a stand-in for GitHub …\n')
  const scene = await setScene(wanted, environment)
  try {
    return await play(scene, { wanted, terminal, interruption })
  } finally {
    if (!wanted.exit) terminal.write('\nStopping Hooktrail …\n')
    await scene.end()
    terminal.write('Stopped; the data of the demo is removed.\n')
  }
}

interface Evening {
  readonly wanted: DemoArguments
  readonly terminal: Terminal
  readonly interruption: Interruption
}

async function play(scene: Scene, { wanted, terminal, interruption }: Evening): Promise<number> {
  const { signal, interrupted } = interruption
  const losses = await playScene(scene, { wanted, terminal, stopped: signal, now: Date.now() })
  if (signal.aborted) return EXIT.interrupted
  if (!wanted.exit) {
    terminal.write('\nEverything keeps running until you press Ctrl-C.\n')
    await interrupted
  }
  return losses.length === 0 ? EXIT.ok : EXIT.lost
}

interface Interruption {
  readonly signal: AbortSignal
  readonly interrupted: Promise<void>
}

/** Ctrl-C ends the demo in order, which takes 20 s at most; further ones change nothing. */
function untilInterrupted(): Interruption {
  const abort = new AbortController()
  const interrupted = new Promise<void>((resolve) => {
    const onSignal = (): void => {
      abort.abort()
      resolve()
    }
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal)
  })
  return { signal: abort.signal, interrupted }
}

function createTerminal(wantsColors: boolean): Terminal {
  const { stdout } = process
  return {
    isTerminal: stdout.isTTY,
    colors: stdout.isTTY && wantsColors,
    write: (text) => {
      stdout.write(text)
    },
  }
}

main().then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    process.stderr.write(`${describe(error)}\n`)
    process.exitCode = isUsage(error) ? EXIT.usage : EXIT.lost
  },
)

function isUsage(error: unknown): boolean {
  return error instanceof DemoError && error.code === 'demo.arguments'
}

function describe(error: unknown): string {
  if (error instanceof DemoError) return printableLines(error.message)
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
