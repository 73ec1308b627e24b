import { once } from 'node:events'
import { resolve } from 'node:path'

import { InvalidArgumentError, type Command } from 'commander'

import {
  formatVerifierKey,
  isKeyName,
  MerkleError,
  parseVerifierKey,
  SIGNATURE_TYPES,
  type VerifierKey,
} from '../../core/merkle/index.js'
import type { CliContext } from '../context.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import { holdDirectory } from '../witness/hold-directory.js'
import { makeDirectory, openWitness } from '../witness/open-witness.js'
import { startWitness } from '../witness/witness-server.js'

interface WitnessFlags {
  readonly name: string
  readonly log: readonly VerifierKey[]
  readonly dir: string
  readonly key?: string
  readonly host: string
  readonly port: number
  readonly addLog?: boolean
}

const EXAMPLES = `
Examples:
  hooktrail witness --name witness.example.com --log 'hooktrail.example.com+9d31…+AQ…'
  hooktrail witness --name witness.example.com --log "$(cat log-key.txt)" --dir /var/lib/witness --port 7380

It needs neither database nor settings of Hooktrail: run it on a machine that whoever runs the log cannot change.
The verifier key of the log is what hooktrail log key prints there; after a rotation give the old and the new one.`

export function addWitness(
  program: Command,
  context: CliContext,
  finish: (code: ExitCode) => void,
): void {
  program
    .command('witness')
    .description('run a C2SP tlog-witness: cosign checkpoints of logs that only grow')
    .requiredOption(
      '--name <name>',
      'what this witness is called: a URL without scheme',
      readKeyName,
    )
    .requiredOption('--log <verifier key>', 'a log to witness; may be given again', addLogKey)
    .option('--dir <directory>', 'where its key and what it has seen are kept', 'witness')
    .option('--key <file>', 'its Ed25519 key (PEM), instead of one of its own')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <port>', 'port to listen on; 0 takes any', readPort, 7380)
    .option('--add-log', 'take in logs that it has never seen, although it has seen others')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: WitnessFlags) => {
      finish(await witness(context, flags))
    })
}

async function witness(context: CliContext, flags: WitnessFlags): Promise<ExitCode> {
  const { out, place, interrupted } = context
  const directory = resolve(place.cwd, flags.dir)
  await makeDirectory(directory)
  // Before anything is read: what another witness wrote after that, this one would not know.
  const release = await holdDirectory(directory)
  try {
    const opened = await openWitness({
      name: flags.name,
      directory,
      keyFile: flags.key === undefined ? undefined : resolve(place.cwd, flags.key),
      logs: flags.log,
      addLogs: flags.addLog === true,
    })
    const bind = { host: flags.host, port: flags.port }
    const server = await startWitness({ ...opened, directory, bind, clock: context.now })
    const key = formatVerifierKey(opened.key)
    await out.write(`${key}\nIn the policy of the log:\n  witness w1 ${key} ${server.url}\n`)
    if (!interrupted.aborted) await once(interrupted, 'abort')
    await server.stop()
    return EXIT.ok
  } finally {
    await release()
  }
}

function readKeyName(text: string): string {
  if (isKeyName(text) && !text.includes('://')) return text
  throw new InvalidArgumentError('It is a URL without scheme, without spaces and plus signs.')
}

function addLogKey(text: string, keys: readonly VerifierKey[] = []): VerifierKey[] {
  try {
    const key = parseVerifierKey(text.trim())
    if (key.type === SIGNATURE_TYPES.ed25519) return [...keys, key]
  } catch (error) {
    if (!(error instanceof MerkleError)) throw error
    throw new InvalidArgumentError(`${error.message}. hooktrail log key prints it.`)
  }
  throw new InvalidArgumentError('This is not the key of a log. hooktrail log key prints it.')
}

function readPort(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new InvalidArgumentError('It is a whole number from 0 to 65535.')
}
