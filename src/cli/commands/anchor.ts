import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'

import type { Command } from 'commander'

import {
  MerkleError,
  parsePolicy,
  parseVerifierKey,
  SIGNATURE_TYPES,
  type TrustPolicy,
} from '../../core/merkle/index.js'
import { printableLines } from '../../platform/index.js'
import { anchorLog } from '../anchor/anchor-log.js'
import { httpLog } from '../anchor/http-log.js'
import { databaseLog, databasePolicy, type ShownLog } from '../anchor/shown-log.js'
import { verdictOf } from '../anchor/words.js'
import type { CliContext } from '../context.js'
import { UsageError, type ExitCode } from '../exit-code.js'
import { withDatabase } from '../with-database.js'

interface AnchorFlags {
  readonly file: string
  readonly url?: string
  readonly key?: readonly string[]
  readonly policy?: string
}

const EXAMPLES = `
Examples:
  hooktrail anchor --file /mnt/elsewhere/hooktrail.checkpoint
  hooktrail anchor --file log.checkpoint --url https://hooktrail.example.com --key hooktrail.example.com+5a9e3c11+AZ…
  hooktrail anchor --file log.checkpoint --url https://hooktrail.example.com --policy hooktrail.policy

With --url nothing but that address and the verifier key is needed, which you have from somewhere else (hooktrail log key).
It exits with 0 for a first checkpoint, one that grew and one that is unchanged; with 1 when the log does not contain what
the file holds: then the file stays, and what the log shows is kept beside it; with 4 when the log does not answer.`

export function addAnchor(
  program: Command,
  context: CliContext,
  finish: (code: ExitCode) => void,
): void {
  program
    .command('anchor')
    .description(
      'proves that the log contains the checkpoint in a file, and keeps the newest one there',
    )
    .requiredOption('--file <file>', 'where the checkpoint is kept; the first run makes it')
    .option('--url <url>', 'a log’s address; without it the log that the settings name')
    .option('--key <verifier key...>', 'who signs that log, now or before')
    .option('--policy <file>', 'the same as a C2SP tlog-policy file, which may ask for witnesses')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: AnchorFlags) => {
      finish(await anchor(context, flags))
    })
}

async function anchor(context: CliContext, flags: AnchorFlags): Promise<ExitCode> {
  const policy = await readPolicy(flags, context.place.cwd)
  if (flags.url !== undefined) {
    if (policy) return compare(context, flags, { log: httpLog(readUrl(flags.url)), policy })
    throw new UsageError(
      '--url needs --key or --policy: whose signature counts. hooktrail log key prints it where the log is; do not take it from the log that you check.',
    )
  }
  return withDatabase(context, async (database, config) =>
    compare(context, flags, {
      log: databaseLog(database),
      policy: policy ?? (await databasePolicy(database, config.log)),
    }),
  )
}

async function compare(
  { out, err, place }: CliContext,
  flags: AnchorFlags,
  { log, policy }: { readonly log: ShownLog; readonly policy: TrustPolicy },
): Promise<ExitCode> {
  const anchored = await anchorLog(resolve(place.cwd, flags.file), log, policy)
  const { code, text } = verdictOf(anchored, { file: flags.file, log: log.description })
  await (code === 0 ? out : err).write(printableLines(text))
  return code
}

async function readPolicy(
  { key: keys, policy: file }: AnchorFlags,
  cwd: string,
): Promise<TrustPolicy | undefined> {
  if (keys && file !== undefined) throw new UsageError('Give --key or --policy, not both.')
  if (file !== undefined) return readPolicyFile(resolve(cwd, file))
  if (!keys) return undefined
  const logs = keys.map((text) => ({ key: readKey(text), url: undefined }))
  return { logs, witnesses: [], groups: new Map(), quorum: undefined }
}

async function readPolicyFile(file: string): Promise<TrustPolicy> {
  try {
    return parsePolicy(await readFile(file, 'utf8'))
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new UsageError(`--policy ${file} is no tlog-policy file: ${why}.`, { cause })
  }
}

function readKey(text: string): ReturnType<typeof parseVerifierKey> {
  try {
    const key = parseVerifierKey(text.trim())
    if (key.type === SIGNATURE_TYPES.ed25519) return key
    throw new MerkleError('merkle.key', 'the verifier key is a witness’s and not a log’s')
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new UsageError(`--key: ${why}. hooktrail log key prints the right one, in one line.`, {
      cause,
    })
  }
}

function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:'
  if (isWeb && url.search === '' && url.hash === '') return text
  throw new UsageError(
    `--url ${text} is not a log’s address, such as https://hooktrail.example.com.`,
  )
}
